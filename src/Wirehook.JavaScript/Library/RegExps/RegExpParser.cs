namespace Wirehook.JavaScript.Library.RegExps;

/// <summary>Why a pattern is not a regular expression.</summary>
internal sealed class RegExpSyntaxException(string message) : Exception(message);

/// <summary>
/// Parses a pattern by ECMA-262 5.1 §15.10.1 with the leniency of Annex B and the web: stray brackets are literal, invalid escapes stand for
/// themselves, lookaheads may be quantified, and decimal escapes beyond the last group are octal.
/// </summary>
internal sealed partial class RegExpParser
{
    private const int MaxDepth = 500;
    private const int MaxCaptures = 10_000;
    private const int MaxLength = 1 << 17;
    private const int MaxClosedRanges = 1 << 21;

    private readonly string _pattern;
    private readonly bool _ignoreCase;
    private readonly int _totalCaptures;
    private readonly CharSet _dot;
    private readonly Dictionary<char, RegExpNode> _literals = [];
    private int _at;
    private int _captures;
    private int _depth;
    private int _closedRanges;

    private RegExpParser(string pattern, RegExpFlags flags)
    {
        if (pattern.Length > MaxLength) throw new RegExpSyntaxException("Regular expression too large");
        _pattern = pattern;
        _ignoreCase = (flags & RegExpFlags.IgnoreCase) != 0;
        _totalCaptures = CountCaptures(pattern);
        if (_totalCaptures > MaxCaptures) throw new RegExpSyntaxException("Too many captures");
        var dot = new CharSetBuilder();
        if ((flags & RegExpFlags.DotAll) == 0) dot.AddLineTerminators();
        dot.Invert();
        _dot = dot.Build();
    }

    /// <summary>The tree of a pattern and its count of captures.</summary>
    /// <exception cref="RegExpSyntaxException">The pattern is not a regular expression.</exception>
    public static (RegExpNode Root, int Captures) Parse(string pattern, RegExpFlags flags)
    {
        var parser = new RegExpParser(pattern, flags);
        RegExpNode root = parser.ParseDisjunction();
        if (parser._at < pattern.Length) throw new RegExpSyntaxException("Unmatched ')'");
        return (root, parser._captures);
    }

    private bool AtEnd => _at >= _pattern.Length;

    private char Peek(int ahead = 0) => _at + ahead < _pattern.Length ? _pattern[_at + ahead] : '\0';

    private bool Eat(char c)
    {
        if (AtEnd || _pattern[_at] != c) return false;
        _at++;
        return true;
    }

    private RegExpNode ParseDisjunction()
    {
        if (++_depth > MaxDepth) throw new RegExpSyntaxException("Regular expression too large");
        RegExpNode first = ParseAlternative();
        if (AtEnd || Peek() != '|')
        {
            _depth--;
            return first;
        }
        var alternatives = new List<RegExpNode> { first };
        while (Eat('|')) alternatives.Add(ParseAlternative());
        _depth--;
        return new AlternationNode(alternatives);
    }

    private RegExpNode ParseAlternative()
    {
        var terms = new List<RegExpNode>();
        while (!AtEnd && Peek() is not ('|' or ')')) terms.Add(ParseTerm());
        return terms.Count switch
        {
            0 => new EmptyNode(),
            1 => terms[0],
            _ => new SequenceNode(terms),
        };
    }

    private RegExpNode ParseTerm()
    {
        int firstCapture = _captures + 1;
        char c = _pattern[_at++];
        switch (c)
        {
            case '^':
                return new AssertionNode(AssertionKind.Start);
            case '$':
                return new AssertionNode(AssertionKind.End);
            case '(':
                return ParseQuantifier(ParseGroup(), firstCapture);
            case '.':
                return ParseQuantifier(new SetNode(_dot), firstCapture);
            case '[':
                return ParseQuantifier(new SetNode(ParseClass()), firstCapture);
            case '*' or '+' or '?':
                throw new RegExpSyntaxException("Nothing to repeat");
            case '{' when TryParseBraces(out _, out _):
                throw new RegExpSyntaxException("Nothing to repeat");
            case '\\':
                RegExpNode atom = ParseAtomEscape();
                return atom is AssertionNode ? atom : ParseQuantifier(atom, firstCapture);
            default:
                return ParseQuantifier(Literal(c), firstCapture);
        }
    }

    private string UnsupportedGroup() =>
        Peek() is '=' or '!' ? "Look-behind is not supported; match what stands before in a group" : "Named groups are not supported; use numbers";

    private RegExpNode ParseGroup()
    {
        RegExpNode body;
        if (Eat('?'))
        {
            char kind = Peek();
            _at++;
            if (kind is not (':' or '=' or '!')) throw new RegExpSyntaxException(kind == '<' ? UnsupportedGroup() : "Invalid group");
            body = ParseDisjunction();
            if (kind != ':') body = new LookaheadNode(body, negative: kind == '!');
        }
        else
        {
            int index = ++_captures;
            body = new CaptureNode(index, ParseDisjunction());
        }
        if (!Eat(')')) throw new RegExpSyntaxException("Unterminated group");
        return body;
    }

    private RegExpNode ParseQuantifier(RegExpNode atom, int firstCapture)
    {
        int min;
        int max;
        switch (Peek())
        {
            case '*':
                (min, max) = (0, LoopNode.Unbounded);
                _at++;
                break;
            case '+':
                (min, max) = (1, LoopNode.Unbounded);
                _at++;
                break;
            case '?':
                (min, max) = (0, 1);
                _at++;
                break;
            case '{':
                _at++;
                if (!TryParseBraces(out min, out max))
                {
                    _at--;
                    return atom;
                }
                if (min > max) throw new RegExpSyntaxException("numbers out of order in {} quantifier");
                break;
            default:
                return atom;
        }
        bool greedy = !Eat('?');
        return new LoopNode(atom, min, max, greedy, firstCapture, _captures + 1);
    }

    /// <summary>Reads <c>n}</c>, <c>n,}</c> or <c>n,m}</c> behind the brace; otherwise leaves the position alone.</summary>
    private bool TryParseBraces(out int min, out int max)
    {
        int start = _at;
        max = 0;
        if (TryParseCount(out min))
        {
            max = min;
            if (Eat(',') && !TryParseCount(out max)) max = LoopNode.Unbounded;
            if (Eat('}')) return true;
        }
        _at = start;
        return false;
    }

    private bool TryParseCount(out int count)
    {
        long value = 0;
        int start = _at;
        while (char.IsAsciiDigit(Peek())) value = Math.Min(value * 10 + (_pattern[_at++] - '0'), int.MaxValue - 1);
        count = (int)value;
        return _at > start;
    }

    private RegExpNode Literal(char c)
    {
        if (!_literals.TryGetValue(c, out RegExpNode? literal)) _literals.Add(c, literal = CreateLiteral(c));
        return literal;
    }

    private RegExpNode CreateLiteral(char c)
    {
        if (!_ignoreCase) return new CharNode(c);
        var set = new CharSetBuilder();
        set.Add(c);
        Close(set);
        CharSet closed = set.Build();
        return closed.Count == 1 ? new CharNode(c) : new SetNode(closed);
    }

    /// <summary>Closes a set over case; a pattern whose sets grow beyond all measure by that is refused.</summary>
    private void Close(CharSetBuilder set)
    {
        set.CloseOverCase();
        _closedRanges += set.RangeCount;
        if (_closedRanges > MaxClosedRanges) throw new RegExpSyntaxException("Regular expression too large");
    }

    private static int CountCaptures(string pattern)
    {
        int count = 0;
        bool inClass = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == '\\') i++;
            else if (c == '[') inClass = true;
            else if (c == ']') inClass = false;
            else if (c == '(' && !inClass && !(i + 1 < pattern.Length && pattern[i + 1] == '?')) count++;
        }
        return count;
    }
}
