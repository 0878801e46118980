using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>What <c>keys()</c>, <c>values()</c> and <c>entries()</c> give: something to walk once, with <c>for…of</c> or by calling <c>next</c>.</summary>
internal sealed class IteratorObject(JsEngine engine, JsIterator iterator, string className)
    : JsObject(engine.BuiltinState.IteratorPrototype.RootForChildren(ShapeKind.Ordinary))
{
    public override string ClassName { get; } = className;

    internal static void Install(JsEngine engine) =>
        engine.Define(engine.BuiltinState.IteratorPrototype).Method("next", 0, Next);

    internal override JsIterator GetIterator() => iterator;

    private static JsValue Next(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        if (!thisValue.IsObject || thisValue.AsObject is not IteratorObject o)
            throw engine.TypeError("next method called on incompatible receiver " + JsEngine.DescribeReceiver(thisValue));
        bool found = o.GetIterator().MoveNext(out var value);
        var result = engine.NewObject();
        result.DefineData("value", found ? value : default);
        result.DefineData("done", JsValue.From(!found));
        return JsValue.From(result);
    }
}
