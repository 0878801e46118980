namespace Wirehook.EventHooks.Conditions.Syntax;

/// <summary>Reads a condition's text: expressions of AND, OR, NOT and comparisons, and the <c>for</c> at the end. Operands are read by <see cref="OperandParser"/>.</summary>
internal sealed class Parser
{
    private readonly TokenReader _tokens;
    private readonly OperandParser _operands;

    private Parser(TokenReader tokens)
    {
        _tokens = tokens;
        _operands = new(tokens, ParseOr);
    }

    /// <summary>The tree of <paramref name="text"/>.</summary>
    /// <exception cref="ConditionException">The text is no condition, or beyond the limits.</exception>
    public static ConditionSyntax Parse(string text, ConditionLimits limits)
    {
        if (text.Length > limits.TextLength)
            throw new ConditionException($"The condition is {text.Length} characters long; {limits.TextLength} are allowed.", new(limits.TextLength, 1));
        var tokens = new TokenReader(Lexer.Read(text), limits);
        return tokens.Is(TokenKind.End) ? new(null, null) : new Parser(tokens).ParseCondition();
    }

    private ConditionSyntax ParseCondition()
    {
        var root = ParseOr();
        long? hold = _tokens.Take(TokenKind.For, out _) ? _tokens.TakeDuration("for").Number : null;
        if (_tokens.Is(TokenKind.End)) return new(root, hold);
        throw Unexpected(hold is not null);
    }

    private ConditionException Unexpected(bool afterHold)
    {
        var token = _tokens.Current;
        if (afterHold) return new("'for' stands at the end of the whole condition; nothing may follow its time.", token.Span);
        return token.Kind switch
        {
            TokenKind.CloseParenthesis => new("This parenthesis was never opened.", token.Span),
            TokenKind.CloseBracket => new("This bracket was never opened.", token.Span),
            TokenKind.Operator => new("Comparisons cannot be chained; join them with AND.", token.Span),
            TokenKind.Bar => new(OperandParser.BarJoinsConstants, token.Span),
            TokenKind.Name => new($"AND or OR is missing before this.{Suggestion.For(token.Text, Lexer.Words)}", token.Span),
            TokenKind.Within => new("'within' belongs to rate(…) or count(…), once.", token.Span),
            TokenKind.Duration => new("A duration stands only after 'for' and 'within'.", token.Span),
            _ => new("AND or OR is missing before this.", token.Span),
        };
    }

    private SyntaxNode ParseOr() => ParseLogical(TokenKind.Or, ParseAnd);

    private SyntaxNode ParseAnd() => ParseLogical(TokenKind.And, ParseNot);

    private SyntaxNode ParseLogical(TokenKind separator, Func<SyntaxNode> parseOperand)
    {
        var first = parseOperand();
        if (!_tokens.Is(separator)) return first;
        var operands = new List<SyntaxNode> { first };
        while (_tokens.Take(separator, out var token))
        {
            _tokens.CountNode(token.Span);
            operands.Add(parseOperand());
        }

        return new LogicalSyntax(separator == TokenKind.And, operands, first.Span.To(operands[^1].Span));
    }

    private SyntaxNode ParseNot()
    {
        if (!_tokens.Take(TokenKind.Not, out var not)) return ParseComparison();
        _tokens.Enter(not.Span);
        var operand = ParseNot();
        _tokens.Leave();
        return new NotSyntax(operand, not.Span.To(operand.Span));
    }

    private SyntaxNode ParseComparison()
    {
        var left = _operands.Parse();
        var isNegated = _tokens.Is(TokenKind.Not) && _tokens.Next is { Kind: TokenKind.Operator, Operator: >= ComparisonOperator.In };
        if (isNegated) _tokens.Advance();
        if (!_tokens.Take(TokenKind.Operator, out var comparison)) return left;
        _tokens.CountNode(comparison.Span);
        var right = _operands.Parse();
        if (_tokens.Is(TokenKind.Operator))
        {
            throw right is BitOrSyntax
                ? new ConditionException(OperandParser.BarJoinsConstants, right.Span)
                : new ConditionException("Comparisons cannot be chained; join them with AND.", _tokens.Current.Span);
        }

        (left, right) = TakeTrailingWithin(left, right);
        var clause = new ComparisonSyntax(comparison.Operator, left, right, comparison.Span);
        return isNegated ? new NotSyntax(clause, clause.Span) : clause;
    }

    /// <summary><c>count(…) &gt;= 3 within 1m</c> says the same as <c>count(…) within 1m &gt;= 3</c>. Another 'within' belongs to what encloses the comparison.</summary>
    private (SyntaxNode Left, SyntaxNode Right) TakeTrailingWithin(SyntaxNode left, SyntaxNode right)
    {
        var (first, second) = (left as WindowSyntax, right as WindowSyntax);
        if (first?.Within is not null || second?.Within is not null || (first is null && second is null)) return (left, right);
        if (!_tokens.Take(TokenKind.Within, out _)) return (left, right);
        var time = _tokens.TakeDuration("within");
        return first is not null ? (first.Over(time.Number, first.Span), right) : (left, second!.Over(time.Number, second.Span));
    }
}
