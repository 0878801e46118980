using System.Buffers;
using System.Globalization;

namespace Wirehook.Dissection.Items;

/// <summary>How JSON.stringify of ES5 writes characters and numbers (ECMA-262 5.1 §15.12.3, §9.8.1).</summary>
internal static class JsonNotation
{
    private const string Hex = "0123456789abcdef";

    /// <summary>The characters that need an escape.</summary>
    public static SearchValues<char> Escaped { get; } = SearchValues.Create(
        "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    /// <summary>The escape of one of <see cref="Escaped"/>.</summary>
    public static string Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\f' => "\\f",
        '\r' => "\\r",
        _ => UnicodeEscape(c),
    };

    /// <summary><c>\u</c> and four digits.</summary>
    public static string UnicodeEscape(char c) => string.Create(6, c, static (text, c) =>
    {
        (text[0], text[1]) = ('\\', 'u');
        for (var i = 0; i < 4; i++) text[5 - i] = Hex[(c >> (4 * i)) & 15];
    });

    /// <summary>Number::toString of ECMA-262 5.1 §9.8.1: plain digits from 1e-6 up to 1e21, an exponent without padding elsewhere.</summary>
    public static string EcmaNumber(double number)
    {
        var scientific = Math.Abs(number).ToString("E16", CultureInfo.InvariantCulture);
        var shortest = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture);
        var digits = new string([.. shortest.TakeWhile(c => c != 'E').Where(char.IsAsciiDigit)]).TrimStart('0').TrimEnd('0');
        var exponent = int.Parse(scientific.AsSpan(scientific.IndexOf('E') + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) + 1;
        var text = exponent switch
        {
            > 21 or < -5 => Exponential(digits, exponent - 1),
            <= 0 => "0." + new string('0', -exponent) + digits,
            _ when exponent >= digits.Length => digits.PadRight(exponent, '0'),
            _ => digits[..exponent] + "." + digits[exponent..],
        };
        return number < 0 ? "-" + text : text;
    }

    private static string Exponential(string digits, int exponent) =>
        (digits.Length == 1 ? digits : digits[..1] + "." + digits[1..]) + "e" + (exponent < 0 ? "-" : "+") + Math.Abs(exponent).ToString(CultureInfo.InvariantCulture);
}
