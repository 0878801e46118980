using System.Runtime.CompilerServices;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript;

public partial class JsObject
{
    /// <summary>The root shape of objects that have this object as prototype.</summary>
    internal Shape RootForChildren(ShapeKind kind)
    {
        if (Shape.IsLazy)
            Materialise();
        if (!Shape.IsPrototypeShape)
        {
            ChangeToTable();
            Shape.MarkAsPrototype();
            NoteStructureChange(indexed: true);
        }
        return Shape.ChildRoot(this, kind);
    }

    /// <summary>Makes the own properties of an object that puts it off until somebody asks.</summary>
    private protected virtual void Materialise()
    {
    }

    /// <summary>The slot and attributes of an own property kept in slots, or −1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int FindSlot(PropertyKey key, out PropertyAttributes attributes)
    {
        var shape = Shape;
        if (shape.Table is { } table)
        {
            int place = table.Find(key);
            attributes = place >= 0 ? table.AttributesOf(place) : default;
            return place;
        }
        int slot = key.IsIndex ? -1 : shape.Find(key.Name);
        attributes = slot >= 0 ? shape.AttributesAt(slot) : default;
        return slot;
    }

    /// <summary>Adds a property that does not exist yet.</summary>
    internal void AddSlot(PropertyKey key, in JsValue value, PropertyAttributes attributes)
    {
        var shape = Shape;
        if (shape.Table is null)
        {
            var next = key.IsIndex ? null : shape.Add(key.Name, attributes);
            if (next is not null)
            {
                int count = shape.Count;
                if (count == Slots.Length)
                    GrowSlots(count + 1);
                Slots[count] = value;
                Shape = next;
                return;
            }
            ChangeToTable();
            shape = Shape;
        }
        int slot = shape.Table!.Add(key, attributes);
        if (slot >= Slots.Length)
            GrowSlots(slot + 1);
        Slots[slot] = value;
        Engine.Account(SlotBytes * 4);
        NoteStructureChange(key.IsIndex);
    }

    /// <summary>Gives the object a shape of its own with a table, keeping its properties.</summary>
    internal void ChangeToTable()
    {
        var old = Shape;
        if (old.Table is not null)
            return;
        var shape = Shape.CreateTable(old.Engine, old.Prototype, old.Kind, old.Count + 4);
        for (int i = 0; i < old.Count; i++)
            shape.Table!.Add(new PropertyKey(old.NameAt(i)), old.AttributesAt(i));
        Shape = shape;
        Engine.Account(256 + old.Count * 64);
    }

    /// <summary>Makes room for slots ahead of their use.</summary>
    internal void ReserveSlots(int count)
    {
        if (Slots.Length < count)
            GrowSlots(count);
    }

    private void GrowSlots(int needed)
    {
        int size = Math.Max(Math.Max(needed, 4), Slots.Length * 2);
        Engine.AccountArray(size - Slots.Length);
        Array.Resize(ref Slots, size);
    }

    private void RemoveSlot(PropertyKey key)
    {
        ChangeToTable();
        var table = Shape.Table!;
        int slot = table.Find(key);
        table.Remove(key, slot);
        Slots[slot] = default;
        table.CompactWhenSparse(Slots);
        NoteStructureChange(key.IsIndex);
    }

    private void SetSlotAttributes(PropertyKey key, PropertyAttributes attributes)
    {
        ChangeToTable();
        var table = Shape.Table!;
        table.SetAttributes(table.Find(key), attributes);
        NoteStructureChange(key.IsIndex);
    }

    // Caches that looked through a prototype hold until any prototype changes its structure.
    private void NoteStructureChange(bool indexed)
    {
        if (Shape.IsPrototypeShape)
            Engine.NotePrototypeChange(indexed);
    }

    /// <summary>Assigns a property that the object itself does not have (§8.12.4 and §8.12.5 steps 4 to 6).</summary>
    private protected bool TrySetAbsent(PropertyKey key, in JsValue value)
    {
        if (Shape.Prototype is { } prototype && prototype.GetProperty(key, out var inherited))
        {
            if (inherited.IsAccessor)
            {
                if (inherited.Setter is null)
                    return false;
                inherited.Setter.Call(JsValue.From(this), new ReadOnlySpan<JsValue>(in value));
                return true;
            }
            if (!inherited.IsWritable)
                return false;
        }
        if (!Shape.IsExtensible)
            return false;
        AddSlot(key, value, PropertyAttributes.All);
        return true;
    }

    /// <summary>§8.12.9 for properties kept in slots.</summary>
    private protected bool DefineOrdinary(PropertyKey key, in PropertyDescriptor descriptor)
    {
        int slot = FindSlot(key, out var attributes);
        if (slot < 0)
        {
            if (!Shape.IsExtensible)
                return false;
            var (slotValue, slotAttributes) = NewSlot(descriptor);
            AddSlot(key, slotValue, slotAttributes);
            return true;
        }
        var current = PropertyDescriptor.FromSlot(Slots[slot], attributes);
        if (!MayRedefine(current, descriptor))
            return false;
        var (value, changed) = MergeSlot(current, descriptor);
        Slots[slot] = value;
        if (changed != attributes)
            SetSlotAttributes(key, changed);
        else if ((changed & PropertyAttributes.Accessor) != 0)
            NoteStructureChange(key.IsIndex);
        return true;
    }

    /// <summary>Whether §8.12.9 steps 5 to 11 let the descriptor change the property.</summary>
    internal static bool MayRedefine(in PropertyDescriptor current, in PropertyDescriptor wanted)
    {
        if (current.IsConfigurable)
            return true;
        if ((wanted.Present & PropertyAttributes.Configurable) != 0 && wanted.IsConfigurable)
            return false;
        if ((wanted.Present & PropertyAttributes.Enumerable) != 0 && wanted.IsEnumerable != current.IsEnumerable)
            return false;
        if (!wanted.IsAccessor && !wanted.IsData)
            return true;
        if (current.IsAccessor != wanted.IsAccessor)
            return false;
        if (current.IsAccessor)
        {
            return (!wanted.HasGetter || ReferenceEquals(wanted.Getter, current.Getter))
                && (!wanted.HasSetter || ReferenceEquals(wanted.Setter, current.Setter));
        }
        if (current.IsWritable)
            return true;
        bool becomesWritable = (wanted.Present & PropertyAttributes.Writable) != 0 && wanted.IsWritable;
        return !becomesWritable && (!wanted.HasValue || TypeConversion.SameValue(wanted.Value, current.Value));
    }

    internal static (JsValue Value, PropertyAttributes Attributes) NewSlot(in PropertyDescriptor descriptor)
    {
        if (!descriptor.IsAccessor)
            return (descriptor.Value, descriptor.Attributes & descriptor.Present);
        var attributes = descriptor.Attributes & descriptor.Present & (PropertyAttributes.Enumerable | PropertyAttributes.Configurable);
        return (JsValue.From(new Accessor(descriptor.Getter, descriptor.Setter)), attributes | PropertyAttributes.Accessor);
    }

    private static (JsValue Value, PropertyAttributes Attributes) MergeSlot(in PropertyDescriptor current, in PropertyDescriptor wanted)
    {
        var kept = (current.Attributes & ~wanted.Present) | (wanted.Attributes & wanted.Present);
        kept &= PropertyAttributes.All;
        if (wanted.IsAccessor)
        {
            var getter = wanted.HasGetter ? wanted.Getter : current.Getter;
            var setter = wanted.HasSetter ? wanted.Setter : current.Setter;
            return (JsValue.From(new Accessor(getter, setter)), (kept & ~PropertyAttributes.Writable) | PropertyAttributes.Accessor);
        }
        if (wanted.IsData && current.IsAccessor)
            return (wanted.Value, kept);
        if (current.IsAccessor)
            return (JsValue.From(new Accessor(current.Getter, current.Setter)), kept | PropertyAttributes.Accessor);
        return (wanted.HasValue ? wanted.Value : current.Value, kept);
    }

    private protected void CollectSlotKeys(List<PropertyKey> keys)
    {
        if (Shape.Table is not { } table)
        {
            for (int i = 0; i < Shape.Count; i++)
                keys.Add(new PropertyKey(Shape.NameAt(i)));
            return;
        }
        CollectSlotIndices(keys, table);
        for (int i = 0; i < table.SlotCount; i++)
        {
            if (table.TryGetEntry(i, out var key, out _) && !key.IsIndex)
                keys.Add(key);
        }
    }

    private protected static void CollectSlotIndices(List<PropertyKey> keys, PropertyTable table)
    {
        if (!table.HasIndices)
            return;
        var indices = new List<uint>();
        table.CollectIndices(indices);
        indices.Sort();
        foreach (uint index in indices)
            keys.Add(PropertyKey.FromIndex(index));
    }
}
