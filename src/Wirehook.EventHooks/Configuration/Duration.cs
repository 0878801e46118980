using System.Buffers;
using System.Globalization;

namespace Wirehook.EventHooks.Configuration;

/// <summary>Times as people write them: <c>500ms</c>, <c>10s</c>, <c>1m30s</c>, <c>2h</c>, <c>1d</c>; and <c>0</c>.</summary>
internal static class Duration
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)), ("d", TimeSpan.FromDays(1)),
    ];

    /// <summary>Reads one; parts with smaller units follow those with larger ones. False where it is none, or longer than a year.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text is "0") return true;
        if (text.IsEmpty) return false;
        var last = TimeSpan.MaxValue;
        while (!text.IsEmpty)
        {
            var digits = text.IndexOfAnyExcept(NumberCharacters);
            if (digits <= 0 || !double.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
            text = text[digits..];
            var letters = text.IndexOfAny(NumberCharacters);
            var unit = Find(letters < 0 ? text : text[..letters]);
            if (unit is not { } length || length >= last || number * length.TotalDays > 366) return false;
            (duration, last) = (duration + (number * length), length);
            text = letters < 0 ? [] : text[letters..];
        }

        return true;
    }

    private static TimeSpan? Find(ReadOnlySpan<char> unit)
    {
        foreach (var (name, length) in Units)
        {
            if (unit.SequenceEqual(name)) return length;
        }

        return null;
    }
}
