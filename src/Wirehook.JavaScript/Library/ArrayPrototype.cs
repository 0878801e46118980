using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>Array.prototype (ES5.1 §15.4.4) with the later additions. Every function works on anything with a length.</summary>
internal static partial class ArrayPrototype
{
    internal static void Install(JsEngine engine)
    {
        var prototype = engine.Define(engine.Intrinsics.ArrayPrototype)
            .Method("toString", 0, ToText)
            .Method("toLocaleString", 0, ToLocaleText)
            .Method("join", 1, Join)
            .Method("concat", 1, Concat)
            .Method("slice", 2, Slice);
        InstallMutators(prototype);
        InstallCopies(prototype);
        InstallSearch(prototype);
        InstallIteration(prototype);
        InstallWalks(prototype);
    }

    private static JsValue ToText(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, thisValue);
        return o.Get("join").AsFunction is { } join ? join.Call(thisValue, default) : ObjectPrototype.ToText(engine, thisValue, default);
    }

    private static JsValue ToLocaleText(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, thisValue);
        return JoinElements(engine, o, ",", static (engine, in element) =>
        {
            var method = Callback.Require(engine, engine.GetProperty(element, "toLocaleString"));
            return TypeConversion.ToText(method.Call(element, default));
        });
    }

    private static JsValue Join(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, thisValue);
        string separator = arguments.At(0).IsUndefined ? "," : TypeConversion.ToText(arguments[0]);
        return JoinElements(engine, o, separator, static (_, in element) => TypeConversion.ToText(element));
    }

    private delegate string ElementText(JsEngine engine, in JsValue element);

    private static JsValue JoinElements(JsEngine engine, JsObject o, string separator, ElementText textOf)
    {
        // An array that contains itself reads as the empty text inside itself.
        var joining = engine.BuiltinState.Joining;
        if (joining.Contains(o))
            return JsValue.EmptyString;
        joining.Add(o);
        try
        {
            double length = ArrayLike.Length(o);
            engine.AccountString((long)Math.Min(separator.Length * Math.Max(length - 1, 0), int.MaxValue));
            var text = new TextBuilder(engine);
            for (double i = 0; i < length; i++)
            {
                engine.Tick();
                if (i > 0)
                    text.Append(separator);
                var element = ArrayLike.Get(o, i);
                if (!element.IsNullOrUndefined)
                    text.Append(textOf(engine, element));
            }
            return JsValue.From(text.ToString());
        }
        finally
        {
            joining.RemoveAt(joining.Count - 1);
        }
    }

    private static JsValue Concat(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var result = engine.NewArray(default);
        double length = Append(engine, result, 0, JsValue.From(TypeConversion.ToObject(engine, thisValue)));
        foreach (ref readonly var argument in arguments)
            length = Append(engine, result, length, argument);
        if (length > uint.MaxValue)
            throw engine.RangeError("Invalid array length");
        result.TruncateOrExtend((uint)length);
        return JsValue.From(result);
    }

    private static double Append(JsEngine engine, JsArray result, double at, in JsValue value)
    {
        if (!value.IsObject || value.AsObject is not JsArray source)
        {
            result.DefineData(PropertyKey.FromInteger(at), value);
            return at + 1;
        }
        if (source.TryGetDense(out var elements) && source.HasPlainPrototypes)
            AppendDense(engine, result, at, elements);
        else
            AppendSparse(engine, result, at, source);
        return at + source.Length;
    }

    private static void AppendDense(JsEngine engine, JsArray result, double at, ReadOnlySpan<JsValue> elements)
    {
        engine.AccountArray(elements.Length);
        engine.Tick(elements.Length >> 3);
        for (int i = 0; i < elements.Length; i++)
        {
            if (!elements[i].IsEmpty && !result.TrySetElement(at + i, elements[i]))
                result.DefineData(PropertyKey.FromInteger(at + i), elements[i]);
        }
    }

    private static void AppendSparse(JsEngine engine, JsArray result, double at, JsArray source)
    {
        for (double i = 0; i < source.Length; i++)
        {
            engine.Tick();
            if (ArrayLike.TryGet(source, i, out var value))
                result.DefineData(PropertyKey.FromInteger(at + i), value);
        }
    }

    private static JsValue Slice(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, thisValue);
        double length = ArrayLike.Length(o);
        double start = ArrayLike.RelativeIndex(arguments.At(0), length, 0);
        double end = ArrayLike.RelativeIndex(arguments.At(1), length, length);
        return JsValue.From(Copy(engine, o, start, Math.Max(end - start, 0)));
    }

    /// <summary>A new array of a part of an object, holes kept.</summary>
    private static JsArray Copy(JsEngine engine, JsObject o, double start, double count)
    {
        if (count > uint.MaxValue)
            throw engine.RangeError("Invalid array length");
        if (o is JsArray source && source.HasPlainPrototypes && source.TryGetDense(out var elements) && start + count <= elements.Length)
        {
            engine.Tick((int)count >> 3);
            return engine.NewArray(elements.Slice((int)start, (int)count));
        }
        var result = engine.NewArray(default);
        for (double i = 0; i < count; i++)
        {
            engine.Tick();
            if (ArrayLike.TryGet(o, start + i, out var value))
                result.DefineData(PropertyKey.FromInteger(i), value);
        }
        result.TruncateOrExtend((uint)count);
        return result;
    }
}
