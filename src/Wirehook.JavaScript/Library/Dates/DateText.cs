using System.Globalization;

namespace Wirehook.JavaScript.Library.Dates;

/// <summary>
/// Dates as text: the ISO form of ES5.1 §15.9.1.15, the forms of <c>toString</c> and <c>toUTCString</c>, and the American English local forms.
/// </summary>
internal static class DateText
{
    /// <summary>What an invalid date reads as.</summary>
    internal const string Invalid = "Invalid Date";

    internal static readonly string[] WeekdayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    internal static readonly string[] MonthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary><c>2026-11-20T22:51:24.000Z</c></summary>
    internal static string Iso(double time)
    {
        var f = DateMath.Split(time);
        string year = f.Year is >= 0 and <= 9999
            ? f.Year.ToString("0000", CultureInfo.InvariantCulture)
            : f.Year.ToString("+000000;-000000", CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{year}-{f.Month + 1:00}-{f.Day:00}T{f.Hour:00}:{f.Minute:00}:{f.Second:00}.{f.Millisecond:000}Z");
    }

    /// <summary><c>Fri, 20 Nov 2026 22:51:24 GMT</c></summary>
    internal static string Utc(double time)
    {
        var f = DateMath.Split(time);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{WeekdayNames[f.Weekday]}, {f.Day:00} {MonthNames[f.Month]} {Year(f)} {f.Hour:00}:{f.Minute:00}:{f.Second:00} GMT");
    }

    /// <summary><c>Fri Nov 20 2026</c></summary>
    internal static string Date(double time, TimeZoneInfo zone)
    {
        var f = DateMath.Split(LocalTime.FromUtc(zone, time));
        return string.Create(CultureInfo.InvariantCulture, $"{WeekdayNames[f.Weekday]} {MonthNames[f.Month]} {f.Day:00} {Year(f)}");
    }

    /// <summary><c>22:51:24 GMT+0000 (Coordinated Universal Time)</c></summary>
    internal static string Time(double time, TimeZoneInfo zone)
    {
        double offset = LocalTime.OffsetAt(zone, time);
        var f = DateMath.Split(time + offset);
        int minutes = (int)(Math.Abs(offset) / 60_000);
        char sign = offset < 0 ? '-' : '+';
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{f.Hour:00}:{f.Minute:00}:{f.Second:00} GMT{sign}{minutes / 60:00}{minutes % 60:00} ({ZoneName(zone, time)})");
    }

    /// <summary><c>11/20/2026</c></summary>
    internal static string LocaleDate(double time, TimeZoneInfo zone)
    {
        var f = DateMath.Split(LocalTime.FromUtc(zone, time));
        return string.Create(CultureInfo.InvariantCulture, $"{f.Month + 1}/{f.Day}/{f.Year}");
    }

    /// <summary><c>10:51:24 PM</c></summary>
    internal static string LocaleTime(double time, TimeZoneInfo zone)
    {
        var f = DateMath.Split(LocalTime.FromUtc(zone, time));
        int hour = f.Hour % 12 == 0 ? 12 : f.Hour % 12;
        return string.Create(CultureInfo.InvariantCulture, $"{hour}:{f.Minute:00}:{f.Second:00} {(f.Hour < 12 ? "AM" : "PM")}");
    }

    private static string Year(in DateFields fields) => fields.Year.ToString("0000;-000000", CultureInfo.InvariantCulture);

    private static string ZoneName(TimeZoneInfo zone, double time)
    {
        if (zone.Equals(TimeZoneInfo.Utc) || zone.Id is "UTC" or "Etc/UTC")
            return "Coordinated Universal Time";
        return LocalTime.IsDaylightSaving(zone, time) ? zone.DaylightName : zone.StandardName;
    }
}
