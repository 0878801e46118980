using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>Boolean (ES5.1 §15.6).</summary>
internal static class BooleanConstructor
{
    internal static void Install(JsEngine engine)
    {
        engine.DefineConstructor("Boolean", 1, Call, Construct, engine.Intrinsics.BooleanPrototype);
        engine.Define(engine.Intrinsics.BooleanPrototype)
            .Method("toString", 0, ToText)
            .Method("valueOf", 0, ValueOf);
    }

    private static JsValue Call(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.From(TypeConversion.ToBoolean(arguments.At(0)));

    private static JsValue Construct(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.From(engine.Wrap(JsValue.From(TypeConversion.ToBoolean(arguments.At(0)))));

    private static JsValue ToText(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.From(This(engine, thisValue, "toString").AsBoolean ? "true" : "false");

    private static JsValue ValueOf(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) => This(engine, thisValue, "valueOf");

    private static JsValue This(JsEngine engine, in JsValue thisValue, string method)
    {
        if (thisValue.IsBoolean)
            return thisValue;
        if (thisValue.IsObject && thisValue.AsObject is JsPrimitiveObject { PrimitiveValue: { IsBoolean: true } value })
            return value;
        throw engine.TypeError($"Boolean.prototype.{method} requires that 'this' be a Boolean");
    }
}
