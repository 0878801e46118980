namespace Wirehook.Dissection.Protocols.GraphQl;

/// <summary>The kinds of GraphQL's tokens (GraphQL specification §2.1.5).</summary>
internal enum GraphQlToken : byte
{
    End,
    Invalid,
    Name,
    Number,
    Text,
    Punctuator,
}

/// <summary>Reads the tokens of a document, without white space, commas and comments.</summary>
internal ref struct GraphQlTokens
{
    private readonly ReadOnlySpan<char> _text;
    private int _at;

    public GraphQlTokens(ReadOnlySpan<char> text)
    {
        _text = text;
        Next();
    }

    /// <summary>The kind of the current token.</summary>
    public GraphQlToken Kind { get; private set; }

    /// <summary>The current token.</summary>
    public ReadOnlySpan<char> Value { get; private set; }

    /// <summary>Whether the current token is the punctuator <paramref name="c"/>; <c>...</c> is a dot.</summary>
    public readonly bool Is(char c) => Kind == GraphQlToken.Punctuator && Value[0] == c;

    /// <summary>Goes on behind the current token if it is the punctuator <paramref name="c"/>.</summary>
    public bool TryTake(char c)
    {
        if (!Is(c)) return false;
        Next();
        return true;
    }

    /// <summary>Goes on behind the current token if it is a name.</summary>
    public bool TryTakeName(out ReadOnlySpan<char> name)
    {
        name = Kind == GraphQlToken.Name ? Value : default;
        if (Kind != GraphQlToken.Name) return false;
        Next();
        return true;
    }

    /// <summary>Goes on to the next token.</summary>
    public void Next()
    {
        SkipIgnored();
        if (_at >= _text.Length)
        {
            Kind = GraphQlToken.End;
            Value = default;
            return;
        }

        var start = _at;
        Kind = Read(_text[_at]);
        _at = Math.Min(_at, _text.Length);
        Value = _text[start.._at];
    }

    private GraphQlToken Read(char c)
    {
        if (char.IsAsciiLetter(c) || c == '_')
        {
            while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_')) _at++;
            return GraphQlToken.Name;
        }

        if (char.IsAsciiDigit(c) || c == '-')
        {
            _at++;
            while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '.' or '+' or '-')) _at++;
            return GraphQlToken.Number;
        }

        if (c == '"') return ReadText();
        if (c == '.' && _text[_at..].StartsWith("..."))
        {
            _at += 3;
            return GraphQlToken.Punctuator;
        }

        if (!"!$&()=:@[]{|}".Contains(c)) return GraphQlToken.Invalid;
        _at++;
        return GraphQlToken.Punctuator;
    }

    private GraphQlToken ReadText()
    {
        if (_text[_at..].StartsWith("\"\"\""))
        {
            for (_at += 3; _at < _text.Length; _at++)
            {
                if (_text[_at..].StartsWith("\\\"\"\"")) _at += 3;
                else if (_text[_at..].StartsWith("\"\"\""))
                {
                    _at += 3;
                    return GraphQlToken.Text;
                }
            }

            return GraphQlToken.Invalid;
        }

        for (_at++; _at < _text.Length && _text[_at] is not ('"' or '\n'); _at++)
        {
            if (_text[_at] == '\\') _at++;
        }

        if (_at >= _text.Length || _text[_at] != '"') return GraphQlToken.Invalid;
        _at++;
        return GraphQlToken.Text;
    }

    private void SkipIgnored()
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c is ' ' or '\t' or '\r' or '\n' or ',' or '\uFEFF') _at++;
            else if (c == '#') _at = _text[_at..].IndexOf('\n') is var end and >= 0 ? _at + end : _text.Length;
            else return;
        }
    }
}
