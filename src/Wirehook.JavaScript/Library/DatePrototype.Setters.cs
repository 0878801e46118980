using Wirehook.JavaScript.Library.Dates;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>The functions that change a date (ES5.1 §15.9.5.27 to 41).</summary>
internal static partial class DatePrototype
{
    /// <summary>The parts of a date in the order in which the setters take them.</summary>
    private enum DatePart
    {
        Year,
        Month,
        Day,
        Hour,
        Minute,
        Second,
        Millisecond,
    }

    private const int PartCount = 7;

    private static void InstallSetters(BuiltinObject prototype)
    {
        prototype
            .Method("setTime", 1, SetTime)
            .Method("setYear", 1, SetYear);
        foreach (bool utc in (bool[])[false, true])
        {
            string prefix = utc ? "setUTC" : "set";
            prototype
                .Method(prefix + "FullYear", 3, Setter(utc, DatePart.Year, 3))
                .Method(prefix + "Month", 2, Setter(utc, DatePart.Month, 2))
                .Method(prefix + "Date", 1, Setter(utc, DatePart.Day, 1))
                .Method(prefix + "Hours", 4, Setter(utc, DatePart.Hour, 4))
                .Method(prefix + "Minutes", 3, Setter(utc, DatePart.Minute, 3))
                .Method(prefix + "Seconds", 2, Setter(utc, DatePart.Second, 2))
                .Method(prefix + "Milliseconds", 1, Setter(utc, DatePart.Millisecond, 1));
        }
    }

    private static NativeFunction Setter(bool utc, DatePart first, int count) =>
        (engine, in thisValue, arguments) => Change(engine, thisValue, arguments, utc, first, count);

    private static JsValue Change(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments, bool utc, DatePart first, int count)
    {
        var date = This(engine, thisValue);
        var zone = engine.Host.TimeZone;
        double time = date.Time;
        Span<double> given = stackalloc double[PartCount];
        int used = Math.Clamp(arguments.Length, 1, count);
        for (int i = 0; i < used; i++)
            given[i] = TypeConversion.ToNumber(arguments.At(i));
        if (double.IsNaN(time))
        {
            // Only a year brings an invalid date back to life.
            if (first != DatePart.Year)
                return JsValue.From(double.NaN);
            time = 0;
        }
        else if (!utc)
        {
            time = LocalTime.FromUtc(zone, time);
        }
        double changed = With(time, first, given[..used]);
        date.Time = DateMath.TimeClip(utc ? changed : LocalTime.ToUtc(zone, changed));
        return JsValue.From(date.Time);
    }

    private static double With(double time, DatePart first, ReadOnlySpan<double> given)
    {
        var f = DateMath.Split(time);
        Span<double> parts = [f.Year, f.Month, f.Day, f.Hour, f.Minute, f.Second, f.Millisecond];
        given.CopyTo(parts[(int)first..]);
        double day = DateMath.MakeDay(parts[0], parts[1], parts[2]);
        return DateMath.MakeDate(day, DateMath.MakeTime(parts[3], parts[4], parts[5], parts[6]));
    }

    private static JsValue SetTime(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var date = This(engine, thisValue);
        date.Time = DateMath.TimeClip(TypeConversion.ToNumber(arguments.At(0)));
        return JsValue.From(date.Time);
    }

    /// <summary>B.2.5: years 0 to 99 mean the twentieth century.</summary>
    private static JsValue SetYear(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var date = This(engine, thisValue);
        double year = TypeConversion.ToNumber(arguments.At(0));
        if (double.IsNaN(year))
        {
            date.Time = double.NaN;
            return JsValue.From(date.Time);
        }
        year = Math.Truncate(year);
        var zone = engine.Host.TimeZone;
        double local = double.IsNaN(date.Time) ? 0 : LocalTime.FromUtc(zone, date.Time);
        double changed = With(local, DatePart.Year, [year is >= 0 and <= 99 ? year + 1900 : year]);
        date.Time = DateMath.TimeClip(LocalTime.ToUtc(zone, changed));
        return JsValue.From(date.Time);
    }
}
