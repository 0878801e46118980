using System.Globalization;
using Wirehook.JavaScript.Library.Text;

namespace Wirehook.JavaScript.Library.Numbers;

/// <summary>String to Number (ECMA-262 5.1 §9.3.1), <c>parseInt</c> (§15.1.2.2) and <c>parseFloat</c> (§15.1.2.3).</summary>
internal static class NumberParser
{
    /// <summary>The value of <c>Number(text)</c>: NaN when the text is not wholly a numeric literal.</summary>
    public static double Parse(ReadOnlySpan<char> text)
    {
        if (text.Length == 1 && char.IsAsciiDigit(text[0])) return text[0] - '0';
        text = WhiteSpace.Trim(text);
        if (text.IsEmpty) return 0;
        if (text.Length > 2 && text[0] == '0' && RadixOfPrefix(text[1]) is var radix and > 0)
            return DigitRun(text[2..], radix) == text.Length - 2 ? ParseDigits(text[2..], radix) : double.NaN;
        int length = DecimalLength(text);
        return length == text.Length ? ParseDecimal(text) : double.NaN;
    }

    /// <summary>The value of <c>parseFloat(text)</c>: the longest prefix that is a decimal literal.</summary>
    public static double ParseFloat(ReadOnlySpan<char> text)
    {
        text = WhiteSpace.TrimStart(text);
        int length = DecimalLength(text);
        return length == 0 ? double.NaN : ParseDecimal(text[..length]);
    }

    /// <summary>The value of <c>parseInt(text, radix)</c>, where 0 stands for an absent radix.</summary>
    public static double ParseInt(ReadOnlySpan<char> text, int radix)
    {
        text = WhiteSpace.TrimStart(text);
        bool negative = false;
        if (!text.IsEmpty && text[0] is '+' or '-')
        {
            negative = text[0] == '-';
            text = text[1..];
        }
        if (radix != 0 && radix is < 2 or > 36) return double.NaN;
        if (radix is 0 or 16 && text.Length >= 2 && text[0] == '0' && text[1] is 'x' or 'X')
        {
            text = text[2..];
            radix = 16;
        }
        if (radix == 0) radix = 10;
        int length = DigitRun(text, radix);
        if (length == 0) return double.NaN;
        double value = ParseDigits(text[..length], radix);
        return negative ? -value : value;
    }

    /// <summary>The value of digits in a radix, correctly rounded for radix 10 and powers of two.</summary>
    /// <param name="digits">Digits only, at least one.</param>
    /// <param name="radix">2 to 36.</param>
    public static double ParseDigits(ReadOnlySpan<char> digits, int radix)
    {
        double value = 0;
        foreach (char c in digits)
        {
            value = value * radix + DigitValue(c);
            if (value >= 9007199254740992.0) return ParseManyDigits(digits, radix);
        }
        return value;
    }

    private static double ParseManyDigits(ReadOnlySpan<char> digits, int radix)
    {
        if (radix == 10) return double.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        if (int.IsPow2(radix)) return ParseBits(digits, int.Log2(radix));
        // §15.1.2.2 step 13 permits an approximation after twenty digits.
        double value = 0;
        foreach (char c in digits) value = value * radix + DigitValue(c);
        return value;
    }

    /// <summary>Digits of a power-of-two radix: 63 leading bits are kept, the rest collapses into a sticky bit, and one conversion rounds to even.</summary>
    private static double ParseBits(ReadOnlySpan<char> digits, int bitsPerDigit)
    {
        ulong head = 0;
        long dropped = 0;
        bool sticky = false;
        foreach (char c in digits)
        {
            int digit = DigitValue(c);
            for (int bit = bitsPerDigit - 1; bit >= 0; bit--)
            {
                uint b = (uint)(digit >> bit) & 1;
                if (head < 1UL << 61)
                {
                    head = (head << 1) | b;
                }
                else
                {
                    dropped++;
                    sticky |= b != 0;
                }
            }
        }
        if (sticky) head = (head << 1) | 1;
        else head <<= 1;
        return Math.ScaleB((double)(long)head, (int)Math.Min(dropped - 1, 5000));
    }

    private static double ParseDecimal(ReadOnlySpan<char> text)
    {
        char last = text[^1];
        if (last == 'y') return text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        return double.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture);
    }

    /// <summary>The length of the longest StrDecimalLiteral at the start of the text; 0 when there is none.</summary>
    private static int DecimalLength(ReadOnlySpan<char> text)
    {
        int at = 0;
        if (at < text.Length && text[at] is '+' or '-') at++;
        if (text[at..].StartsWith("Infinity", StringComparison.Ordinal)) return at + 8;
        int digits = DigitRun(text[at..], 10);
        at += digits;
        if (at < text.Length && text[at] == '.')
        {
            int fraction = DigitRun(text[(at + 1)..], 10);
            if (digits + fraction == 0) return 0;
            digits += fraction;
            at += 1 + fraction;
        }
        if (digits == 0) return 0;
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            int mark = at + 1;
            if (mark < text.Length && text[mark] is '+' or '-') mark++;
            int exponent = DigitRun(text[mark..], 10);
            if (exponent > 0) at = mark + exponent;
        }
        return at;
    }

    private static int DigitRun(ReadOnlySpan<char> text, int radix)
    {
        int length = 0;
        while (length < text.Length && DigitValue(text[length]) < radix) length++;
        return length;
    }

    private static int RadixOfPrefix(char c) => c switch
    {
        'x' or 'X' => 16,
        'o' or 'O' => 8,
        'b' or 'B' => 2,
        _ => 0,
    };

    private static int DigitValue(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'z' => c - 'a' + 10,
        >= 'A' and <= 'Z' => c - 'A' + 10,
        _ => int.MaxValue,
    };
}
