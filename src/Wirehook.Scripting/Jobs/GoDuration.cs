using System.Globalization;

namespace Wirehook.Scripting.Jobs;

/// <summary>Durations as <c>@every</c> takes them: decimal numbers with units, such as <c>1h30m</c>, <c>1.5h</c> or <c>90s</c>.</summary>
internal static class GoDuration
{
    /// <summary>Whole seconds, rounded down, at least 1.</summary>
    /// <exception cref="FormatException">The text is not a positive duration of less than a century.</exception>
    internal static long ParseSeconds(string text)
    {
        var total = 0.0;
        var at = 0;
        while (at < text.Length)
        {
            var start = at;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.')) at++;
            var unitAt = at;
            while (at < text.Length && !char.IsAsciiDigit(text[at]) && text[at] != '.') at++;
            if (!double.TryParse(text.AsSpan(start, unitAt - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                throw Invalid(text);
            total += number * SecondsOf(text[unitAt..at], text);
        }

        if (text.Length == 0 || !(total < 3_153_600_000)) throw Invalid(text);
        return Math.Max(1, (long)total);
    }

    private static double SecondsOf(string unit, string text) => unit switch
    {
        "h" => 3600,
        "m" => 60,
        "s" => 1,
        "ms" => 1e-3,
        "us" or "µs" or "μs" => 1e-6,
        "ns" => 1e-9,
        _ => throw Invalid(text),
    };

    private static FormatException Invalid(string text) => new($"failed to parse duration @every {text}");
}
