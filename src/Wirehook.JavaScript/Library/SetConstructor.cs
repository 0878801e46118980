using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>A Set object (ES2015 §23.2). Each member is its own value, so that entries read as pairs.</summary>
internal sealed class JsSet(JsEngine engine) : JsObject(engine.Intrinsics.SetPrototype.RootForChildren(ShapeKind.Ordinary))
{
    public override string ClassName => "Set";

    internal InsertionOrderedTable Members { get; } = new(engine);

    internal override JsIterator GetIterator() => new EntryIterator(Engine, Members, EntryPart.Key);

    internal override void Trace(MemoryTracer tracer)
    {
        base.Trace(tracer);
        Members.Trace(tracer);
    }
}

/// <summary>Set and its prototype.</summary>
internal static class SetConstructor
{
    internal static void Install(JsEngine engine)
    {
        engine.DefineConstructor("Set", 0, Call, Construct, engine.Intrinsics.SetPrototype);
        var prototype = engine.Define(engine.Intrinsics.SetPrototype)
            .Method("add", 1, Add)
            .Method("has", 1, Has)
            .Method("delete", 1, Delete)
            .Method("clear", 0, Clear)
            .Method("forEach", 1, ForEach)
            .Method("values", 0, static (engine, in thisValue, _) => Walk(engine, thisValue, "values", EntryPart.Key))
            .Method("entries", 0, static (engine, in thisValue, _) => Walk(engine, thisValue, "entries", EntryPart.Both))
            .Accessor("size", static (engine, in thisValue, _) => JsValue.From((double)This(engine, thisValue, "size").Count));
        prototype.Property("keys", prototype.Target.Get("values"));
    }

    private static JsValue Call(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        throw engine.TypeError("Constructor Set requires 'new'");

    private static JsValue Construct(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var set = new JsSet(engine);
        if (arguments.At(0).IsNullOrUndefined)
            return JsValue.From(set);
        var values = engine.Iterate(arguments[0]);
        while (values.MoveNext(out var value))
        {
            engine.Tick();
            Add(set.Members, value);
        }
        return JsValue.From(set);
    }

    private static JsValue Add(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        Add(This(engine, thisValue, "add"), arguments.At(0));
        return thisValue;
    }

    private static void Add(InsertionOrderedTable members, in JsValue value)
    {
        var normal = value is { IsNumber: true, AsNumber: 0 } ? JsValue.Zero : value;
        members.Set(normal, normal);
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
        var members = This(engine, thisValue, "forEach");
        var function = Callback.Require(engine, arguments.At(0));
        for (var entry = members.After(null); entry is not null; entry = members.After(entry))
            function.Call(arguments.At(1), [entry.Key, entry.Key, thisValue]);
        return default;
    }

    private static JsValue Walk(JsEngine engine, in JsValue thisValue, string method, EntryPart part) =>
        JsValue.From(new IteratorObject(engine, new EntryIterator(engine, This(engine, thisValue, method), part), "Set Iterator"));

    private static InsertionOrderedTable This(JsEngine engine, in JsValue thisValue, string method) =>
        thisValue.IsObject && thisValue.AsObject is JsSet set
            ? set.Members
            : throw engine.TypeError($"Method Set.prototype.{method} called on incompatible receiver {JsEngine.DescribeReceiver(thisValue)}");
}
