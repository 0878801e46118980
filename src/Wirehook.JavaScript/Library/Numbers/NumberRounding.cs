using System.Globalization;
using System.Numerics;

namespace Wirehook.JavaScript.Library.Numbers;

/// <summary>
/// <c>toFixed</c>, <c>toExponential</c> and <c>toPrecision</c> (ECMA-262 5.1 §15.7.4.5 to 7). The standard asks for the integer nearest to the exact
/// mathematical value and for the larger one of two equally near, so the arithmetic is done on the number's exact fraction.
/// </summary>
internal static class NumberRounding
{
    /// <summary>A finite number with a given count of digits behind the point.</summary>
    public static string ToFixed(double value, int fractionDigits)
    {
        if (Math.Abs(value) >= 1e21) return NumberText.Format(value);
        string digits = RoundScaled(Math.Abs(value), fractionDigits).ToString(CultureInfo.InvariantCulture);
        if (fractionDigits > 0)
        {
            digits = digits.PadLeft(fractionDigits + 1, '0');
            digits = string.Concat(digits.AsSpan(0, digits.Length - fractionDigits), ".", digits.AsSpan(digits.Length - fractionDigits));
        }
        return value < 0 ? "-" + digits : digits;
    }

    /// <summary>A finite number as <c>d.ddde±x</c>.</summary>
    /// <param name="value">The number.</param>
    /// <param name="fractionDigits">Digits behind the point; -1 for as many as the number needs.</param>
    public static string ToExponential(double value, int fractionDigits)
    {
        string digits;
        int exponent;
        if (fractionDigits >= 0)
        {
            digits = SignificantDigits(Math.Abs(value), fractionDigits + 1, out exponent);
        }
        else
        {
            Span<char> shortest = stackalloc char[NumberText.MaxLength];
            int count = NumberText.ShortestDigits(Math.Abs(value), shortest, out int point);
            digits = new string(shortest[..count]);
            exponent = value == 0 ? 0 : point - 1;
        }
        return Exponential(value < 0, digits, exponent);
    }

    /// <summary>A finite number with a given count of significant digits, in exponential form where the standard says so.</summary>
    public static string ToPrecision(double value, int precision)
    {
        string digits = SignificantDigits(Math.Abs(value), precision, out int exponent);
        if (exponent < -6 || exponent >= precision) return Exponential(value < 0, digits, exponent);
        string text = exponent == precision - 1 ? digits
            : exponent >= 0 ? string.Concat(digits.AsSpan(0, exponent + 1), ".", digits.AsSpan(exponent + 1))
            : string.Concat("0.", new string('0', -(exponent + 1)), digits);
        return value < 0 ? "-" + text : text;
    }

    private static string Exponential(bool negative, string digits, int exponent)
    {
        Span<char> buffer = stackalloc char[digits.Length + 12];
        int at = 0;
        if (negative) buffer[at++] = '-';
        return new string(buffer[..NumberText.LayExponent(digits, exponent, buffer, at)]);
    }

    /// <summary>Exactly <paramref name="count"/> digits n and the exponent e such that n × 10^(e - count + 1) is nearest to the value.</summary>
    private static string SignificantDigits(double value, int count, out int exponent)
    {
        exponent = 0;
        if (value == 0) return new string('0', count);
        exponent = (int)Math.Floor(Math.Log10(value));
        BigInteger limit = BigInteger.Pow(10, count);
        BigInteger least = BigInteger.Pow(10, count - 1);
        BigInteger n = RoundScaled(value, count - 1 - exponent);
        while (n < least) n = RoundScaled(value, count - 1 - --exponent);
        // Rounding up to 10^count is right for a value just below it, and for an estimate of the exponent that is one too small.
        while (n >= limit) n = RoundScaled(value, count - 1 - ++exponent);
        return n.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The integer nearest to value × 10^scale; the larger one of two equally near.</summary>
    private static BigInteger RoundScaled(double value, int scale)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = bits & 0xF_FFFF_FFFF_FFFF;
        if (exponent == 0) exponent = 1;
        else mantissa |= 1L << 52;
        exponent -= 1075;

        BigInteger numerator = mantissa;
        BigInteger denominator = BigInteger.One;
        if (exponent >= 0) numerator <<= exponent;
        else denominator <<= -exponent;
        if (scale >= 0) numerator *= BigInteger.Pow(10, scale);
        else denominator *= BigInteger.Pow(10, -scale);
        return (2 * numerator + denominator) / (2 * denominator);
    }
}
