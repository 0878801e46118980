using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>Anything with a length and indices, as the generic functions of Array.prototype see it.</summary>
internal static class ArrayLike
{
    private const double MaximumLength = 9007199254740991;

    /// <summary>The length of an object: a whole number from 0 to 2⁵³−1 (ES2015 ToLength).</summary>
    internal static double Length(JsObject o)
    {
        if (o is JsArray array)
            return array.Length;
        return Math.Clamp(TypeConversion.ToInteger(o.Get("length")), 0, MaximumLength);
    }

    /// <summary>Writes the length as the standard's functions do, throwing when it cannot be.</summary>
    internal static void SetLength(JsObject o, double length)
    {
        if (o is not JsArray && length > MaximumLength)
            throw o.Engine.TypeError("Pushing elements past 2 ** 53 - 1");
        o.Set("length", JsValue.From(length));
    }

    /// <summary>The element at an index, by the quick way where there is one.</summary>
    internal static JsValue Get(JsObject o, double index)
    {
        if (o is JsArray array && array.TryGetElement(index, out var value))
            return value;
        return o.Get(PropertyKey.FromInteger(index));
    }

    /// <summary>The element at an index; false where neither the object nor a prototype has one.</summary>
    internal static bool TryGet(JsObject o, double index, out JsValue value)
    {
        if (o is JsArray array && array.TryGetElement(index, out value))
            return true;
        var key = PropertyKey.FromInteger(index);
        bool exists = o.HasProperty(key);
        value = exists ? o.Get(key) : default;
        return exists;
    }

    /// <summary>Assigns an element, throwing when it cannot be.</summary>
    internal static void Set(JsObject o, double index, in JsValue value)
    {
        if (o is JsArray array && array.TrySetElement(index, value))
            return;
        o.Set(PropertyKey.FromInteger(index), value);
    }

    /// <summary>Deletes an element, throwing when it cannot be.</summary>
    internal static void Delete(JsObject o, double index) => o.DeleteOrThrow(PropertyKey.FromInteger(index));

    /// <summary>Copies an element or its absence to another index.</summary>
    internal static void Move(JsObject o, double from, double to)
    {
        if (TryGet(o, from, out var value))
            Set(o, to, value);
        else
            Delete(o, to);
    }

    /// <summary>An argument that counts from the end when negative, brought into 0 to length; absent gives the fallback.</summary>
    internal static double RelativeIndex(in JsValue argument, double length, double fallback)
    {
        if (argument.IsUndefined)
            return fallback;
        double relative = TypeConversion.ToInteger(argument);
        return relative < 0 ? Math.Max(length + relative, 0) : Math.Min(relative, length);
    }
}
