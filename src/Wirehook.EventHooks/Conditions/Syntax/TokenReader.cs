namespace Wirehook.EventHooks.Conditions.Syntax;

/// <summary>The tokens of one condition, read in order, and what has been used up of its limits.</summary>
internal sealed class TokenReader(List<Token> tokens, ConditionLimits limits)
{
    private int _index;
    private int _depth;
    private int _nodes;

    /// <summary>The limits.</summary>
    public ConditionLimits Limits => limits;

    /// <summary>The token that comes next; the last one stays.</summary>
    public Token Current => tokens[_index];

    /// <summary>The token after <see cref="Current"/>.</summary>
    public Token Next => tokens[Math.Min(_index + 1, tokens.Count - 1)];

    /// <summary>Whether the next token is a <paramref name="kind"/>.</summary>
    public bool Is(TokenKind kind) => Current.Kind == kind;

    /// <summary>Goes past the next token.</summary>
    public Token Advance()
    {
        var token = Current;
        if (_index < tokens.Count - 1) _index++;
        return token;
    }

    /// <summary>Goes past the next token if it is a <paramref name="kind"/>.</summary>
    public bool Take(TokenKind kind, out Token token)
    {
        token = Current;
        if (token.Kind != kind) return false;
        Advance();
        return true;
    }

    /// <summary>Goes past the next token, which must be a <paramref name="kind"/>.</summary>
    public Token Expect(TokenKind kind, string message) => Is(kind) ? Advance() : throw new ConditionException(message, Current.Span);

    /// <summary>The time after <paramref name="word"/>: more than nothing, and within the limits.</summary>
    public Token TakeDuration(string word)
    {
        var time = Expect(TokenKind.Duration, $"A time such as 5s or 1m must follow '{word}'.");
        var longest = limits.Window.Ticks * 100;
        if (time.Number <= 0) throw new ConditionException($"The time after '{word}' must be more than nothing.", time.Span);
        if (time.Number > longest) throw new ConditionException($"The time after '{word}' may be {NumberLiteral.Duration(longest)} at most.", time.Span);
        return time;
    }

    /// <summary>Goes one level deeper.</summary>
    public void Enter(SourceSpan span)
    {
        CountNode(span);
        if (++_depth > limits.Depth) throw new ConditionException($"The condition is nested deeper than {limits.Depth} levels.", span);
    }

    /// <summary>Comes back from <see cref="Enter"/>.</summary>
    public void Leave() => _depth--;

    /// <summary>Counts one more part.</summary>
    public void CountNode(SourceSpan span)
    {
        if (++_nodes > limits.Nodes) throw new ConditionException($"The condition has more than {limits.Nodes} parts.", span);
    }
}
