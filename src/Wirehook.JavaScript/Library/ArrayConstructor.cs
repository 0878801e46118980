using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>Array and the functions on it (ES5.1 §15.4.1 to 15.4.3), with <c>from</c> and <c>of</c>.</summary>
internal static class ArrayConstructor
{
    private const int LargestDense = 1 << 20;

    internal static void Install(JsEngine engine)
    {
        engine.DefineConstructor("Array", 1, Construct, Construct, engine.Intrinsics.ArrayPrototype)
            .Method("isArray", 1, IsArray)
            .Method("of", 0, Of)
            .Method("from", 1, From);
        ArrayPrototype.Install(engine);
    }

    private static JsValue Construct(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        if (arguments.Length != 1 || !arguments[0].IsNumber)
            return JsValue.From(engine.NewArray(arguments));
        uint length = TypeConversion.ToUint32(arguments[0].AsNumber);
        if (length != arguments[0].AsNumber)
            throw engine.RangeError("Invalid array length");
        return JsValue.From(OfLength(engine, length));
    }

    /// <summary>An array of holes; a long one holds no memory until it is filled.</summary>
    internal static JsArray OfLength(JsEngine engine, uint length)
    {
        if (length <= LargestDense)
        {
            var elements = new JsValue[length];
            elements.AsSpan().Fill(JsValue.Empty);
            return engine.NewArray(elements, (int)length);
        }
        var array = engine.NewArray(default);
        array.TruncateOrExtend(length);
        return array;
    }

    private static JsValue IsArray(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.From(arguments.At(0).IsObject && arguments[0].AsObject is JsArray);

    private static JsValue Of(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.From(engine.NewArray(arguments));

    private static JsValue From(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var source = arguments.At(0);
        if (source.IsNullOrUndefined)
            throw engine.TypeError($"{JsEngine.Describe(source)} is not iterable");
        var map = arguments.At(1).IsUndefined ? null : Callback.Require(engine, arguments[1]);
        var result = engine.NewArray(default);
        var list = TypeConversion.ToObject(engine, source);
        var iterator = source.IsString ? engine.Iterate(source) : list.GetIterator();
        if (iterator is null)
        {
            AddElements(engine, list, result, map, arguments.At(2));
            return JsValue.From(result);
        }
        while (iterator.MoveNext(out var value))
            AddMapped(engine, result, map, arguments.At(2), value);
        return JsValue.From(result);
    }

    private static void AddElements(JsEngine engine, JsObject source, JsArray result, JsFunction? map, in JsValue receiver)
    {
        double length = ArrayLike.Length(source);
        for (double i = 0; i < length; i++)
            AddMapped(engine, result, map, receiver, ArrayLike.Get(source, i));
    }

    private static void AddMapped(JsEngine engine, JsArray result, JsFunction? map, in JsValue receiver, in JsValue value)
    {
        engine.Tick();
        result.Add(map is null ? value : map.Call(receiver, [value, JsValue.From((double)result.Length)]));
    }
}
