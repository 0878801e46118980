using System.Runtime.CompilerServices;

namespace Wirehook.JavaScript.Runtime;

/// <summary>The equality and relational comparisons of ES5.1 §11.8.5 and §11.9.</summary>
internal static class Equality
{
    /// <summary>§11.9.6.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Strict(in JsValue a, in JsValue b)
    {
        if (a.IsNumber)
            return b.IsNumber && a.Number == b.Number;
        return ReferenceEquals(a.Reference, b.Reference) || (a.IsString && b.IsString && StringsEqual(a, b));
    }

    /// <summary>§11.9.3.</summary>
    internal static bool Loose(in JsValue a, in JsValue b)
    {
        if (a.IsNumber && b.IsNumber)
            return a.Number == b.Number;
        if (a.IsNullOrUndefined || b.IsNullOrUndefined)
            return a.IsNullOrUndefined && b.IsNullOrUndefined;
        if ((a.IsString && b.IsString) || (a.IsObject && b.IsObject) || (a.IsBoolean && b.IsBoolean))
            return Strict(a, b);
        if (a.IsBoolean)
            return Loose(JsValue.From(a.IsTrue ? 1.0 : 0), b);
        if (b.IsBoolean)
            return Loose(a, JsValue.From(b.IsTrue ? 1.0 : 0));
        if (a.IsObject)
            return Loose(a.AsObject.DefaultValue(PreferredType.None), b);
        if (b.IsObject)
            return Loose(a, b.AsObject.DefaultValue(PreferredType.None));
        return TypeConversion.ToNumber(a) == TypeConversion.ToNumber(b);
    }

    /// <summary>a &lt; b with the left side converted first; NaN gives false.</summary>
    internal static bool Less(in JsValue a, in JsValue b)
    {
        var x = TypeConversion.ToPrimitive(a, PreferredType.Number);
        var y = TypeConversion.ToPrimitive(b, PreferredType.Number);
        return LessPrimitive(x, y);
    }

    /// <summary>a ≤ b with the left side converted first; NaN gives false.</summary>
    internal static bool LessOrEqual(in JsValue a, in JsValue b)
    {
        var x = TypeConversion.ToPrimitive(a, PreferredType.Number);
        var y = TypeConversion.ToPrimitive(b, PreferredType.Number);
        if (x.IsString && y.IsString)
            return string.CompareOrdinal(x.AsString, y.AsString) <= 0;
        double left = TypeConversion.ToNumber(x);
        return left <= TypeConversion.ToNumber(y);
    }

    /// <summary>a &gt; b with the left side converted first.</summary>
    internal static bool Greater(in JsValue a, in JsValue b)
    {
        var x = TypeConversion.ToPrimitive(a, PreferredType.Number);
        var y = TypeConversion.ToPrimitive(b, PreferredType.Number);
        return LessPrimitive(y, x);
    }

    /// <summary>a ≥ b with the left side converted first.</summary>
    internal static bool GreaterOrEqual(in JsValue a, in JsValue b)
    {
        var x = TypeConversion.ToPrimitive(a, PreferredType.Number);
        var y = TypeConversion.ToPrimitive(b, PreferredType.Number);
        if (x.IsString && y.IsString)
            return string.CompareOrdinal(x.AsString, y.AsString) >= 0;
        double left = TypeConversion.ToNumber(x);
        return left >= TypeConversion.ToNumber(y);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool StringsEqual(JsValue a, JsValue b) =>
        a.StringLength == b.StringLength && string.Equals(a.AsString, b.AsString);

    private static bool LessPrimitive(in JsValue x, in JsValue y)
    {
        if (x.IsString && y.IsString)
            return string.CompareOrdinal(x.AsString, y.AsString) < 0;
        return TypeConversion.ToNumber(x) < TypeConversion.ToNumber(y);
    }
}
