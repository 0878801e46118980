using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>A Map object (ES2015 §23.1).</summary>
internal sealed class JsMap(JsEngine engine) : JsObject(engine.Intrinsics.MapPrototype.RootForChildren(ShapeKind.Ordinary))
{
    public override string ClassName => "Map";

    internal InsertionOrderedTable Entries { get; } = new(engine);

    internal override JsIterator GetIterator() => new EntryIterator(Engine, Entries, EntryPart.Both);

    internal override void Trace(MemoryTracer tracer)
    {
        base.Trace(tracer);
        Entries.Trace(tracer);
    }
}

/// <summary>Map and its prototype.</summary>
internal static class MapConstructor
{
    internal static void Install(JsEngine engine)
    {
        engine.DefineConstructor("Map", 0, Call, Construct, engine.Intrinsics.MapPrototype);
        engine.Define(engine.Intrinsics.MapPrototype)
            .Method("get", 1, Get)
            .Method("set", 2, Set)
            .Method("has", 1, Has)
            .Method("delete", 1, Delete)
            .Method("clear", 0, Clear)
            .Method("forEach", 1, ForEach)
            .Method("keys", 0, static (engine, in thisValue, _) => Walk(engine, thisValue, "keys", EntryPart.Key))
            .Method("values", 0, static (engine, in thisValue, _) => Walk(engine, thisValue, "values", EntryPart.Value))
            .Method("entries", 0, static (engine, in thisValue, _) => Walk(engine, thisValue, "entries", EntryPart.Both))
            .Accessor("size", static (engine, in thisValue, _) => JsValue.From((double)This(engine, thisValue, "size").Count));
    }

    private static JsValue Call(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        throw engine.TypeError("Constructor Map requires 'new'");

    private static JsValue Construct(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var map = new JsMap(engine);
        if (arguments.At(0).IsNullOrUndefined)
            return JsValue.From(map);
        var entries = engine.Iterate(arguments[0]);
        while (entries.MoveNext(out var entry))
        {
            engine.Tick();
            if (!entry.IsObject)
                throw engine.TypeError($"Iterator value {engine.ToDisplayString(entry)} is not an entry object");
            var key = entry.AsObject.Get(0);
            map.Entries.Set(key, entry.AsObject.Get(1));
        }
        return JsValue.From(map);
    }

    private static JsValue Get(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        This(engine, thisValue, "get").Find(arguments.At(0))?.Value ?? default;

    private static JsValue Set(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        This(engine, thisValue, "set").Set(arguments.At(0), arguments.At(1));
        return thisValue;
    }

    private static JsValue Has(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.From(This(engine, thisValue, "has").Find(arguments.At(0)) is not null);

    private static JsValue Delete(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.From(This(engine, thisValue, "delete").Remove(arguments.At(0)));

    private static JsValue Clear(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        This(engine, thisValue, "clear").Clear();
        return default;
    }

    private static JsValue ForEach(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var entries = This(engine, thisValue, "forEach");
        var function = Callback.Require(engine, arguments.At(0));
        for (var entry = entries.After(null); entry is not null; entry = entries.After(entry))
            function.Call(arguments.At(1), [entry.Value, entry.Key, thisValue]);
        return default;
    }

    private static JsValue Walk(JsEngine engine, in JsValue thisValue, string method, EntryPart part) =>
        JsValue.From(new IteratorObject(engine, new EntryIterator(engine, This(engine, thisValue, method), part), "Map Iterator"));

    private static InsertionOrderedTable This(JsEngine engine, in JsValue thisValue, string method) =>
        thisValue.IsObject && thisValue.AsObject is JsMap map
            ? map.Entries
            : throw engine.TypeError($"Method Map.prototype.{method} called on incompatible receiver {JsEngine.DescribeReceiver(thisValue)}");
}
