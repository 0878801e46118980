using Wirehook.JavaScript.Library.Dates;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>Date.prototype (ES5.1 §15.9.5, B.2.4 to 6): the functions that read a date.</summary>
internal static partial class DatePrototype
{
    internal static void Install(JsEngine engine)
    {
        var prototype = engine.Define(engine.Intrinsics.DatePrototype);
        InstallTexts(prototype);
        InstallGetters(prototype);
        InstallSetters(prototype);
    }

    /// <summary>The text of <c>toString</c>.</summary>
    internal static string Text(double time, TimeZoneInfo zone) =>
        double.IsNaN(time) ? DateText.Invalid : DateText.Date(time, zone) + " " + DateText.Time(time, zone);

    private static void InstallTexts(BuiltinObject prototype)
    {
        prototype
            .Method("toString", 0, static (engine, in thisValue, _) => JsValue.From(Text(This(engine, thisValue).Time, engine.Host.TimeZone)))
            .Method("toDateString", 0, static (engine, in thisValue, _) => Format(engine, thisValue, DateText.Date))
            .Method("toTimeString", 0, static (engine, in thisValue, _) => Format(engine, thisValue, DateText.Time))
            .Method("toLocaleString", 0, static (engine, in thisValue, _) => Format(
                engine, thisValue, static (time, zone) => DateText.LocaleDate(time, zone) + ", " + DateText.LocaleTime(time, zone)))
            .Method("toLocaleDateString", 0, static (engine, in thisValue, _) => Format(engine, thisValue, DateText.LocaleDate))
            .Method("toLocaleTimeString", 0, static (engine, in thisValue, _) => Format(engine, thisValue, DateText.LocaleTime))
            .Method("toUTCString", 0, static (engine, in thisValue, _) => Format(engine, thisValue, static (time, _) => DateText.Utc(time)))
            .Method("toISOString", 0, ToIso)
            .Method("toJSON", 1, ToJson);
        prototype.Property("toGMTString", prototype.Target.Get("toUTCString"));
    }

    private static JsValue Format(JsEngine engine, in JsValue thisValue, Func<double, TimeZoneInfo, string> format)
    {
        double time = This(engine, thisValue).Time;
        return JsValue.From(double.IsNaN(time) ? DateText.Invalid : format(time, engine.Host.TimeZone));
    }

    private static JsValue ToIso(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        double time = This(engine, thisValue).Time;
        return double.IsNaN(time) ? throw engine.RangeError("Invalid time value") : JsValue.From(DateText.Iso(time));
    }

    /// <summary>§15.9.5.44.</summary>
    private static JsValue ToJson(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = JsValue.From(TypeConversion.ToObject(engine, thisValue));
        var primitive = TypeConversion.ToPrimitive(o, PreferredType.Number);
        if (primitive.IsNumber && !double.IsFinite(primitive.AsNumber))
            return JsValue.Null;
        return Callback.Require(engine, o.AsObject.Get("toISOString")).Call(o, default);
    }

    private static void InstallGetters(BuiltinObject prototype)
    {
        prototype
            .Method("getTime", 0, static (engine, in thisValue, _) => JsValue.From(This(engine, thisValue).Time))
            .Method("valueOf", 0, static (engine, in thisValue, _) => JsValue.From(This(engine, thisValue).Time))
            .Method("getTimezoneOffset", 0, GetTimezoneOffset)
            .Method("getYear", 0, static (engine, in thisValue, _) => Read(engine, thisValue, false, static f => f.Year - 1900));
        foreach (bool utc in (bool[])[false, true])
        {
            string prefix = utc ? "getUTC" : "get";
            prototype
                .Method(prefix + "FullYear", 0, Getter(utc, static f => f.Year))
                .Method(prefix + "Month", 0, Getter(utc, static f => f.Month))
                .Method(prefix + "Date", 0, Getter(utc, static f => f.Day))
                .Method(prefix + "Day", 0, Getter(utc, static f => f.Weekday))
                .Method(prefix + "Hours", 0, Getter(utc, static f => f.Hour))
                .Method(prefix + "Minutes", 0, Getter(utc, static f => f.Minute))
                .Method(prefix + "Seconds", 0, Getter(utc, static f => f.Second))
                .Method(prefix + "Milliseconds", 0, Getter(utc, static f => f.Millisecond));
        }
    }

    private static NativeFunction Getter(bool utc, Func<DateFields, double> field) =>
        (engine, in thisValue, _) => Read(engine, thisValue, utc, field);

    private static JsValue Read(JsEngine engine, in JsValue thisValue, bool utc, Func<DateFields, double> field)
    {
        double time = This(engine, thisValue).Time;
        if (double.IsNaN(time))
            return JsValue.From(double.NaN);
        return JsValue.From(field(DateMath.Split(utc ? time : LocalTime.FromUtc(engine.Host.TimeZone, time))));
    }

    private static JsValue GetTimezoneOffset(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        double time = This(engine, thisValue).Time;
        return JsValue.From(double.IsNaN(time) ? time : 0.0 - LocalTime.OffsetAt(engine.Host.TimeZone, time) / 60_000);
    }

    private static JsDate This(JsEngine engine, in JsValue thisValue) =>
        thisValue.IsObject && thisValue.AsObject is JsDate date ? date : throw engine.TypeError("this is not a Date object.");
}
