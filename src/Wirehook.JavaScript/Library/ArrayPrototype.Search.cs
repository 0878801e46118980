using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>The functions that look for elements by value or position.</summary>
internal static partial class ArrayPrototype
{
    private const int DeepestFlat = 1000;

    private static void InstallSearch(BuiltinObject prototype) => prototype
        .Method("indexOf", 1, IndexOf)
        .Method("lastIndexOf", 1, LastIndexOf)
        .Method("includes", 1, Includes)
        .Method("at", 1, At)
        .Method("flat", 0, Flat)
        .Method("flatMap", 1, FlatMap);

    private static JsValue IndexOf(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, thisValue);
        double length = ArrayLike.Length(o);
        if (length == 0)
            return JsValue.From(-1);
        double start = ArrayLike.RelativeIndex(arguments.At(1), length, 0);
        var wanted = arguments.At(0);
        for (double i = start; i < length; i++)
        {
            engine.Tick();
            if (ArrayLike.TryGet(o, i, out var value) && Equality.Strict(value, wanted))
                return JsValue.From(i);
        }
        return JsValue.From(-1);
    }

    private static JsValue LastIndexOf(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, thisValue);
        double length = ArrayLike.Length(o);
        if (length == 0)
            return JsValue.From(-1);
        double from = arguments.Length > 1 ? TypeConversion.ToInteger(arguments[1]) : length - 1;
        from = from < 0 ? length + from : Math.Min(from, length - 1);
        var wanted = arguments.At(0);
        for (double i = from; i >= 0; i--)
        {
            engine.Tick();
            if (ArrayLike.TryGet(o, i, out var value) && Equality.Strict(value, wanted))
                return JsValue.From(i);
        }
        return JsValue.From(-1);
    }

    private static JsValue Includes(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, thisValue);
        double length = ArrayLike.Length(o);
        if (length == 0)
            return JsValue.False;
        double start = ArrayLike.RelativeIndex(arguments.At(1), length, 0);
        var wanted = arguments.At(0);
        for (double i = start; i < length; i++)
        {
            engine.Tick();
            if (TypeConversion.SameValueZero(ArrayLike.Get(o, i), wanted))
                return JsValue.True;
        }
        return JsValue.False;
    }

    private static JsValue At(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, thisValue);
        double length = ArrayLike.Length(o);
        double index = TypeConversion.ToInteger(arguments.At(0));
        if (index < 0)
            index += length;
        return index < 0 || index >= length ? default : ArrayLike.Get(o, index);
    }

    private static JsValue Flat(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, thisValue);
        double depth = arguments.At(0).IsUndefined ? 1 : TypeConversion.ToInteger(arguments[0]);
        var result = engine.NewArray(default);
        Flatten(engine, result, o, (int)Math.Clamp(depth, 0, DeepestFlat));
        return JsValue.From(result);
    }

    private static JsValue FlatMap(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var walk = new ElementWalk(engine, thisValue, arguments);
        var result = engine.NewArray(default);
        while (walk.MoveNext())
        {
            var mapped = walk.Call();
            if (mapped.IsObject && mapped.AsObject is JsArray inner)
                Flatten(engine, result, inner, 0);
            else
                result.Add(mapped);
        }
        return JsValue.From(result);
    }

    private static void Flatten(JsEngine engine, JsArray result, JsObject source, int depth)
    {
        double length = ArrayLike.Length(source);
        for (double i = 0; i < length; i++)
        {
            engine.Tick();
            if (!ArrayLike.TryGet(source, i, out var value))
                continue;
            if (depth > 0 && value.IsObject && value.AsObject is JsArray inner)
                Flatten(engine, result, inner, depth - 1);
            else
                result.Add(value);
        }
    }
}
