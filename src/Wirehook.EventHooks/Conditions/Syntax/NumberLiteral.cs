using System.Globalization;

namespace Wirehook.EventHooks.Conditions.Syntax;

/// <summary>Numbers (<c>17</c>, <c>-1</c>, <c>0x10</c>, <c>9k</c>) and durations (<c>500ms</c>, <c>1m30s</c>).</summary>
internal static class NumberLiteral
{
    private const long Millisecond = 1_000_000;
    private const long Second = 1000 * Millisecond;

    /// <summary>The token of <paramref name="word"/>, which begins with a digit or a minus.</summary>
    /// <exception cref="ConditionException">It is neither, or too large.</exception>
    public static Token Read(ReadOnlySpan<char> word, SourceSpan span)
    {
        if (TryReadNumber(word, span, out var number)) return new(TokenKind.Number, span) { Number = number };
        if (TryReadDuration(word, span, out var duration)) return new(TokenKind.Duration, span) { Number = duration };
        throw new ConditionException($"{word} is no number. Numbers are decimal or 0x…, with k, M or G for thousands; durations end in ms, s, m, h or d.", span);
    }

    /// <summary>The text that reads as <paramref name="nanoseconds"/>, in its largest whole unit.</summary>
    public static string Duration(long nanoseconds)
    {
        foreach (var unit in (ReadOnlySpan<string>)["d", "h", "m", "s", "ms"])
        {
            if (nanoseconds % Unit(unit) == 0) return string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / Unit(unit)}{unit}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / Millisecond}ms");
    }

    private static bool TryReadNumber(ReadOnlySpan<char> word, SourceSpan span, out long number)
    {
        var negative = word[0] == '-';
        var digits = negative ? word[1..] : word;
        var scale = 1L;
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) return TryReadHex(digits[2..], negative, span, out number);
        if (Scale(digits[^1]) is var factor and > 1)
        {
            scale = factor;
            digits = digits[..^1];
        }

        number = 0;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9')) return false;
        if (!Int128.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) throw TooLarge(word, span);
        number = InRange((negative ? -value : value) * scale, word, span);
        return true;
    }

    private static bool TryReadHex(ReadOnlySpan<char> digits, bool negative, SourceSpan span, out long number)
    {
        number = 0;
        if (digits.IsEmpty || !UInt128.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)) return false;
        if (value > long.MaxValue) throw TooLarge($"0x{digits}", span);
        number = negative ? -(long)value : (long)value;
        return true;
    }

    private static bool TryReadDuration(ReadOnlySpan<char> word, SourceSpan span, out long nanoseconds)
    {
        var sum = (Int128)0;
        var rest = word;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            nanoseconds = 0;
            if (digits <= 0 || !Int128.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var value)) return false;
            rest = rest[digits..];
            var letters = rest.IndexOfAnyInRange('0', '9') is var end and >= 0 ? end : rest.Length;
            var unit = Unit(rest[..letters]);
            if (unit == 0) return false;
            if (value > long.MaxValue) throw TooLarge(word, span);
            sum += value * unit;
            rest = rest[letters..];
        }

        nanoseconds = InRange(sum, word, span);
        return true;
    }

    private static long Scale(char suffix) => suffix switch
    {
        'k' or 'K' => 1000,
        'M' => 1_000_000,
        'G' => 1_000_000_000,
        _ => 1,
    };

    private static long Unit(ReadOnlySpan<char> unit) => unit switch
    {
        "ms" => Millisecond,
        "s" => Second,
        "m" => 60 * Second,
        "h" => 3600 * Second,
        "d" => 86400 * Second,
        _ => 0,
    };

    private static long InRange(Int128 value, ReadOnlySpan<char> word, SourceSpan span) =>
        value >= long.MinValue && value <= long.MaxValue ? (long)value : throw TooLarge(word, span);

    private static ConditionException TooLarge(ReadOnlySpan<char> word, SourceSpan span) => new($"{word} is too large for a number of 64 bits.", span);
}
