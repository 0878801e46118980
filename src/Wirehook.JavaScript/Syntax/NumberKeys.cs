using System.Globalization;

namespace Wirehook.JavaScript.Syntax;

/// <summary>Writes numeric property names of literals as <c>ToString</c> does (ECMA-262 5.1 §9.8.1).</summary>
internal static class NumberKeys
{
    /// <summary>The shortest digits that read back as the value, with an exponent outside 1e-7 … 1e21.</summary>
    public static string Format(double value)
    {
        if (double.IsInfinity(value)) return "Infinity";
        string scientific = value.ToString("E16", CultureInfo.InvariantCulture);
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        int mark = shortest.IndexOf('E', StringComparison.Ordinal);
        string digits = (mark < 0 ? shortest : shortest[..mark]).Replace(".", "", StringComparison.Ordinal).TrimStart('0');
        digits = digits.TrimEnd('0');
        int exponent = int.Parse(scientific.AsSpan(scientific.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) + 1;
        if (exponent is > 0 and <= 21)
            return digits.Length <= exponent ? digits.PadRight(exponent, '0') : digits.Insert(exponent, ".");
        if (exponent is > -6 and <= 0) return "0." + new string('0', -exponent) + digits;
        string sign = exponent > 0 ? "+" : "-";
        string tail = digits.Length > 1 ? "." + digits[1..] : "";
        return digits[0] + tail + "e" + sign + Math.Abs(exponent - 1).ToString(CultureInfo.InvariantCulture);
    }
}
