using System.Runtime.CompilerServices;
using Wirehook.JavaScript.Library.Numbers;

namespace Wirehook.JavaScript.Runtime;

/// <summary>The conversions of ES5.1 §9.</summary>
internal static class TypeConversion
{
    private const double TwoTo32 = 4294967296.0;

    /// <summary>§9.1.</summary>
    internal static JsValue ToPrimitive(in JsValue value, PreferredType hint = PreferredType.None) =>
        value.IsObject ? value.AsObject.DefaultValue(hint) : value;

    /// <summary>§9.2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool ToBoolean(in JsValue value)
    {
        if (value.IsNumber)
            return value.Number != 0 && !double.IsNaN(value.Number);
        return value.IsTrue || (value.IsString ? value.StringLength > 0 : value.IsObject);
    }

    /// <summary>§9.3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double ToNumber(in JsValue value) => value.IsNumber ? value.Number : ToNumberSlow(value);

    /// <summary>§9.4.</summary>
    internal static double ToInteger(in JsValue value)
    {
        double number = ToNumber(value);
        return double.IsNaN(number) ? 0 : Math.Truncate(number) + 0.0;
    }

    /// <summary>§9.5.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int ToInt32(in JsValue value) => ToInt32(value.IsNumber ? value.Number : ToNumberSlow(value));

    /// <summary>§9.5.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int ToInt32(double number)
    {
        int integer = (int)number;
        return integer == number ? integer : ToInt32Slow(number);
    }

    /// <summary>§9.6.</summary>
    internal static uint ToUint32(in JsValue value) => (uint)ToInt32(value);

    /// <summary>§9.6.</summary>
    internal static uint ToUint32(double number) => (uint)ToInt32(number);

    /// <summary>§9.7.</summary>
    internal static ushort ToUint16(in JsValue value) => (ushort)ToInt32(value);

    /// <summary>§9.8. Named apart from <see cref="object.ToString"/>.</summary>
    internal static string ToText(in JsValue value)
    {
        if (value.IsString)
            return value.AsString;
        if (value.IsNumber)
            return NumberToString(value.Number);
        if (value.IsObject)
            return ToText(value.AsObject.DefaultValue(PreferredType.String));
        if (value.IsUndefined)
            return "undefined";
        return value.IsNull ? "null" : value.IsTrue ? "true" : "false";
    }

    /// <summary>§9.8.1.</summary>
    internal static string NumberToString(double number) => NumberText.Format(number);

    /// <summary>§9.9.</summary>
    /// <exception cref="JsException">A TypeError for undefined and null.</exception>
    internal static JsObject ToObject(JsEngine engine, in JsValue value)
    {
        if (value.IsObject)
            return value.AsObject;
        if (value.IsNullOrUndefined)
            throw engine.TypeError("Cannot convert undefined or null to object");
        return engine.Wrap(value);
    }

    /// <summary>The name that a value means between brackets (§11.2.1).</summary>
    internal static PropertyKey ToPropertyKey(in JsValue value)
    {
        if (value.Reference is string name)
            return new PropertyKey(name);
        if (value.IsNumber)
        {
            uint index = (uint)value.Number;
            if (index == value.Number && (index != 0 || !double.IsNegative(value.Number)))
                return PropertyKey.FromIndex(index);
            return value.Number == 0 ? PropertyKey.FromIndex(0) : new PropertyKey(NumberToString(value.Number));
        }
        return new PropertyKey(ToText(value));
    }

    /// <summary>§9.10.</summary>
    internal static void CheckObjectCoercible(JsEngine engine, in JsValue value, string method)
    {
        if (value.IsNullOrUndefined)
            throw engine.TypeError($"{method} called on null or undefined");
    }

    /// <summary>§9.12.</summary>
    internal static bool SameValue(in JsValue a, in JsValue b)
    {
        if (a.IsNumber && b.IsNumber)
            return a.Number.Equals(b.Number) && (a.Number != 0 || double.IsNegative(a.Number) == double.IsNegative(b.Number));
        return Equality.Strict(a, b);
    }

    /// <summary>The equality of Map, Set and includes: as <see cref="SameValue"/>, with both zeros equal.</summary>
    internal static bool SameValueZero(in JsValue a, in JsValue b) =>
        a.IsNumber && b.IsNumber ? a.Number.Equals(b.Number) || a.Number == b.Number : Equality.Strict(a, b);

    /// <summary>The result of the typeof operator (§11.4.3).</summary>
    internal static string TypeOf(in JsValue value)
    {
        if (value.IsNumber)
            return "number";
        if (value.IsString)
            return "string";
        if (value.IsObject)
            return value.Reference is JsFunction ? "function" : "object";
        if (value.IsUndefined)
            return "undefined";
        return value.IsNull ? "object" : "boolean";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double ToNumberSlow(in JsValue value)
    {
        if (value.IsNumber)
            return value.Number;
        if (value.IsString)
            return NumberParser.Parse(value.AsString);
        if (value.IsObject)
            return ToNumberSlow(value.AsObject.DefaultValue(PreferredType.Number));
        if (value.IsUndefined)
            return double.NaN;
        return value.IsTrue ? 1 : 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ToInt32Slow(double number)
    {
        if (!double.IsFinite(number))
            return 0;
        double modulo = Math.Truncate(number) % TwoTo32;
        return (int)(uint)(long)modulo;
    }
}
