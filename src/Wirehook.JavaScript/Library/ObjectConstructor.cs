using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>Object and its prototype (ES5.1 §15.2).</summary>
internal static class ObjectConstructor
{
    internal static void Install(JsEngine engine)
    {
        var prototype = engine.Intrinsics.ObjectPrototype;
        engine.DefineConstructor("Object", 1, Call, Call, prototype)
            .Method("keys", 1, Keys);
        engine.Define(prototype)
            .Method("hasOwnProperty", 1, HasOwnProperty);
    }

    private static JsValue Call(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var value = arguments.At(0);
        return JsValue.From(value.IsNullOrUndefined ? engine.NewObject() : TypeConversion.ToObject(engine, value));
    }

    private static JsValue Keys(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, arguments.At(0));
        var keys = new List<PropertyKey>();
        o.CollectOwnKeys(keys);
        var names = engine.NewArray(default);
        foreach (var key in keys)
        {
            if (o.IsOwnEnumerable(key))
                names.Add(key.ToValue());
        }
        return JsValue.From(names);
    }

    private static JsValue HasOwnProperty(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var key = TypeConversion.ToPropertyKey(arguments.At(0));
        return JsValue.From(TypeConversion.ToObject(engine, thisValue).HasOwnProperty(key));
    }
}
