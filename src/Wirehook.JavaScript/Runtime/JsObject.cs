using System.Runtime.CompilerServices;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript;

/// <summary>An ECMAScript object with the internal methods of ES5.1 §8.12. Belongs to one engine and that engine's thread.</summary>
public partial class JsObject
{
    internal const int BaseBytes = 48;
    internal const int SlotBytes = 16;

    internal Shape Shape;
    internal JsValue[] Slots = [];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal JsObject(Shape shape, int bytes = BaseBytes)
    {
        Shape = shape;
        shape.Engine.Account(bytes);
    }

    /// <summary>The engine the object belongs to.</summary>
    public JsEngine Engine => Shape.Engine;

    /// <summary>The internal property [[Class]] (ES5.1 §8.6.2).</summary>
    public virtual string ClassName => "Object";

    /// <summary>The prototype, or null.</summary>
    public JsObject? Prototype => Shape.Prototype;

    /// <summary>Whether properties may be added.</summary>
    public bool IsExtensible => Shape.IsExtensible;

    /// <summary>The value of a property, found on the object or its prototypes; undefined when absent (§8.12.3).</summary>
    /// <exception cref="JsException">A getter throws.</exception>
    public JsValue Get(PropertyKey key)
    {
        JsValue receiver = JsValue.From(this);
        return Get(key, receiver);
    }

    /// <summary>The value of a property with another value as <c>this</c> of getters.</summary>
    internal JsValue Get(PropertyKey key, in JsValue receiver)
    {
        for (JsObject? o = this; o is not null; o = o.Shape.Prototype)
        {
            if (o.TryGetOwnValue(key, receiver, out var value))
                return value;
        }
        return default;
    }

    /// <summary>The value at an array index.</summary>
    public JsValue Get(uint index) => Get(PropertyKey.FromIndex(index));

    /// <summary>Assigns a property (§8.12.5).</summary>
    /// <exception cref="JsException">A TypeError when the property cannot be written, or what a setter throws.</exception>
    public void Set(PropertyKey key, in JsValue value)
    {
        if (!TrySet(key, value))
            throw Engine.TypeError(Evaluation.PropertyAccess.WriteFailure(this, key));
    }

    /// <summary>Assigns a property; false when it cannot be written (§8.12.5 with Throw false).</summary>
    public virtual bool TrySet(PropertyKey key, in JsValue value)
    {
        if (Shape.IsLazy)
            Materialise();
        int slot = FindSlot(key, out var attributes);
        if (slot >= 0)
        {
            if ((attributes & PropertyAttributes.Writable) != 0)
            {
                Evaluation.Slots.Store(ref Slots[slot], value);
                return true;
            }
            return (attributes & PropertyAttributes.Accessor) != 0 && ((Accessor)Slots[slot].Reference!).Write(JsValue.From(this), value);
        }
        return TrySetAbsent(key, value);
    }

    /// <summary>Whether the object or one of its prototypes has the property (§8.12.6).</summary>
    public bool HasProperty(PropertyKey key)
    {
        for (JsObject? o = this; o is not null; o = o.Shape.Prototype)
        {
            if (o.HasOwnProperty(key))
                return true;
        }
        return false;
    }

    /// <summary>Whether the object itself has the property.</summary>
    public virtual bool HasOwnProperty(PropertyKey key)
    {
        if (Shape.IsLazy)
            Materialise();
        return FindSlot(key, out _) >= 0;
    }

    /// <summary>The object's own property (§8.12.1).</summary>
    /// <returns>False when the object has no such property.</returns>
    public virtual bool GetOwnProperty(PropertyKey key, out PropertyDescriptor descriptor)
    {
        if (Shape.IsLazy)
            Materialise();
        int slot = FindSlot(key, out var attributes);
        descriptor = slot >= 0 ? PropertyDescriptor.FromSlot(Slots[slot], attributes) : default;
        return slot >= 0;
    }

    /// <summary>The property on the object or the nearest prototype that has it (§8.12.2).</summary>
    internal bool GetProperty(PropertyKey key, out PropertyDescriptor descriptor)
    {
        for (JsObject? o = this; o is not null; o = o.Shape.Prototype)
        {
            if (o.GetOwnProperty(key, out descriptor))
                return true;
        }
        descriptor = default;
        return false;
    }

    /// <summary>Deletes an own property (§8.12.7).</summary>
    /// <returns>False when the property is not configurable and stays.</returns>
    public virtual bool Delete(PropertyKey key)
    {
        if (Shape.IsLazy)
            Materialise();
        int slot = FindSlot(key, out var attributes);
        if (slot < 0)
            return true;
        if ((attributes & PropertyAttributes.Configurable) == 0)
            return false;
        RemoveSlot(key);
        return true;
    }

    /// <summary>Deletes an own property.</summary>
    /// <exception cref="JsException">A TypeError when the property is not configurable.</exception>
    public void DeleteOrThrow(PropertyKey key)
    {
        if (!Delete(key))
            throw Engine.TypeError($"Cannot delete property '{key}' of {DisplayName}");
    }

    /// <summary>Defines or changes an own property (§8.12.9).</summary>
    /// <returns>False when the object's present state forbids it.</returns>
    public virtual bool DefineOwnProperty(PropertyKey key, in PropertyDescriptor descriptor)
    {
        if (Shape.IsLazy)
            Materialise();
        return DefineOrdinary(key, descriptor);
    }

    /// <summary>Defines or changes an own property.</summary>
    /// <exception cref="JsException">A TypeError when the object's present state forbids it.</exception>
    public void DefineOrThrow(PropertyKey key, in PropertyDescriptor descriptor)
    {
        if (DefineOwnProperty(key, descriptor))
            return;
        throw Engine.TypeError(!HasOwnProperty(key)
            ? $"Cannot define property {key}, object is not extensible"
            : $"Cannot redefine property: {key}");
    }

    /// <summary>Creates or overwrites a plain own property, as literals and JSON do.</summary>
    public void DefineData(PropertyKey key, in JsValue value, PropertyAttributes attributes = PropertyAttributes.All) =>
        DefineOwnProperty(key, PropertyDescriptor.Data(value, attributes));

    /// <summary>Adds the names of all own properties, enumerable or not: indices ascending, then names in order of creation.</summary>
    public virtual void CollectOwnKeys(List<PropertyKey> keys)
    {
        if (Shape.IsLazy)
            Materialise();
        CollectSlotKeys(keys);
    }

    /// <summary>Whether an own property exists and is enumerable.</summary>
    internal virtual bool IsOwnEnumerable(PropertyKey key) =>
        GetOwnProperty(key, out var descriptor) && descriptor.IsEnumerable;

    /// <summary>Forbids new properties (ES5.1 §15.2.3.10).</summary>
    public virtual void PreventExtensions()
    {
        if (Shape.IsLazy)
            Materialise();
        ChangeToTable();
        Shape.PreventExtensions();
    }

    /// <summary>Changes the prototype.</summary>
    /// <returns>False when the object is not extensible or the chain would become a cycle.</returns>
    public bool TrySetPrototype(JsObject? prototype)
    {
        if (ReferenceEquals(prototype, Shape.Prototype))
            return true;
        if (!IsExtensible)
            return false;
        for (var o = prototype; o is not null; o = o.Shape.Prototype)
        {
            if (ReferenceEquals(o, this))
                return false;
        }
        if (Shape.IsLazy)
            Materialise();
        if (Shape.Table is null && Shape.Count == 0)
        {
            Shape = prototype is null ? Engine.Intrinsics.NullPrototypeRoot(Shape.Kind) : prototype.RootForChildren(Shape.Kind);
            return true;
        }
        ChangeToTable();
        Shape.ChangePrototype(prototype);
        prototype?.RootForChildren(ShapeKind.Ordinary);
        NoteStructureChange(indexed: true);
        return true;
    }

    /// <summary>The primitive value of the object (§8.12.8).</summary>
    /// <exception cref="JsException">A TypeError when neither valueOf nor toString gives a primitive, or what they throw.</exception>
    public virtual JsValue DefaultValue(PreferredType hint)
    {
        bool stringFirst = hint == PreferredType.String;
        if (TryConvertBy(stringFirst ? "toString" : "valueOf", out var value) || TryConvertBy(stringFirst ? "valueOf" : "toString", out value))
            return value;
        throw Engine.TypeError("Cannot convert object to primitive value");
    }

    /// <summary>The values that <c>for…of</c>, spread and destructuring walk through, or null when the object is not iterable.</summary>
    internal virtual JsIterator? GetIterator() => null;

    /// <summary>Adds the objects and strings that this object holds besides its slots, for measuring memory.</summary>
    internal virtual void Trace(MemoryTracer tracer) => tracer.VisitSlots(this);

    /// <summary>The value of an own property, calling its getter.</summary>
    internal virtual bool TryGetOwnValue(PropertyKey key, in JsValue receiver, out JsValue value)
    {
        if (Shape.IsLazy)
            Materialise();
        int slot = FindSlot(key, out var attributes);
        if (slot < 0)
        {
            value = default;
            return false;
        }
        value = Slots[slot];
        if ((attributes & PropertyAttributes.Accessor) != 0)
            value = ((Accessor)value.Reference!).Read(receiver);
        return true;
    }

    /// <summary>Whether a cache may treat the name as an ordinary slot, or as absent, going by the shape alone.</summary>
    internal virtual bool IsOrdinaryName(string name) => true;

    /// <summary>How messages name the object.</summary>
    internal string DisplayName => $"#<{ConstructorName}>";

    /// <summary>The name of the constructor that the object or a prototype knows.</summary>
    internal string ConstructorName
    {
        get
        {
            for (JsObject? o = this; o is not null; o = o.Shape.Prototype)
            {
                if (o.GetOwnProperty("constructor", out var descriptor) && descriptor.Value.AsFunction is { } constructor && constructor.Name.Length > 0)
                    return constructor.Name;
            }
            return "Object";
        }
    }

    private bool TryConvertBy(string method, out JsValue value)
    {
        value = default;
        if (Get(PropertyKey.FromIdentifier(method)).AsFunction is not { } function)
            return false;
        value = function.Call(JsValue.From(this), default);
        return !value.IsObject;
    }
}

/// <summary>Which primitive a conversion prefers (ES5.1 §9.1).</summary>
public enum PreferredType
{
    /// <summary>Number first; what the standard does without a hint, except for dates.</summary>
    None,

    /// <summary>Number first.</summary>
    Number,

    /// <summary>String first.</summary>
    String,
}
