using System.Globalization;

namespace Wirehook.Scripting.Jobs;

/// <summary>One field of a cron text as a set of bits.</summary>
/// <param name="Bits">Bit n is set where the value n is due.</param>
/// <param name="IsAny">Whether the field is <c>*</c> or <c>?</c>, with or without a step: it then does not restrict the day.</param>
internal readonly record struct CronField(ulong Bits, bool IsAny)
{
    internal static readonly Limits Seconds = new("second", 0, 59);
    internal static readonly Limits Minutes = new("minute", 0, 59);
    internal static readonly Limits Hours = new("hour", 0, 23);
    internal static readonly Limits DaysOfMonth = new("day of month", 1, 31);
    internal static readonly Limits Months = new("month", 1, 12, "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    internal static readonly Limits DaysOfWeek = new("day of week", 0, 7, "sun", "mon", "tue", "wed", "thu", "fri", "sat");

    /// <summary>Reads a field: a list of values, ranges and steps.</summary>
    /// <exception cref="FormatException">The text is not such a list.</exception>
    internal static CronField Parse(string text, Limits limits)
    {
        var bits = 0UL;
        var any = false;
        foreach (var part in text.Split(','))
        {
            bits |= ParsePart(part, limits, out var star);
            any |= star;
        }

        // Sunday is 0 and 7.
        if (limits == DaysOfWeek && (bits >> 7 & 1) != 0) bits = (bits | 1) & 0x7F;
        return new CronField(bits, any);
    }

    private static ulong ParsePart(string part, Limits limits, out bool star)
    {
        var slash = part.IndexOf('/');
        var range = slash < 0 ? part : part[..slash];
        var step = slash < 0 ? 1 : ParseNumber(part[(slash + 1)..], part);
        if (step == 0) throw new FormatException($"step of range should be a positive number: {part}");
        var (first, last) = ParseRange(range, limits, openEnd: slash >= 0, out star);
        if (first < limits.First) throw new FormatException($"beginning of range ({first}) below minimum ({limits.First}): {part}");
        if (last > limits.Last) throw new FormatException($"end of range ({last}) above maximum ({limits.Last}): {part}");
        if (first > last) throw new FormatException($"beginning of range ({first}) beyond end of range ({last}): {part}");
        var bits = 0UL;
        for (long value = first; value <= last; value += step) bits |= 1UL << (int)value;
        return bits;
    }

    private static (int First, int Last) ParseRange(string range, Limits limits, bool openEnd, out bool star)
    {
        star = range is "*" or "?";
        var highest = limits == DaysOfWeek ? 6 : limits.Last;
        if (star) return (limits.First, highest);
        var dash = range.IndexOf('-');
        if (dash >= 0) return (ParseValue(range[..dash], limits), ParseValue(range[(dash + 1)..], limits));
        var value = ParseValue(range, limits);
        return (value, openEnd ? Math.Max(value, highest) : value);
    }

    private static int ParseValue(string text, Limits limits)
    {
        var name = Array.FindIndex(limits.Names, n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
        return name >= 0 ? name + limits.First : ParseNumber(text, text);
    }

    private static int ParseNumber(string text, string part) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"failed to parse int from {text}: {part}");

    /// <summary>The values that a field may hold.</summary>
    internal sealed record Limits(string Name, int First, int Last, params string[] Names);
}
