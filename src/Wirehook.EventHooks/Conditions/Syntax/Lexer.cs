using System.Text;
using Wirehook.Packets;

namespace Wirehook.EventHooks.Conditions.Syntax;

/// <summary>Splits a condition's text into tokens.</summary>
internal sealed class Lexer
{
    private static readonly Dictionary<string, Token> Keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AND"] = new(TokenKind.And, default),
        ["OR"] = new(TokenKind.Or, default),
        ["NOT"] = new(TokenKind.Not, default),
        ["FOR"] = new(TokenKind.For, default),
        ["BY"] = new(TokenKind.By, default),
        ["WITHIN"] = new(TokenKind.Within, default),
        ["TRUE"] = new(TokenKind.True, default),
        ["FALSE"] = new(TokenKind.False, default),
        ["IN"] = new(TokenKind.Operator, default) { Operator = ComparisonOperator.In },
        ["CONTAINS"] = new(TokenKind.Operator, default) { Operator = ComparisonOperator.Contains },
        ["HAS"] = new(TokenKind.Operator, default) { Operator = ComparisonOperator.Has },
        ["STARTSWITH"] = new(TokenKind.Operator, default) { Operator = ComparisonOperator.StartsWith },
        ["ENDSWITH"] = new(TokenKind.Operator, default) { Operator = ComparisonOperator.EndsWith },
    };

    private readonly string _text;
    private readonly List<Token> _tokens = [];
    private int _position;

    private Lexer(string text) => _text = text;

    /// <summary>The words of the language that are no names.</summary>
    public static IEnumerable<string> Words => Keywords.Keys;

    /// <summary>The tokens of <paramref name="text"/>, the last one <see cref="TokenKind.End"/>.</summary>
    /// <exception cref="ConditionException">A character or literal is not of the language.</exception>
    public static List<Token> Read(string text)
    {
        var lexer = new Lexer(text);
        while (lexer.SkipSpace()) lexer._tokens.Add(lexer.Next());
        lexer._tokens.Add(new(TokenKind.End, new(text.Length, 0)));
        return lexer._tokens;
    }

    private bool SkipSpace()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t' or '\r' or '\n') _position++;
        return _position < _text.Length;
    }

    private Token Next()
    {
        var c = _text[_position];
        if (c is '\'' or '"') return ReadText(c);
        if (char.IsAsciiLetterOrDigit(c) || c is '_' or ':') return ReadWord();
        if (c == '-' && _position + 1 < _text.Length && char.IsAsciiDigit(_text[_position + 1])) return ReadWord();
        return ReadSymbol(c);
    }

    /// <summary>Names, numbers, durations and addresses: all run up to a character that none of them holds.</summary>
    private Token ReadWord()
    {
        var start = _position++;
        while (_position < _text.Length && (char.IsAsciiLetterOrDigit(_text[_position]) || _text[_position] is '_' or '.' or ':')) _position++;
        var word = _text.AsSpan(start, _position - start);
        var isAddress = word.Contains(':') || (char.IsAsciiDigit(word[0]) && word.Contains('.'));
        if (isAddress && _position < _text.Length && _text[_position] == '/')
        {
            _position++;
            while (_position < _text.Length && char.IsAsciiLetterOrDigit(_text[_position])) _position++;
        }

        var span = new SourceSpan(start, _position - start);
        if (isAddress) return ReadAddress(span);
        if (word[0] == '-' || char.IsAsciiDigit(word[0])) return NumberLiteral.Read(word, span);
        var name = word.ToString();
        return Keywords.TryGetValue(name, out var keyword) ? keyword with { Span = span, Text = name } : new(TokenKind.Name, span) { Text = name };
    }

    private Token ReadAddress(SourceSpan span)
    {
        var text = _text.AsSpan(span.Start, span.Length);
        if (IsHardwareAddress(text)) return new(TokenKind.Text, span) { Text = text.ToString().ToLowerInvariant() };
        if (AddressLiteral.TryParse(text, out var address, out var prefixLength)) return new(TokenKind.Address, span) { Address = address, Number = prefixLength };
        throw new ConditionException(text.Contains(':')
            ? $"{text} is no IP or hardware address."
            : $"{text} is neither a whole number nor an IP address.", span);
    }

    private static bool IsHardwareAddress(ReadOnlySpan<char> text)
    {
        if (text.Length < 8 || text.Length % 3 != 2) return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (i % 3 == 2 ? text[i] != ':' : !char.IsAsciiHexDigit(text[i])) return false;
        }

        return true;
    }

    private Token ReadText(char quote)
    {
        var start = _position++;
        var value = new StringBuilder();
        while (_position < _text.Length && _text[_position] != '\n')
        {
            var c = _text[_position++];
            if (c == quote) return new(TokenKind.Text, new(start, _position - start)) { Text = value.ToString() };
            if (c == '\\' && _position < _text.Length) value.Append(Unescape(_text[_position++]));
            else value.Append(c);
        }

        throw new ConditionException("The text that begins here has no closing quote on its line.", new(start, _position - start));
    }

    /// <summary>An unknown escape keeps its backslash, so that <c>'^eth\d$'</c> and <c>'^192\.168\.'</c> are the patterns they look like.</summary>
    private static string Unescape(char c) => c switch
    {
        'n' => "\n",
        't' => "\t",
        '\\' or '\'' or '"' => c.ToString(),
        _ => "\\" + c,
    };

    private Token ReadSymbol(char c)
    {
        var next = _position + 1 < _text.Length ? _text[_position + 1] : '\0';
        var (token, length) = (c, next) switch
        {
            ('=', '=') => (Comparison(ComparisonOperator.Equal), 2),
            ('=', '~') => (Comparison(ComparisonOperator.Match), 2),
            ('!', '=') => (Comparison(ComparisonOperator.NotEqual), 2),
            ('!', '~') => (Comparison(ComparisonOperator.NotMatch), 2),
            ('~', '=') => (Comparison(ComparisonOperator.Glob), 2),
            ('<', '=') => (Comparison(ComparisonOperator.LessOrEqual), 2),
            ('>', '=') => (Comparison(ComparisonOperator.GreaterOrEqual), 2),
            ('<', '>') => throw new ConditionException("There is no operator <>. Did you mean !=?", new(_position, 2)),
            ('&', '&') => (new Token(TokenKind.And, default), 2),
            ('|', '|') => (new Token(TokenKind.Or, default), 2),
            ('<', _) => (Comparison(ComparisonOperator.Less), 1),
            ('>', _) => (Comparison(ComparisonOperator.Greater), 1),
            ('!', _) => (new Token(TokenKind.Not, default), 1),
            ('&', _) => (new Token(TokenKind.Ampersand, default), 1),
            ('|', _) => (new Token(TokenKind.Bar, default), 1),
            ('(', _) => (new Token(TokenKind.OpenParenthesis, default), 1),
            (')', _) => (new Token(TokenKind.CloseParenthesis, default), 1),
            ('[', _) => (new Token(TokenKind.OpenBracket, default), 1),
            (']', _) => (new Token(TokenKind.CloseBracket, default), 1),
            (',', _) => (new Token(TokenKind.Comma, default), 1),
            ('=', _) => throw new ConditionException("There is no operator =. Did you mean ==?", new(_position, 1)),
            ('~', _) => throw new ConditionException("There is no operator ~. Did you mean =~ (regular expression) or ~= (glob)?", new(_position, 1)),
            _ => throw new ConditionException($"{Shown(c)} is not of the language; text stands in quotes.", new(_position, 1)),
        };
        var span = new SourceSpan(_position, length);
        _position += length;
        return token with { Span = span };
    }

    private static Token Comparison(ComparisonOperator comparison) => new(TokenKind.Operator, default) { Operator = comparison };

    private static string Shown(char c) => char.IsControl(c) || char.IsSurrogate(c) || char.IsWhiteSpace(c) ? $"The character U+{(int)c:X4}" : c.ToString();
}
