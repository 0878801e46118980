namespace Wirehook.JavaScript.Library.Numbers;

/// <summary>
/// Number.prototype.toString with a radix (ECMA-262 5.1 §15.7.4.2): integer digits exact, fraction digits as many as tell the number from its neighbours.
/// </summary>
internal static class NumberRadix
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    // 1024 binary digits before the point and 1074 behind it, plus sign and point.
    private const int IntegerCapacity = 1100;
    private const int FractionCapacity = 1100;

    /// <summary>The text of a number in a radix from 2 to 36.</summary>
    public static string Format(double value, int radix)
    {
        if (radix == 10 || !double.IsFinite(value)) return NumberText.Format(value);
        Span<char> buffer = stackalloc char[IntegerCapacity + FractionCapacity];
        double magnitude = Math.Abs(value);
        double integer = Math.Floor(magnitude);
        int end = WriteFraction(magnitude, ref integer, radix, buffer);
        int start = WriteInteger(integer, radix, buffer);
        if (value < 0) buffer[--start] = '-';
        return new string(buffer[start..end]);
    }

    private static int WriteFraction(double magnitude, ref double integer, int radix, Span<char> buffer)
    {
        int at = IntegerCapacity;
        double fraction = magnitude - integer;
        double delta = Math.Max(0.5 * (Math.BitIncrement(magnitude) - magnitude), double.Epsilon);
        if (fraction < delta) return at;
        buffer[at++] = '.';
        do
        {
            fraction *= radix;
            delta *= radix;
            int digit = (int)fraction;
            buffer[at++] = Digits[digit];
            fraction -= digit;
            bool upperHalf = fraction > 0.5 || (fraction == 0.5 && (digit & 1) != 0);
            if (upperHalf && fraction + delta > 1) return RoundUp(ref integer, radix, buffer, at);
        }
        while (fraction >= delta);
        return at;
    }

    private static int RoundUp(ref double integer, int radix, Span<char> buffer, int at)
    {
        while (--at > IntegerCapacity)
        {
            int digit = Digits.IndexOf(buffer[at]);
            if (digit + 1 >= radix) continue;
            buffer[at] = Digits[digit + 1];
            return at + 1;
        }
        integer += 1;
        return IntegerCapacity;
    }

    private static int WriteInteger(double integer, int radix, Span<char> buffer)
    {
        int at = IntegerCapacity;
        // Above 2^53 the low digits carry no information; zeros stand for them.
        while (integer >= 9007199254740992.0 * 2)
        {
            integer /= radix;
            buffer[--at] = '0';
        }
        integer = Math.Floor(integer);
        do
        {
            double rest = integer % radix;
            buffer[--at] = Digits[(int)rest];
            integer = (integer - rest) / radix;
        }
        while (integer > 0);
        return at;
    }
}
