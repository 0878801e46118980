namespace Wirehook.JavaScript.Library.RegExps;

/// <summary>Escapes and character classes of a pattern (§15.10.2.9 to 19).</summary>
internal sealed partial class RegExpParser
{
    private RegExpNode ParseAtomEscape()
    {
        if (AtEnd) throw new RegExpSyntaxException("\\ at end of pattern");
        char c = Peek();
        switch (c)
        {
            case 'b':
                _at++;
                return new AssertionNode(AssertionKind.WordBoundary);
            case 'B':
                _at++;
                return new AssertionNode(AssertionKind.NotWordBoundary);
            case 'd' or 'D' or 's' or 'S' or 'w' or 'W':
                _at++;
                return new SetNode(_ignoreCase ? ClosedClass(c) : ClassEscapes.SetOf(c));
            case >= '1' and <= '9' when TryParseBackReference(out int index):
                return new BackReferenceNode(index);
            default:
                return Literal(ParseCharacterEscape(inClass: false));
        }
    }

    private CharSet ClosedClass(char name)
    {
        var set = new CharSetBuilder();
        set.AddClass(name);
        Close(set);
        return set.Build();
    }

    private bool TryParseBackReference(out int index)
    {
        int start = _at;
        if (TryParseCount(out index) && index <= _totalCaptures) return true;
        _at = start;
        return false;
    }

    /// <summary>The code unit of an escape whose backslash is consumed already.</summary>
    private char ParseCharacterEscape(bool inClass)
    {
        char c = _pattern[_at++];
        switch (c)
        {
            case 't': return '\t';
            case 'n': return '\n';
            case 'v': return '\v';
            case 'f': return '\f';
            case 'r': return '\r';
            case 'c': return ParseControl(inClass);
            case 'x': return ParseHex(2, 'x');
            case 'u': return ParseHex(4, 'u');
            case >= '0' and <= '7': return ParseOctal(c);
            default: return c;
        }
    }

    private char ParseControl(bool inClass)
    {
        char letter = Peek();
        if (char.IsAsciiLetter(letter) || (inClass && (char.IsAsciiDigit(letter) || letter == '_')))
        {
            _at++;
            return (char)(letter & 31);
        }
        // An incomplete control escape is a literal backslash, and the c is read again.
        _at--;
        return '\\';
    }

    private char ParseHex(int digits, char fallback)
    {
        int value = 0;
        for (int i = 0; i < digits; i++)
        {
            char c = Peek(i);
            if (!char.IsAsciiHexDigit(c)) return fallback;
            value = value * 16 + (char.IsAsciiDigit(c) ? c - '0' : (c | 32) - 'a' + 10);
        }
        _at += digits;
        return (char)value;
    }

    private char ParseOctal(char first)
    {
        int value = first - '0';
        int most = first <= '3' ? 2 : 1;
        for (int i = 0; i < most && Peek() is >= '0' and <= '7' && !AtEnd; i++) value = value * 8 + (_pattern[_at++] - '0');
        return (char)value;
    }

    private CharSet ParseClass()
    {
        var set = new CharSetBuilder();
        bool negated = Eat('^');
        while (true)
        {
            if (AtEnd) throw new RegExpSyntaxException("Unterminated character class");
            if (Eat(']')) break;
            ParseClassRange(set);
        }
        if (_ignoreCase) Close(set);
        if (negated) set.Invert();
        return set.Build();
    }

    private void ParseClassRange(CharSetBuilder set)
    {
        char? start = ParseClassAtom(set);
        if (Peek() != '-' || AtEnd || Peek(1) == ']' || _at + 1 >= _pattern.Length)
        {
            if (start is { } single) set.Add(single);
            return;
        }
        _at++;
        char? end = ParseClassAtom(set);
        if (start is { } low && end is { } high)
        {
            if (low > high) throw new RegExpSyntaxException("Range out of order in character class");
            set.Add(low, high);
            return;
        }
        // A class escape cannot bound a range: the hyphen and the other end are members of their own.
        set.Add('-');
        if (start is { } left) set.Add(left);
        if (end is { } right) set.Add(right);
    }

    /// <summary>One member of a class: its code unit, or null after adding the members of a class escape.</summary>
    private char? ParseClassAtom(CharSetBuilder set)
    {
        char c = _pattern[_at++];
        if (c != '\\') return c;
        if (AtEnd) throw new RegExpSyntaxException("\\ at end of pattern");
        switch (Peek())
        {
            case 'b':
                _at++;
                return '\b';
            case 'd' or 'D' or 's' or 'S' or 'w' or 'W':
                set.AddClass(_pattern[_at++]);
                return null;
            default:
                return ParseCharacterEscape(inClass: true);
        }
    }
}
