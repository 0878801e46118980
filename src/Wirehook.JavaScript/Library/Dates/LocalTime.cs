namespace Wirehook.JavaScript.Library.Dates;

/// <summary>Local time by a zone's rules (ES5.1 §15.9.1.7 to 9).</summary>
internal static class LocalTime
{
    private const double DayMilliseconds = DateMath.MillisecondsPerDay;
    private const long UnixEpochTicks = 621_355_968_000_000_000;

    /// <summary>The zone's offset from UTC at a moment, in milliseconds.</summary>
    internal static double OffsetAt(TimeZoneInfo zone, double utc)
    {
        var moment = new DateTime(UnixEpochTicks + (long)InRange(utc) * TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
        return zone.GetUtcOffset(moment).TotalMilliseconds;
    }

    /// <summary>Whether daylight saving time is in force at a moment.</summary>
    internal static bool IsDaylightSaving(TimeZoneInfo zone, double utc) =>
        zone.IsDaylightSavingTime(new DateTime(UnixEpochTicks + (long)InRange(utc) * TimeSpan.TicksPerMillisecond, DateTimeKind.Utc));

    /// <summary>The local time of a moment.</summary>
    internal static double FromUtc(TimeZoneInfo zone, double utc) => double.IsNaN(utc) ? utc : utc + OffsetAt(zone, utc);

    /// <summary>The moment of a local time. A time that occurs twice is the first; one that is skipped counts by the offset before the change.</summary>
    internal static double ToUtc(TimeZoneInfo zone, double local)
    {
        if (!double.IsFinite(local))
            return double.NaN;
        double before = OffsetAt(zone, local - DayMilliseconds);
        double first = local - before;
        if (OffsetAt(zone, first) == before)
            return first;
        double second = local - OffsetAt(zone, local + DayMilliseconds);
        return OffsetAt(zone, second) == local - second ? second : first;
    }

    /// <summary>Moves a moment by whole 400-year cycles, in which weekdays and leap years repeat, into the years that zone rules cover.</summary>
    private static double InRange(double utc)
    {
        const double Cycle = 146_097 * DayMilliseconds;
        const double Earliest = -62_000_000_000_000;
        const double Latest = 253_000_000_000_000;
        if (utc < Earliest)
            utc += Math.Ceiling((Earliest - utc) / Cycle) * Cycle;
        else if (utc > Latest)
            utc -= Math.Ceiling((utc - Latest) / Cycle) * Cycle;
        return Math.Floor(utc);
    }
}
