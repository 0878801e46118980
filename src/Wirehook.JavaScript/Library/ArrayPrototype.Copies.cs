using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>The functions that change a copy, in which holes are undefined (ECMA-262 14 §23.1.3.33 to 35 and 39).</summary>
internal static partial class ArrayPrototype
{
    private static void InstallCopies(BuiltinObject prototype) => prototype
        .Method("toReversed", 0, ToReversed)
        .Method("toSorted", 1, ToSorted)
        .Method("toSpliced", 2, ToSpliced)
        .Method("with", 2, With);

    private static JsValue ToReversed(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        Reverse(engine, CopyWhole(engine, thisValue), default);

    private static JsValue ToSorted(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        // A wrong comparison function is reported before anything is read.
        _ = ArraySort.ReadComparison(engine, arguments);
        return ArraySort.Sort(engine, CopyWhole(engine, thisValue), arguments);
    }

    private static JsValue ToSpliced(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var copy = CopyWhole(engine, thisValue);
        Splice(engine, copy, arguments);
        return copy;
    }

    private static JsValue With(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, thisValue);
        double length = ArrayLike.Length(o);
        double index = TypeConversion.ToInteger(arguments.At(0));
        double place = index < 0 ? index + length : index;
        if (place < 0 || place >= length)
            throw engine.RangeError($"Invalid index : {TypeConversion.NumberToString(index)}");
        var copy = CopyWhole(engine, thisValue);
        ArrayLike.Set(copy.AsObject, place, arguments.At(1));
        return copy;
    }

    private static JsValue CopyWhole(JsEngine engine, in JsValue thisValue)
    {
        var o = TypeConversion.ToObject(engine, thisValue);
        double length = ArrayLike.Length(o);
        if (length > uint.MaxValue)
            throw engine.RangeError("Invalid array length");
        engine.AccountArray((long)length);
        var copy = engine.NewArray(default);
        for (double i = 0; i < length; i++)
        {
            engine.Tick();
            copy.Add(ArrayLike.Get(o, i));
        }
        return JsValue.From(copy);
    }
}
