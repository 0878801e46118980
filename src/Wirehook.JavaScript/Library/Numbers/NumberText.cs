using System.Globalization;

namespace Wirehook.JavaScript.Library.Numbers;

/// <summary>Number to String (ECMA-262 5.1 §9.8.1): the shortest digits that read back as the same number, laid out as the standard says.</summary>
internal static class NumberText
{
    /// <summary>The longest text that <see cref="Write"/> writes.</summary>
    public const int MaxLength = 32;

    private const int CachedIntegers = 1024;
    private static readonly string[] SmallIntegers = CreateSmallIntegers();

    /// <summary>The value as <c>String(value)</c> gives it; integers below 1024 come from a cache.</summary>
    public static string Format(double value)
    {
        int integer = (int)value;
        if (integer == value)
        {
            if ((uint)integer < CachedIntegers) return SmallIntegers[integer];
            return integer.ToString(CultureInfo.InvariantCulture);
        }
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "Infinity" : "-Infinity";
        Span<char> buffer = stackalloc char[MaxLength];
        return new string(buffer[..Write(value, buffer)]);
    }

    /// <summary>The text of a number given as an integer.</summary>
    public static string Format(int value) =>
        (uint)value < CachedIntegers ? SmallIntegers[value] : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes the same text as <see cref="Format(double)"/> and returns its length.</summary>
    /// <param name="value">Any number.</param>
    /// <param name="buffer">At least <see cref="MaxLength"/> characters.</param>
    public static int Write(double value, Span<char> buffer)
    {
        int integer = (int)value;
        if (integer == value)
        {
            integer.TryFormat(buffer, out int written, default, CultureInfo.InvariantCulture);
            return written;
        }
        if (!double.IsFinite(value))
        {
            string name = double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
            name.CopyTo(buffer);
            return name.Length;
        }
        Span<char> digits = stackalloc char[MaxLength];
        int count = ShortestDigits(Math.Abs(value), digits, out int point);
        return Lay(value < 0, digits[..count], point, buffer);
    }

    /// <summary>The shortest decimal digits of a positive finite number; the value is 0.digits × 10^<paramref name="point"/>.</summary>
    public static int ShortestDigits(double value, Span<char> digits, out int point)
    {
        Span<char> raw = stackalloc char[MaxLength];
        value.TryFormat(raw, out int length, "R", CultureInfo.InvariantCulture);
        int count = 0;
        int pointAt = -1;
        int exponent = 0;
        for (int i = 0; i < length; i++)
        {
            char c = raw[i];
            if (c == '.')
            {
                pointAt = count;
            }
            else if (c == 'E')
            {
                exponent = int.Parse(raw[(i + 1)..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                break;
            }
            else
            {
                digits[count++] = c;
            }
        }
        point = (pointAt < 0 ? count : pointAt) + exponent;
        return StripZeros(digits, count, ref point);
    }

    private static int StripZeros(Span<char> digits, int count, ref int point)
    {
        int leading = 0;
        while (leading < count - 1 && digits[leading] == '0') leading++;
        digits[leading..count].CopyTo(digits);
        count -= leading;
        point -= leading;
        while (count > 1 && digits[count - 1] == '0') count--;
        return count;
    }

    /// <summary>Lays digits out by §9.8.1 steps 6 to 10, where <paramref name="point"/> is the standard's n.</summary>
    private static int Lay(bool negative, ReadOnlySpan<char> digits, int point, Span<char> buffer)
    {
        int at = 0;
        if (negative) buffer[at++] = '-';
        if (digits.Length <= point && point <= 21)
        {
            digits.CopyTo(buffer[at..]);
            buffer.Slice(at + digits.Length, point - digits.Length).Fill('0');
            return at + point;
        }
        if (point is > 0 and <= 21)
        {
            digits[..point].CopyTo(buffer[at..]);
            buffer[at + point] = '.';
            digits[point..].CopyTo(buffer[(at + point + 1)..]);
            return at + digits.Length + 1;
        }
        if (point is > -6 and <= 0)
        {
            "0.".CopyTo(buffer[at..]);
            buffer.Slice(at + 2, -point).Fill('0');
            digits.CopyTo(buffer[(at + 2 - point)..]);
            return at + 2 - point + digits.Length;
        }
        return LayExponent(digits, point - 1, buffer, at);
    }

    /// <summary>Lays digits out as <c>d.ddde±x</c> behind <paramref name="at"/> and returns the end.</summary>
    internal static int LayExponent(ReadOnlySpan<char> digits, int exponent, Span<char> buffer, int at)
    {
        buffer[at++] = digits[0];
        if (digits.Length > 1)
        {
            buffer[at++] = '.';
            digits[1..].CopyTo(buffer[at..]);
            at += digits.Length - 1;
        }
        buffer[at++] = 'e';
        buffer[at++] = exponent < 0 ? '-' : '+';
        Math.Abs(exponent).TryFormat(buffer[at..], out int written, default, CultureInfo.InvariantCulture);
        return at + written;
    }

    private static string[] CreateSmallIntegers()
    {
        var texts = new string[CachedIntegers];
        for (int i = 0; i < texts.Length; i++) texts[i] = i.ToString(CultureInfo.InvariantCulture);
        return texts;
    }
}
