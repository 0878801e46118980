using System.Numerics;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>Math (ES5.1 §15.8) with the functions of ES2015.</summary>
internal static class MathObject
{
    internal static void Install(JsEngine engine)
    {
        var math = new NamedObject(engine, "Math");
        engine.DefineGlobal("Math", JsValue.From(math));
        var definition = engine.Define(math)
            .Constant("E", JsValue.From(Math.E))
            .Constant("LN10", JsValue.From(2.302585092994046))
            .Constant("LN2", JsValue.From(0.6931471805599453))
            .Constant("LOG10E", JsValue.From(0.4342944819032518))
            .Constant("LOG2E", JsValue.From(1.4426950408889634))
            .Constant("PI", JsValue.From(Math.PI))
            .Constant("SQRT1_2", JsValue.From(0.7071067811865476))
            .Constant("SQRT2", JsValue.From(1.4142135623730951));
        InstallFunctions(definition);
        InstallNewer(definition);
    }

    private static void InstallFunctions(BuiltinObject math) => math
        .Method("abs", 1, static (_, in _, a) => JsValue.From(Math.Abs(Number(a))))
        .Method("acos", 1, static (_, in _, a) => JsValue.From(Math.Acos(Number(a))))
        .Method("asin", 1, static (_, in _, a) => JsValue.From(Math.Asin(Number(a))))
        .Method("atan", 1, static (_, in _, a) => JsValue.From(Math.Atan(Number(a))))
        .Method("atan2", 2, static (_, in _, a) => JsValue.From(Math.Atan2(Number(a), TypeConversion.ToNumber(a.At(1)))))
        .Method("ceil", 1, static (_, in _, a) => JsValue.From(Math.Ceiling(Number(a))))
        .Method("cos", 1, static (_, in _, a) => JsValue.From(Math.Cos(Number(a))))
        .Method("exp", 1, static (_, in _, a) => JsValue.From(Math.Exp(Number(a))))
        .Method("floor", 1, static (_, in _, a) => JsValue.From(Math.Floor(Number(a))))
        .Method("log", 1, static (_, in _, a) => JsValue.From(Math.Log(Number(a))))
        .Method("max", 2, Max)
        .Method("min", 2, Min)
        .Method("pow", 2, static (_, in _, a) => JsValue.From(Power(Number(a), TypeConversion.ToNumber(a.At(1)))))
        .Method("random", 0, static (engine, in _, _) => JsValue.From(engine.Host.NextRandom()))
        .Method("round", 1, static (_, in _, a) => JsValue.From(Round(Number(a))))
        .Method("sin", 1, static (_, in _, a) => JsValue.From(Math.Sin(Number(a))))
        .Method("sqrt", 1, static (_, in _, a) => JsValue.From(Math.Sqrt(Number(a))))
        .Method("tan", 1, static (_, in _, a) => JsValue.From(Math.Tan(Number(a))));

    private static void InstallNewer(BuiltinObject math) => math
        .Method("acosh", 1, static (_, in _, a) => JsValue.From(Math.Acosh(Number(a))))
        .Method("asinh", 1, static (_, in _, a) => JsValue.From(SignedZeroOr(Number(a), Math.Asinh)))
        .Method("atanh", 1, static (_, in _, a) => JsValue.From(SignedZeroOr(Number(a), Math.Atanh)))
        .Method("cbrt", 1, static (_, in _, a) => JsValue.From(CubeRoot(Number(a))))
        .Method("clz32", 1, static (_, in _, a) => JsValue.From((double)BitOperations.LeadingZeroCount(TypeConversion.ToUint32(a.At(0)))))
        .Method("cosh", 1, static (_, in _, a) => JsValue.From(Math.Cosh(Number(a))))
        .Method("expm1", 1, static (_, in _, a) => JsValue.From(ExponentialMinusOne(Number(a))))
        .Method("fround", 1, static (_, in _, a) => JsValue.From((double)(float)Number(a)))
        .Method("hypot", 2, Hypot)
        .Method("imul", 2, static (_, in _, a) => JsValue.From((double)unchecked(TypeConversion.ToInt32(a.At(0)) * TypeConversion.ToInt32(a.At(1)))))
        .Method("log1p", 1, static (_, in _, a) => JsValue.From(LogarithmOfOnePlus(Number(a))))
        .Method("log10", 1, static (_, in _, a) => JsValue.From(Math.Log10(Number(a))))
        .Method("log2", 1, static (_, in _, a) => JsValue.From(Math.Log2(Number(a))))
        .Method("sign", 1, static (_, in _, a) => JsValue.From(Sign(Number(a))))
        .Method("sinh", 1, static (_, in _, a) => JsValue.From(Math.Sinh(Number(a))))
        .Method("tanh", 1, static (_, in _, a) => JsValue.From(Math.Tanh(Number(a))))
        .Method("trunc", 1, static (_, in _, a) => JsValue.From(Math.Truncate(Number(a))));

    private static double Number(ReadOnlySpan<JsValue> arguments) => TypeConversion.ToNumber(arguments.At(0));

    /// <summary>The power as the standard defines it: one to an infinite power, and anything to NaN, is not a number (§15.8.2.13).</summary>
    internal static double Power(double x, double y)
    {
        if (double.IsNaN(y) || (Math.Abs(x) == 1 && double.IsInfinity(y)))
            return double.NaN;
        return Math.Pow(x, y);
    }

    /// <summary>Halves round towards +∞, and what rounds to zero from below is −0 (§15.8.2.15).</summary>
    private static double Round(double x)
    {
        if (!double.IsFinite(x) || Math.Abs(x) >= 4503599627370496)
            return x;
        double floor = Math.Floor(x);
        double rounded = x - floor >= 0.5 ? floor + 1 : floor;
        return rounded == 0 && double.IsNegative(x) ? -0.0 : rounded;
    }

    private static JsValue Max(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        double max = double.NegativeInfinity;
        foreach (ref readonly var argument in arguments)
            max = Math.Max(max, TypeConversion.ToNumber(argument));
        return JsValue.From(max);
    }

    private static JsValue Min(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        double min = double.PositiveInfinity;
        foreach (ref readonly var argument in arguments)
            min = Math.Min(min, TypeConversion.ToNumber(argument));
        return JsValue.From(min);
    }

    /// <summary>Scaled by the greatest argument, so that squares neither overflow nor vanish.</summary>
    private static JsValue Hypot(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        engine.AccountArray(arguments.Length);
        var numbers = new double[arguments.Length];
        double greatest = 0;
        bool isNaN = false;
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Math.Abs(TypeConversion.ToNumber(arguments[i]));
            isNaN |= double.IsNaN(numbers[i]);
            if (numbers[i] > greatest)
                greatest = numbers[i];
        }
        if (double.IsInfinity(greatest))
            return JsValue.From(greatest);
        if (isNaN || greatest == 0)
            return JsValue.From(isNaN ? double.NaN : 0);
        double sum = 0;
        foreach (double number in numbers)
            sum += number / greatest * (number / greatest);
        return JsValue.From(Math.Sqrt(sum) * greatest);
    }

    /// <summary>One step of Newton's method makes roots of whole cubes whole, which the C library does not promise.</summary>
    private static double CubeRoot(double x)
    {
        double root = Math.Cbrt(x);
        return x == 0 || !double.IsFinite(x) ? root : root - (root * root * root - x) / (3 * root * root);
    }

    private static double Sign(double x) => double.IsNaN(x) || x == 0 ? x : Math.Sign(x);

    private static double SignedZeroOr(double x, Func<double, double> function) => x == 0 ? x : function(x);

    /// <summary>eˣ − 1 without the loss of digits near zero (Kahan).</summary>
    private static double ExponentialMinusOne(double x)
    {
        if (x == 0 || !double.IsFinite(x))
            return x == double.NegativeInfinity ? -1 : x;
        double u = Math.Exp(x);
        if (u == 1)
            return x;
        double difference = u - 1;
        return difference == -1 ? -1 : double.IsInfinity(u) ? u : difference * x / Math.Log(u);
    }

    /// <summary>ln(1 + x) without the loss of digits near zero (Kahan).</summary>
    private static double LogarithmOfOnePlus(double x)
    {
        if (x == 0 || double.IsPositiveInfinity(x))
            return x;
        double u = 1 + x;
        return u == 1 ? x : Math.Log(u) * x / (u - 1);
    }
}
