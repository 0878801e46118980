using System.Numerics;
using Wirehook.Packets;

namespace Wirehook.Scripting.Jobs;

/// <summary>When a job is due: six cron fields with seconds first (<c>s m h dom mon dow</c>), or a descriptor such as <c>@hourly</c> or <c>@every 1h30m</c>. All in UTC.</summary>
/// <remarks>
/// The grammar is the one that published scripts use: lists, ranges, steps (a step beyond the range stands for its first value), names, <c>?</c> for <c>*</c>,
/// Sunday as 0 or 7, and when both day fields are restricted a day that matches either is due. NCrontab requires both day fields to match and knows
/// neither <c>?</c>, nor Sunday as 7, nor descriptors, so the schedule is computed here, on bit sets.
/// </remarks>
public sealed class CronSchedule
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    // 29 February may be eight years away, around 2100.
    private const int YearsAhead = 9;
    private readonly ulong _seconds;
    private readonly ulong _minutes;
    private readonly ulong _hours;
    private readonly ulong _months;
    private readonly CronField _daysOfMonth;
    private readonly CronField _daysOfWeek;
    private readonly long _interval;

    private CronSchedule(string text, long interval)
    {
        (Text, _interval) = (text, interval);
    }

    private CronSchedule(string text, ReadOnlySpan<CronField> fields)
    {
        Text = text;
        (_seconds, _minutes, _hours, _months) = (fields[0].Bits, fields[1].Bits, fields[2].Bits, fields[4].Bits);
        (_daysOfMonth, _daysOfWeek) = (fields[3], fields[5]);
    }

    /// <summary>The text that the schedule was read from.</summary>
    public string Text { get; }

    /// <summary>Reads a schedule.</summary>
    /// <exception cref="FormatException">The text is not a schedule; the message says which part and why.</exception>
    public static CronSchedule Parse(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.StartsWith("@every", StringComparison.OrdinalIgnoreCase))
            return new CronSchedule(text, GoDuration.ParseSeconds(trimmed[6..].Trim()) * NanosecondsPerSecond);
        var parts = (trimmed.StartsWith('@') ? Expand(trimmed) : trimmed).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 6)
            throw new FormatException($"expected exactly 6 fields (second minute hour day-of-month month day-of-week), found {parts.Length}: [{text}]");
        return new CronSchedule(text,
        [
            CronField.Parse(parts[0], CronField.Seconds),
            CronField.Parse(parts[1], CronField.Minutes),
            CronField.Parse(parts[2], CronField.Hours),
            CronField.Parse(parts[3], CronField.DaysOfMonth),
            CronField.Parse(parts[4], CronField.Months),
            CronField.Parse(parts[5], CronField.DaysOfWeek),
        ]);
    }

    /// <summary>The first moment after <paramref name="after"/>, in whole seconds, at which the schedule is due; null where none comes within nine years.</summary>
    public Timestamp? Next(Timestamp after)
    {
        var second = (long)Math.Floor(after.UnixNanoseconds / (decimal)NanosecondsPerSecond);
        if (_interval > 0) return new Timestamp(second * NanosecondsPerSecond + _interval);
        var next = NextMoment(DateTime.UnixEpoch.AddSeconds(second + 1));
        return next is null ? null : new Timestamp((next.Value - DateTime.UnixEpoch).Ticks * 100);
    }

    private static string Expand(string descriptor) => descriptor.ToLowerInvariant() switch
    {
        "@yearly" or "@annually" => "0 0 0 1 1 *",
        "@monthly" => "0 0 0 1 * *",
        "@weekly" => "0 0 0 * * 0",
        "@daily" or "@midnight" => "0 0 0 * * *",
        "@hourly" => "0 0 * * * *",
        _ => throw new FormatException($"unrecognized descriptor: {descriptor}"),
    };

    private DateTime? NextMoment(DateTime from)
    {
        var day = from.Date;
        var seconds = (int)from.TimeOfDay.TotalSeconds;
        for (var last = day.Year + YearsAhead; day.Year <= last;)
        {
            if ((_months >> day.Month & 1) == 0)
            {
                day = new DateTime(day.Year, day.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1);
                seconds = 0;
                continue;
            }

            if (IsDueOn(day) && NextSecondOfDay(seconds) is { } due) return day.AddSeconds(due);
            day = day.AddDays(1);
            seconds = 0;
        }

        return null;
    }

    private bool IsDueOn(DateTime day)
    {
        var dayOfMonth = (_daysOfMonth.Bits >> day.Day & 1) != 0;
        var dayOfWeek = (_daysOfWeek.Bits >> (int)day.DayOfWeek & 1) != 0;
        return _daysOfMonth.IsAny || _daysOfWeek.IsAny ? dayOfMonth && dayOfWeek : dayOfMonth || dayOfWeek;
    }

    /// <summary>The first due second of a day at or after <paramref name="from"/>: the three fields count like an odometer.</summary>
    private int? NextSecondOfDay(int from)
    {
        var (hour, minute, second) = (from / 3600, from / 60 % 60, from % 60);
        for (var h = FirstFrom(_hours, hour); h >= 0; h = FirstFrom(_hours, h + 1))
        {
            var startMinute = h == hour ? minute : 0;
            for (var m = FirstFrom(_minutes, startMinute); m >= 0; m = FirstFrom(_minutes, m + 1))
            {
                var s = FirstFrom(_seconds, h == hour && m == minute ? second : 0);
                if (s >= 0) return h * 3600 + m * 60 + s;
            }
        }

        return null;
    }

    private static int FirstFrom(ulong bits, int from)
    {
        var rest = from >= 64 ? 0 : bits >> from << from;
        return rest == 0 ? -1 : BitOperations.TrailingZeroCount(rest);
    }
}
