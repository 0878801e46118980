using System.Globalization;
using System.Text;

namespace Wirehook.JavaScript.Syntax;

internal sealed partial class Lexer
{
    /// <summary>Reads the regular expression literal that starts at the slash of <paramref name="slash"/> (§7.8.5).</summary>
    public Token ReadRegExp(in Token slash)
    {
        var token = slash;
        token.Kind = TokenKind.RegExp;
        _at = slash.Start + 1;
        bool inClass = false;
        while (true)
        {
            if (_at >= _text.Length || SourceText.IsLineTerminator(_text[_at])) throw Fail(slash.Start, "Invalid regular expression: missing /");
            char c = _text[_at];
            if (c == '/' && !inClass) break;
            if (c == '[') inClass = true;
            else if (c == ']') inClass = false;
            else if (c == '\\' && _at + 1 < _text.Length && !SourceText.IsLineTerminator(_text[_at + 1])) _at++;
            _at++;
        }

        token.Text = _text.Substring(slash.Start + 1, _at - slash.Start - 1);
        int flags = ++_at;
        while (_at < _text.Length && Characters.IsIdentifierPart(_text[_at])) _at++;
        if (Peek(0) == '\\') throw Fail(flags, "Invalid regular expression flags");
        token.RegExpFlags = _text[flags.._at];
        token.End = _at;
        return token;
    }

    /// <summary>Reads the template part that starts at the closing brace of a substitution.</summary>
    public Token ReadTemplatePart(in Token brace)
    {
        var token = brace;
        _at = brace.Start;
        ReadTemplate(ref token);
        token.End = _at;
        return token;
    }

    private void ReadTemplate(ref Token token)
    {
        int start = _at++;
        token.Kind = TokenKind.Template;
        var cooked = new StringBuilder();
        while (true)
        {
            if (_at >= _text.Length) throw _errors.Fail(start, start + 1, "Unterminated template literal");
            char c = _text[_at];
            if (c == '`') break;
            if (c == '$' && Peek(1) == '{') break;
            if (c == '\\')
            {
                ReadEscape(ref token, cooked, inTemplate: true);
                continue;
            }

            _at++;
            if (c == '\r')
            {
                if (Peek(0) == '\n') _at++;
                c = '\n';
            }

            cooked.Append(c);
        }

        token.Text = cooked.ToString();
        if (_text[_at] == '`') token.Flags |= TokenFlags.TemplateTail;
        _at += _text[_at] == '`' ? 1 : 2;
    }

    private void ReadString(ref Token token)
    {
        char quote = _text[_at];
        int start = ++_at;
        token.Kind = TokenKind.String;
        while (_at < _text.Length && _text[_at] != quote && _text[_at] != '\\' && _text[_at] is not ('\n' or '\r')) _at++;
        if (_at < _text.Length && _text[_at] == quote)
        {
            token.Text = _text[start.._at];
            _at++;
            return;
        }

        var value = new StringBuilder().Append(_text, start, _at - start);
        while (true)
        {
            if (_at >= _text.Length || _text[_at] is '\n' or '\r') throw Fail(token.Start, "Invalid or unexpected token");
            char c = _text[_at];
            if (c == '\\')
            {
                ReadEscape(ref token, value, inTemplate: false);
                continue;
            }

            _at++;
            if (c == quote) break;
            value.Append(c);
        }

        token.Text = value.ToString();
    }

    /// <summary>Reads one escape sequence or line continuation (§7.8.4, Annex B.1.2).</summary>
    private void ReadEscape(ref Token token, StringBuilder value, bool inTemplate)
    {
        int start = _at++;
        token.Flags |= TokenFlags.HasEscape;
        if (_at >= _text.Length) throw Fail(start, inTemplate ? "Unterminated template literal" : "Invalid or unexpected token");
        char c = _text[_at++];
        switch (c)
        {
            case 'n': value.Append('\n'); break;
            case 't': value.Append('\t'); break;
            case 'r': value.Append('\r'); break;
            case 'b': value.Append('\b'); break;
            case 'f': value.Append('\f'); break;
            case 'v': value.Append('\v'); break;
            case '\r': if (Peek(0) == '\n') _at++; break;
            case '\n' or '\u2028' or '\u2029': break;
            case 'x' or 'u': ReadCodeEscape(c, start, value); break;
            case >= '0' and <= '9': ReadOctalEscape(ref token, c, start, value, inTemplate); break;
            default: value.Append(c); break;
        }
    }

    private void ReadCodeEscape(char kind, int start, StringBuilder value)
    {
        int code = kind == 'x' ? ReadHex(2) : ReadUnicodeEscape();
        if (code < 0) throw Fail(start, kind == 'x' ? "Invalid hexadecimal escape sequence" : "Invalid Unicode escape sequence");
        if (code > 0xFFFF) value.Append(char.ConvertFromUtf32(code));
        else value.Append((char)code);
    }

    private void ReadOctalEscape(ref Token token, char first, int start, StringBuilder value, bool inTemplate)
    {
        if (first == '0' && !char.IsAsciiDigit(Peek(0)))
        {
            value.Append('\0');
            return;
        }

        if (inTemplate) throw Fail(start, "Octal escape sequences are not allowed in template strings");
        token.Flags |= TokenFlags.HasOctal;
        if (first >= '8')
        {
            value.Append(first);
            return;
        }

        int code = first - '0';
        for (int more = first <= '3' ? 2 : 1; more > 0 && Peek(0) is >= '0' and <= '7'; more--) code = (code * 8) + (_text[_at++] - '0');
        value.Append((char)code);
    }

    private void ReadNumber(ref Token token)
    {
        token.Kind = TokenKind.Number;
        int start = _at;
        if (_text[_at] != '0' || !TryReadPrefixed(ref token)) ReadDecimal(ref token, start);
        if (_at >= _text.Length) return;
        char c = _text[_at];
        if (c == 'n') throw Fail(start, "BigInt literals are not supported; use numbers");
        if (c == '_') throw Fail(start, "Numeric separators ('_') are not supported");
        if (char.IsAsciiDigit(c) || c == '\\' || Characters.IsIdentifierStart(c)) throw Fail(_at, "Invalid or unexpected token");
    }

    /// <summary>Reads 0x, 0o, 0b and legacy octal numbers; false where the zero starts a decimal.</summary>
    private bool TryReadPrefixed(ref Token token)
    {
        int bits = (Peek(1) | 0x20) switch { 'x' => 4, 'o' => 3, 'b' => 1, _ => 0 };
        if (bits > 0)
        {
            int start = _at;
            _at += 2;
            int digits = _at;
            while (_at < _text.Length && Characters.DigitValue(_text[_at]) < 1 << bits) _at++;
            if (_at == digits) throw Fail(start, "Invalid or unexpected token");
            token.Number = PowerOfTwoRadix(_text.AsSpan(digits, _at - digits), bits);
            return true;
        }

        if (!char.IsAsciiDigit(Peek(1))) return false;
        int end = _at + 1;
        bool octal = true;
        for (; end < _text.Length && char.IsAsciiDigit(_text[end]); end++) octal &= _text[end] < '8';
        if (!octal)
        {
            token.Flags |= TokenFlags.HasLeadingZero;
            return false;
        }

        token.Flags |= TokenFlags.HasOctal;
        token.Number = PowerOfTwoRadix(_text.AsSpan(_at + 1, end - _at - 1), 3);
        _at = end;
        return true;
    }

    private void ReadDecimal(ref Token token, int start)
    {
        while (char.IsAsciiDigit(Peek(0))) _at++;
        if (Peek(0) == '.')
        {
            _at++;
            while (char.IsAsciiDigit(Peek(0))) _at++;
        }

        if (Peek(0) is 'e' or 'E')
        {
            _at++;
            if (Peek(0) is '+' or '-') _at++;
            if (!char.IsAsciiDigit(Peek(0))) throw Fail(start, "Invalid or unexpected token");
            while (char.IsAsciiDigit(Peek(0))) _at++;
        }

        token.Number = double.Parse(_text.AsSpan(start, _at - start), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture);
    }

    /// <summary>The number that digits of a base of 2, 8 or 16 write, rounded once: bits beyond the mantissa only leave a sticky bit.</summary>
    private static double PowerOfTwoRadix(ReadOnlySpan<char> digits, int bitsPerDigit)
    {
        long mantissa = 0;
        int dropped = 0;
        foreach (char c in digits)
        {
            int digit = Characters.DigitValue(c);
            if (mantissa < 1L << 57)
            {
                mantissa = (mantissa << bitsPerDigit) | (long)digit;
                continue;
            }

            dropped += bitsPerDigit;
            if (digit != 0) mantissa |= 1;
        }

        return dropped == 0 ? mantissa : mantissa * Math.Pow(2, Math.Min(dropped, 2000));
    }
}
