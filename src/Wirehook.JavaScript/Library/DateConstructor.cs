using Wirehook.JavaScript.Library.Dates;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>Date and the functions on it (ES5.1 §15.9.2 to 15.9.4).</summary>
internal static class DateConstructor
{
    internal static void Install(JsEngine engine)
    {
        engine.DefineConstructor("Date", 7, Call, Construct, engine.Intrinsics.DatePrototype)
            .Method("parse", 1, Parse)
            .Method("UTC", 7, Utc)
            .Method("now", 0, static (engine, in _, _) => JsValue.From((double)engine.Host.UtcNowMilliseconds));
        DatePrototype.Install(engine);
    }

    /// <summary>Called without <c>new</c>, Date tells the time as text, whatever the arguments.</summary>
    private static JsValue Call(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.From(DatePrototype.Text(engine.Host.UtcNowMilliseconds, engine.Host.TimeZone));

    private static JsValue Construct(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        double time = arguments.Length switch
        {
            0 => engine.Host.UtcNowMilliseconds,
            1 => FromValue(engine, arguments[0]),
            _ => LocalTime.ToUtc(engine.Host.TimeZone, FromFields(arguments)),
        };
        var shape = engine.Intrinsics.DatePrototype.RootForChildren(ShapeKind.Ordinary);
        return JsValue.From(new JsDate(shape, DateMath.TimeClip(time)));
    }

    private static double FromValue(JsEngine engine, in JsValue value)
    {
        if (value.IsObject && value.AsObject is JsDate date)
            return date.Time;
        var primitive = TypeConversion.ToPrimitive(value);
        return primitive.IsString ? ParseText(engine, primitive.AsString) : TypeConversion.ToNumber(primitive);
    }

    private static JsValue Parse(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.From(ParseText(engine, TypeConversion.ToText(arguments.At(0))));

    private static double ParseText(JsEngine engine, string text)
    {
        engine.Tick(text.Length);
        return DateParser.Parse(text, engine.Host.TimeZone);
    }

    private static JsValue Utc(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.From(DateMath.TimeClip(FromFields(arguments)));

    /// <summary>Year, month and so on as a time value; years 0 to 99 mean the twentieth century (§15.9.3.1).</summary>
    private static double FromFields(ReadOnlySpan<JsValue> arguments)
    {
        Span<double> fields = [double.NaN, 0, 1, 0, 0, 0, 0];
        for (int i = 0; i < fields.Length && i < arguments.Length; i++)
            fields[i] = TypeConversion.ToNumber(arguments[i]);
        double year = Math.Truncate(fields[0]);
        if (year is >= 0 and <= 99)
            year += 1900;
        double day = DateMath.MakeDay(year, fields[1], fields[2]);
        return DateMath.MakeDate(day, DateMath.MakeTime(fields[3], fields[4], fields[5], fields[6]));
    }
}
