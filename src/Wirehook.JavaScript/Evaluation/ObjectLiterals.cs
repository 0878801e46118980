using Wirehook.JavaScript.Runtime;
using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>An object literal. Plain properties with known names go by a remembered shape after the first time.</summary>
internal sealed class ObjectOperation(PropertyInitializer[] properties) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var engine = frame.Engine;
        var created = engine.NewObject();
        if (properties.Length == 0)
            return JsValue.From(created);
        created.ReserveSlots(properties.Length);
        int pushed = engine.Push(JsValue.From(created));
        foreach (var property in properties)
            property.Initialize(ref frame, created);
        engine.StackTop = pushed;
        return JsValue.From(created);
    }
}

/// <summary>One part of an object literal.</summary>
internal abstract class PropertyInitializer
{
    internal abstract void Initialize(ref Frame frame, JsObject target);
}

/// <summary><c>name: value</c></summary>
internal sealed class NamedInitializer(PropertyKey key, Operation value) : PropertyInitializer
{
    private Shape? _before;
    private Shape? _after;

    internal override void Initialize(ref Frame frame, JsObject target)
    {
        var created = value.Evaluate(ref frame);
        var shape = target.Shape;
        if (ReferenceEquals(shape, _before) && shape.Count < target.Slots.Length)
        {
            target.Slots[shape.Count] = created;
            target.Shape = _after!;
            return;
        }
        bool isNew = target.FindSlot(key, out _) < 0;
        target.DefineData(key, created);
        if (isNew && shape.Table is null && target.Shape.Table is null)
            (_before, _after) = (shape, target.Shape);
    }
}

/// <summary><c>[name]: value</c></summary>
internal sealed class ComputedInitializer(Operation name, Operation value) : PropertyInitializer
{
    internal override void Initialize(ref Frame frame, JsObject target)
    {
        var key = TypeConversion.ToPropertyKey(name.Evaluate(ref frame));
        var created = value is Closure closure ? JsValue.From(closure.Create(ref frame, key.ToString())) : value.Evaluate(ref frame);
        target.DefineData(key, created);
    }
}

/// <summary><c>get name() {…}</c> or <c>set name(v) {…}</c>, with a fixed or computed name.</summary>
internal sealed class AccessorInitializer(string? name, Operation? computed, Closure function, bool isGetter) : PropertyInitializer
{
    internal override void Initialize(ref Frame frame, JsObject target)
    {
        var key = name is not null ? new PropertyKey(name) : TypeConversion.ToPropertyKey(computed!.Evaluate(ref frame));
        var accessor = function.Create(ref frame, (isGetter ? "get " : "set ") + key);
        target.DefineOwnProperty(key, new PropertyDescriptor
        {
            Present = PropertyAttributes.Enumerable | PropertyAttributes.Configurable,
            Attributes = PropertyAttributes.Enumerable | PropertyAttributes.Configurable,
            Getter = isGetter ? accessor : null,
            HasGetter = isGetter,
            Setter = isGetter ? null : accessor,
            HasSetter = !isGetter,
        });
    }
}

/// <summary><c>__proto__: value</c></summary>
internal sealed class PrototypeInitializer(Operation value) : PropertyInitializer
{
    internal override void Initialize(ref Frame frame, JsObject target)
    {
        var prototype = value.Evaluate(ref frame);
        if (prototype.IsObject)
            target.TrySetPrototype(prototype.AsObject);
        else if (prototype.IsNull)
            target.TrySetPrototype(null);
    }
}

/// <summary><c>...value</c></summary>
internal sealed class SpreadInitializer(Operation value) : PropertyInitializer
{
    internal override void Initialize(ref Frame frame, JsObject target)
    {
        var source = value.Evaluate(ref frame);
        if (!source.IsNullOrUndefined)
            OwnProperties.Copy(TypeConversion.ToObject(frame.Engine, source), target, []);
    }
}

/// <summary>Copies enumerable own properties, as object spread and rest do.</summary>
internal static class OwnProperties
{
    internal static void Copy(JsObject source, JsObject target, HashSet<PropertyKey> excluded)
    {
        var keys = new List<PropertyKey>();
        source.CollectOwnKeys(keys);
        foreach (var key in keys)
        {
            source.Engine.Tick();
            if (!excluded.Contains(key) && source.IsOwnEnumerable(key))
                target.DefineData(key, source.Get(key));
        }
    }
}
