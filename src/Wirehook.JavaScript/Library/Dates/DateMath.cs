namespace Wirehook.JavaScript.Library.Dates;

/// <summary>A time value taken apart. Months count from 0, days of the month from 1, weekdays from Sunday as 0.</summary>
internal readonly record struct DateFields(long Year, int Month, int Day, int Hour, int Minute, int Second, int Millisecond, int Weekday);

/// <summary>The arithmetic of ES5.1 §15.9.1 on time values: milliseconds since 1970-01-01 UTC in the proleptic Gregorian calendar.</summary>
internal static class DateMath
{
    /// <summary>Milliseconds of a day.</summary>
    internal const double MillisecondsPerDay = 86_400_000;

    /// <summary>The greatest time value, and negated the least.</summary>
    internal const double MaximumTime = 8.64e15;

    private const long DayMilliseconds = 86_400_000;

    /// <summary>Takes a finite time value apart.</summary>
    internal static DateFields Split(double time)
    {
        long milliseconds = (long)time;
        long days = Math.DivRem(milliseconds, DayMilliseconds, out long rest);
        if (rest < 0)
        {
            rest += DayMilliseconds;
            days--;
        }
        var (year, month, day) = FromDays(days);
        int within = (int)rest;
        int weekday = (int)(((days + 4) % 7 + 7) % 7);
        return new DateFields(year, month, day, within / 3_600_000, within / 60_000 % 60, within / 1000 % 60, within % 1000, weekday);
    }

    /// <summary>§15.9.1.11.</summary>
    internal static double MakeTime(double hour, double minute, double second, double millisecond)
    {
        if (!double.IsFinite(hour) || !double.IsFinite(minute) || !double.IsFinite(second) || !double.IsFinite(millisecond))
            return double.NaN;
        return Math.Truncate(hour) * 3_600_000 + Math.Truncate(minute) * 60_000 + Math.Truncate(second) * 1000 + Math.Truncate(millisecond);
    }

    /// <summary>§15.9.1.12: the number of a day, NaN when it is far out of range.</summary>
    internal static double MakeDay(double year, double month, double date)
    {
        if (!double.IsFinite(year) || !double.IsFinite(month) || !double.IsFinite(date))
            return double.NaN;
        month = Math.Truncate(month);
        double wholeYear = Math.Truncate(year) + Math.Floor(month / 12);
        if (Math.Abs(wholeYear) > 400_000)
            return double.NaN;
        int monthOfYear = (int)(month - Math.Floor(month / 12) * 12);
        return ToDays((long)wholeYear, monthOfYear, 1) + Math.Truncate(date) - 1;
    }

    /// <summary>§15.9.1.13.</summary>
    internal static double MakeDate(double day, double time)
    {
        double date = day * MillisecondsPerDay + time;
        return double.IsFinite(date) ? date : double.NaN;
    }

    /// <summary>§15.9.1.14.</summary>
    internal static double TimeClip(double time) =>
        !double.IsFinite(time) || Math.Abs(time) > MaximumTime ? double.NaN : Math.Truncate(time) + 0.0;

    /// <summary>The number of a day, month from 0, day from 1, for any year.</summary>
    internal static long ToDays(long year, int month, int day)
    {
        // Years begin in March, so that the leap day is the last one and months follow a linear rule.
        long y = month < 2 ? year - 1 : year;
        long era = (y >= 0 ? y : y - 399) / 400;
        long yearOfEra = y - era * 400;
        long dayOfYear = (153 * ((month + 10) % 12) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }

    private static (long Year, int Month, int Day) FromDays(long days)
    {
        long shifted = days + 719_468;
        long era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097;
        long dayOfEra = shifted - era * 146_097;
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (int)((5 * dayOfYear + 2) / 153);
        int day = (int)(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
        int month = (monthFromMarch + 2) % 12;
        return (yearOfEra + era * 400 + (month < 2 ? 1 : 0), month, day);
    }
}
