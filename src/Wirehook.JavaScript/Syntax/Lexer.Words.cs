using System.Text;

namespace Wirehook.JavaScript.Syntax;

internal sealed partial class Lexer
{
    /// <summary>One string per distinct name, so that equal names share memory.</summary>
    public string Intern(ReadOnlySpan<char> name)
    {
        if (_wordsBySpan.TryGetValue(name, out var known)) return known;
        string made = name.ToString();
        _words.Add(made);
        return made;
    }

    private void ReadWord(ref Token token)
    {
        int start = _at;
        while (_at < _text.Length && _text[_at] < 128 && Characters.IsIdentifierPart(_text[_at])) _at++;
        if (_at < _text.Length && (_text[_at] == '\\' || _text[_at] >= 128))
        {
            _at = start;
            token.Text = ReadUncommonWord(ref token);
        }
        else
        {
            token.Text = Intern(_text.AsSpan(start, _at - start));
        }

        token.Kind = Keywords.KindOf(token.Text);
        if (token.Kind != TokenKind.Identifier && token.Has(TokenFlags.HasEscape)) token.Kind = TokenKind.EscapedKeyword;
    }

    /// <summary>Reads a word with escapes or letters outside ASCII (§7.6).</summary>
    private string ReadUncommonWord(ref Token token)
    {
        var word = new StringBuilder();
        while (_at < _text.Length)
        {
            int start = _at;
            int c = _text[_at];
            bool escaped = c == '\\';
            if (escaped)
            {
                token.Flags |= TokenFlags.HasEscape;
                c = ReadIdentifierEscape();
            }
            else
            {
                if (char.IsHighSurrogate((char)c) && char.IsLowSurrogate(Peek(1))) c = char.ConvertToUtf32((char)c, Peek(1));
                _at += c > 0xFFFF ? 2 : 1;
            }

            if (word.Length == 0 ? !Characters.IsIdentifierStart(c) : !Characters.IsIdentifierPart(c))
            {
                if (escaped) throw Fail(start, "Invalid Unicode escape sequence");
                if (word.Length == 0) throw Fail(start, "Invalid or unexpected token");
                _at = start;
                break;
            }

            if (c > 0xFFFF) word.Append(char.ConvertFromUtf32(c));
            else word.Append((char)c);
        }

        return Intern(word.ToString());
    }

    private int ReadIdentifierEscape()
    {
        int start = _at;
        _at++;
        if (Peek(0) != 'u') throw Fail(start, "Invalid Unicode escape sequence");
        _at++;
        int value = ReadUnicodeEscape();
        if (value is < 0 or (>= 0xD800 and < 0xE000)) throw Fail(start, "Invalid Unicode escape sequence");
        return value;
    }

    /// <summary>Reads <c>XXXX</c> or <c>{X…}</c> after <c>\u</c>; -1 where it is neither.</summary>
    private int ReadUnicodeEscape()
    {
        if (Peek(0) != '{') return ReadHex(4);
        _at++;
        int value = 0;
        int digits = 0;
        for (; _at < _text.Length && _text[_at] != '}'; _at++, digits++)
        {
            int digit = Characters.DigitValue(_text[_at]);
            if (digit > 15) return -1;
            value = (value * 16) + digit;
            if (value > 0x10FFFF) return -1;
        }

        if (digits == 0 || _at >= _text.Length) return -1;
        _at++;
        return value;
    }

    private int ReadHex(int count)
    {
        int value = 0;
        for (int i = 0; i < count; i++)
        {
            int digit = Characters.DigitValue(Peek(0));
            if (digit > 15) return -1;
            value = (value * 16) + digit;
            _at++;
        }

        return value;
    }
}
