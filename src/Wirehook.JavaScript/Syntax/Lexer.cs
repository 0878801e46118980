namespace Wirehook.JavaScript.Syntax;

/// <summary>
/// Turns source text into tokens, one at a time (ECMA-262 5.1 §7). A slash is read as an operator; the parser asks for
/// <see cref="ReadRegExp"/> where the grammar allows a literal instead.
/// </summary>
internal sealed partial class Lexer
{
    private readonly string _text;
    private readonly SyntaxErrors _errors;
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _wordsBySpan;
    private int _at;

    public Lexer(string text, SyntaxErrors errors)
    {
        _text = text;
        _errors = errors;
        _wordsBySpan = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        if (text.StartsWith("#!", StringComparison.Ordinal)) SkipLine();
    }

    /// <summary>Every word and property name read so far.</summary>
    public HashSet<string> Words => _words;

    /// <summary>Where the next token is looked for; set back to read again from an earlier token's end.</summary>
    public int Position
    {
        get => _at;
        set => _at = value;
    }

    /// <summary>Reads the next token.</summary>
    public Token Next()
    {
        var token = default(Token);
        if (SkipBlanks()) token.Flags = TokenFlags.NewlineBefore;
        token.Start = _at;
        if (_at >= _text.Length)
        {
            token.End = _at;
            return token;
        }

        char c = _text[_at];
        if (Characters.IsIdentifierStart(c) || c == '\\' || char.IsHighSurrogate(c)) ReadWord(ref token);
        else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1)))) ReadNumber(ref token);
        else if (c is '"' or '\'') ReadString(ref token);
        else if (c == '`') ReadTemplate(ref token);
        else ReadPunctuator(ref token, c);
        token.End = _at;
        return token;
    }

    private char Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private Exception Fail(int start, string message) => _errors.Fail(start, Math.Max(_at, start + 1), message);

    /// <summary>Skips white space and comments; true where a line terminator was among them.</summary>
    private bool SkipBlanks()
    {
        bool newline = _at == 0;
        bool atLineStart = _at == 0;
        while (_at < _text.Length)
        {
            char c = _text[_at];
            if (SourceText.IsLineTerminator(c))
            {
                newline = atLineStart = true;
                _at++;
            }
            else if (Characters.IsWhiteSpace(c))
            {
                _at++;
            }
            else if (c == '/' && Peek(1) == '/')
            {
                SkipLine();
            }
            else if (c == '/' && Peek(1) == '*')
            {
                if (SkipBlockComment()) newline = atLineStart = true;
            }
            else if (IsHtmlComment(c, atLineStart || newline))
            {
                SkipLine();
            }
            else
            {
                break;
            }
        }

        return newline;
    }

    /// <summary>HTML-like comments: <c>&lt;!--</c> anywhere, <c>--&gt;</c> as the first token of a line (ECMA-262 6 §B.1.3).</summary>
    private bool IsHtmlComment(char c, bool atLineStart) =>
        (c == '<' && Peek(1) == '!' && Peek(2) == '-' && Peek(3) == '-') || (atLineStart && c == '-' && Peek(1) == '-' && Peek(2) == '>');

    private void SkipLine()
    {
        while (_at < _text.Length && !SourceText.IsLineTerminator(_text[_at])) _at++;
    }

    private bool SkipBlockComment()
    {
        int start = _at;
        int end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            _at = _text.Length;
            throw _errors.Fail(start, start + 2, "Invalid or unexpected token");
        }

        _at = end + 2;
        return _text.AsSpan(start, end - start).IndexOfAny("\n\r\u2028\u2029") >= 0;
    }

    private void ReadPunctuator(ref Token token, char c)
    {
        char second = Peek(1);
        char third = Peek(2);
        (token.Kind, int length) = c switch
        {
            '{' => (TokenKind.OpenBrace, 1),
            '}' => (TokenKind.CloseBrace, 1),
            '(' => (TokenKind.OpenParen, 1),
            ')' => (TokenKind.CloseParen, 1),
            '[' => (TokenKind.OpenBracket, 1),
            ']' => (TokenKind.CloseBracket, 1),
            ';' => (TokenKind.Semicolon, 1),
            ',' => (TokenKind.Comma, 1),
            ':' => (TokenKind.Colon, 1),
            '~' => (TokenKind.Tilde, 1),
            '.' => second == '.' && third == '.' ? (TokenKind.Ellipsis, 3) : (TokenKind.Dot, 1),
            '?' => Question(second, third),
            '<' => Less(second, third),
            '>' => Greater(second, third),
            '=' => Assign(second, third),
            '!' => second == '=' ? (third == '=' ? (TokenKind.StrictNotEqual, 3) : (TokenKind.NotEqual, 2)) : (TokenKind.Exclamation, 1),
            '*' => Star(second, third),
            '+' => Doubled(c, second, TokenKind.Plus, TokenKind.PlusPlus, TokenKind.PlusAssign),
            '-' => Doubled(c, second, TokenKind.Minus, TokenKind.MinusMinus, TokenKind.MinusAssign),
            '&' => Logical(c, second, third, TokenKind.Ampersand, TokenKind.AndAnd, TokenKind.AndAssign),
            '|' => Logical(c, second, third, TokenKind.Bar, TokenKind.OrOr, TokenKind.OrAssign),
            '/' => second == '=' ? (TokenKind.SlashAssign, 2) : (TokenKind.Slash, 1),
            '%' => second == '=' ? (TokenKind.PercentAssign, 2) : (TokenKind.Percent, 1),
            '^' => second == '=' ? (TokenKind.XorAssign, 2) : (TokenKind.Caret, 1),
            _ => throw Fail(_at, "Invalid or unexpected token"),
        };
        _at += length;
    }

    private static (TokenKind, int) Doubled(char c, char second, TokenKind one, TokenKind two, TokenKind assign) =>
        second == c ? (two, 2) : second == '=' ? (assign, 2) : (one, 1);

    private (TokenKind, int) Logical(char c, char second, char third, TokenKind one, TokenKind two, TokenKind assign)
    {
        if (second != c) return second == '=' ? (assign, 2) : (one, 1);
        if (third == '=') throw _errors.Fail(_at, _at + 3, $"Logical assignment ('{c}{c}=') is not supported; use an if statement");
        return (two, 2);
    }

    private (TokenKind, int) Question(char second, char third)
    {
        if (second == '?') throw _errors.Fail(_at, _at + 2, "The '??' operator is not supported; use a conditional expression");
        if (second == '.' && !char.IsAsciiDigit(third)) throw _errors.Fail(_at, _at + 2, "Optional chaining ('?.') is not supported; use &&");
        return (TokenKind.Question, 1);
    }

    private static (TokenKind, int) Less(char second, char third) => second switch
    {
        '<' => third == '=' ? (TokenKind.ShiftLeftAssign, 3) : (TokenKind.ShiftLeft, 2),
        '=' => (TokenKind.LessEqual, 2),
        _ => (TokenKind.Less, 1),
    };

    private (TokenKind, int) Greater(char second, char third) => (second, third) switch
    {
        ('>', '>') => Peek(3) == '=' ? (TokenKind.ShiftRightUnsignedAssign, 4) : (TokenKind.ShiftRightUnsigned, 3),
        ('>', '=') => (TokenKind.ShiftRightAssign, 3),
        ('>', _) => (TokenKind.ShiftRight, 2),
        ('=', _) => (TokenKind.GreaterEqual, 2),
        _ => (TokenKind.Greater, 1),
    };

    private static (TokenKind, int) Assign(char second, char third) => second switch
    {
        '=' => third == '=' ? (TokenKind.StrictEqual, 3) : (TokenKind.Equal, 2),
        '>' => (TokenKind.Arrow, 2),
        _ => (TokenKind.Assign, 1),
    };

    private static (TokenKind, int) Star(char second, char third) => second switch
    {
        '*' => third == '=' ? (TokenKind.StarStarAssign, 3) : (TokenKind.StarStar, 2),
        '=' => (TokenKind.StarAssign, 2),
        _ => (TokenKind.Star, 1),
    };
}
