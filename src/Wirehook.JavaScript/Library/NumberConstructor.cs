using System.Globalization;
using Wirehook.JavaScript.Library.Numbers;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>Number (ES5.1 §15.7) with the constants and predicates of ES2015.</summary>
internal static class NumberConstructor
{
    private const double LargestSafeInteger = 9007199254740991;

    internal static void Install(JsEngine engine)
    {
        engine.DefineConstructor("Number", 1, Call, Construct, engine.Intrinsics.NumberPrototype)
            .Constant("MAX_VALUE", JsValue.From(double.MaxValue))
            .Constant("MIN_VALUE", JsValue.From(double.Epsilon))
            .Constant("NaN", JsValue.From(double.NaN))
            .Constant("NEGATIVE_INFINITY", JsValue.From(double.NegativeInfinity))
            .Constant("POSITIVE_INFINITY", JsValue.From(double.PositiveInfinity))
            .Constant("EPSILON", JsValue.From(Math.BitIncrement(1.0) - 1.0))
            .Constant("MAX_SAFE_INTEGER", JsValue.From(LargestSafeInteger))
            .Constant("MIN_SAFE_INTEGER", JsValue.From(-LargestSafeInteger))
            .Method("isFinite", 1, IsFinite)
            .Method("isInteger", 1, IsInteger)
            .Method("isNaN", 1, IsNaN)
            .Method("isSafeInteger", 1, IsSafeInteger)
            .Property("parseFloat", engine.Global.Get("parseFloat"))
            .Property("parseInt", engine.Global.Get("parseInt"));
        engine.Define(engine.Intrinsics.NumberPrototype)
            .Method("toString", 1, ToText)
            .Method("toLocaleString", 0, ToLocaleText)
            .Method("valueOf", 0, ValueOf)
            .Method("toFixed", 1, ToFixed)
            .Method("toExponential", 1, ToExponential)
            .Method("toPrecision", 1, ToPrecision);
    }

    private static JsValue Call(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        arguments.IsEmpty ? JsValue.Zero : JsValue.From(TypeConversion.ToNumber(arguments[0]));

    private static JsValue Construct(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.From(engine.Wrap(Call(engine, thisValue, arguments)));

    private static JsValue IsFinite(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.From(arguments.At(0).IsNumber && double.IsFinite(arguments[0].AsNumber));

    private static JsValue IsInteger(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.From(arguments.At(0).IsNumber && double.IsInteger(arguments[0].AsNumber));

    private static JsValue IsNaN(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.From(arguments.At(0).IsNumber && double.IsNaN(arguments[0].AsNumber));

    private static JsValue IsSafeInteger(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.From(arguments.At(0).IsNumber && double.IsInteger(arguments[0].AsNumber) && Math.Abs(arguments[0].AsNumber) <= LargestSafeInteger);

    private static JsValue ToText(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        double value = This(engine, thisValue, "toString");
        double radix = arguments.At(0).IsUndefined ? 10 : TypeConversion.ToInteger(arguments[0]);
        if (radix is < 2 or > 36)
            throw engine.RangeError("toString() radix argument must be between 2 and 36");
        return JsValue.From(NumberRadix.Format(value, (int)radix));
    }

    /// <summary>Groups of three and at most three fraction digits, as American English writes numbers.</summary>
    private static JsValue ToLocaleText(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        double value = This(engine, thisValue, "toLocaleString");
        if (double.IsNaN(value))
            return JsValue.From("NaN");
        if (double.IsInfinity(value))
            return JsValue.From(value > 0 ? "∞" : "-∞");
        if (Math.Abs(value) >= 1e21)
            return JsValue.From(value.ToString("#,##0", CultureInfo.InvariantCulture));
        string[] parts = NumberRounding.ToFixed(Math.Abs(value), 3).Split('.');
        string fraction = parts[1].TrimEnd('0');
        string text = GroupThousands(parts[0]) + (fraction.Length > 0 ? "." + fraction : "");
        return JsValue.From(value < 0 || (value == 0 && double.IsNegative(value)) ? "-" + text : text);
    }

    private static string GroupThousands(string digits)
    {
        for (int at = digits.Length - 3; at > 0; at -= 3)
            digits = digits.Insert(at, ",");
        return digits;
    }

    private static JsValue ValueOf(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.From(This(engine, thisValue, "valueOf"));

    private static JsValue ToFixed(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        double value = This(engine, thisValue, "toFixed");
        int digits = Digits(engine, arguments.At(0), "toFixed() digits", 0);
        return JsValue.From(double.IsFinite(value) ? NumberRounding.ToFixed(value, digits) : NumberText.Format(value));
    }

    private static JsValue ToExponential(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        double value = This(engine, thisValue, "toExponential");
        double digits = TypeConversion.ToInteger(arguments.At(0));
        if (!double.IsFinite(value))
            return JsValue.From(NumberText.Format(value));
        int count = arguments.At(0).IsUndefined ? -1 : Digits(engine, JsValue.From(digits), "toExponential()", 0);
        return JsValue.From(NumberRounding.ToExponential(value, count));
    }

    private static JsValue ToPrecision(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        double value = This(engine, thisValue, "toPrecision");
        if (arguments.At(0).IsUndefined)
            return JsValue.From(NumberText.Format(value));
        double precision = TypeConversion.ToInteger(arguments[0]);
        if (!double.IsFinite(value))
            return JsValue.From(NumberText.Format(value));
        return JsValue.From(NumberRounding.ToPrecision(value, Digits(engine, JsValue.From(precision), "toPrecision()", 1)));
    }

    private static int Digits(JsEngine engine, in JsValue argument, string what, int least)
    {
        double digits = TypeConversion.ToInteger(argument);
        if (digits < least || digits > 100)
            throw engine.RangeError($"{what} argument must be between {least} and 100");
        return (int)digits;
    }

    private static double This(JsEngine engine, in JsValue thisValue, string method)
    {
        if (thisValue.IsNumber)
            return thisValue.AsNumber;
        if (thisValue.IsObject && thisValue.AsObject is JsPrimitiveObject { PrimitiveValue: { IsNumber: true } value })
            return value.AsNumber;
        throw engine.TypeError($"Number.prototype.{method} requires that 'this' be a Number");
    }
}
