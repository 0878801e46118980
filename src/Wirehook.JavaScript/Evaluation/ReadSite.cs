using System.Runtime.CompilerServices;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>
/// Remembers, for one place in the source, where a named property was found in objects of up to four shapes.
/// A hit on an own slot costs one comparison; what lies on prototypes also compares the engine's prototype epoch.
/// </summary>
internal struct ReadSite(string name)
{
    private const int MaximumEntries = 4;

    private Entry _first;
    private Entry[]? _more;

    internal readonly string Name => name;

    /// <summary>Reads by the first memory, which serves most places in most scripts. Never runs script code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly bool TryRead(JsObject o, out JsValue value)
    {
        if (ReferenceEquals(o.Shape, _first.Shape))
        {
            if (_first.Kind == PlaceKind.Own)
            {
                value = o.Slots[_first.Slot];
                return true;
            }
            if (_first.Kind != PlaceKind.HostField)
                return _first.TryRead(o, out value);
            value = Unsafe.As<HostRecord>(o).ReadField(_first.Shape!.Host!, _first.Slot);
            return !value.IsEmpty;
        }
        value = default;
        return false;
    }

    /// <summary>Reads by the other memories or in the general way, which it then remembers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal JsValue Read(JsObject o, in JsValue receiver)
    {
        if (_more is not null)
        {
            foreach (ref var entry in _more.AsSpan())
            {
                if (ReferenceEquals(o.Shape, entry.Shape) && entry.TryRead(o, out var value))
                    return value;
            }
        }
        if (Entry.TryFind(o, name, out var found))
            Remember(found);
        return o.Get(PropertyKey.FromIdentifier(name), receiver);
    }

    private void Remember(in Entry found)
    {
        if (_first.Shape is null || ReferenceEquals(_first.Shape, found.Shape))
        {
            _first = found;
            return;
        }
        _more ??= [];
        int same = Array.FindIndex(_more, IsSameShape(found.Shape));
        if (same >= 0)
            _more[same] = found;
        else if (_more.Length < MaximumEntries - 1)
            _more = [.. _more, found];
        else
            (_more[0], _more[1], _more[2]) = (found, _more[0], _more[1]);
    }

    private static Predicate<Entry> IsSameShape(Shape? shape) => entry => ReferenceEquals(entry.Shape, shape);

    private enum PlaceKind : byte
    {
        Own,
        Prototype,
        Absent,
        HostField,
    }

    private struct Entry
    {
        internal Shape? Shape;
        internal PlaceKind Kind;
        internal int Slot;
        internal int Epoch;
        internal JsObject? Holder;

        internal readonly bool TryRead(JsObject o, out JsValue value)
        {
            switch (Kind)
            {
                case PlaceKind.Own:
                    value = o.Slots[Slot];
                    return true;
                case PlaceKind.HostField:
                    value = Unsafe.As<HostRecord>(o).ReadField(Shape!.Host!, Slot);
                    return !value.IsEmpty;
                case PlaceKind.Prototype when Epoch == Shape!.Engine.PrototypeEpoch:
                    value = Holder!.Slots[Slot];
                    return true;
                case PlaceKind.Absent when Epoch == Shape!.Engine.PrototypeEpoch:
                    value = default;
                    return true;
                default:
                    value = default;
                    return false;
            }
        }

        internal static bool TryFind(JsObject o, string name, out Entry entry)
        {
            var shape = o.Shape;
            entry = new Entry { Shape = shape, Epoch = shape.Engine.PrototypeEpoch };
            if (shape.Host is { } host)
            {
                (entry.Kind, entry.Slot) = (PlaceKind.HostField, host.Find(name));
                return entry.Slot >= 0 || (host.FindAlias(name) < 0 && TryFindOnPrototypes(shape.Prototype, name, ref entry));
            }
            if (shape.Table is null && !shape.IsLazy && shape.Kind != ShapeKind.Host && o.IsOrdinaryName(name))
            {
                entry.Slot = shape.Find(name);
                if (entry.Slot >= 0)
                    return (shape.AttributesAt(entry.Slot) & PropertyAttributes.Accessor) == 0;
                return TryFindOnPrototypes(shape.Prototype, name, ref entry);
            }
            return IsSurelyWithout(o, name) && TryFindOnPrototypes(shape.Prototype, name, ref entry);
        }

        // A lazy function has none but the usual properties of its own; a prototype's own changes move the epoch.
        private static bool IsSurelyWithout(JsObject o, string name)
        {
            if (o.Shape.IsLazy)
                return o.Shape.Kind == ShapeKind.Function && name is not ("length" or "name" or "prototype");
            return o.Shape.IsPrototypeShape && o.IsOrdinaryName(name) && o.FindSlot(PropertyKey.FromIdentifier(name), out _) < 0;
        }

        private static bool TryFindOnPrototypes(JsObject? o, string name, ref Entry entry)
        {
            for (; o is not null; o = o.Shape.Prototype)
            {
                if (o.Shape.IsLazy || !o.Shape.IsPrototypeShape || !o.IsOrdinaryName(name))
                    return false;
                int slot = o.FindSlot(PropertyKey.FromIdentifier(name), out var attributes);
                if (slot < 0)
                    continue;
                (entry.Kind, entry.Slot, entry.Holder) = (PlaceKind.Prototype, slot, o);
                return (attributes & PropertyAttributes.Accessor) == 0;
            }
            entry.Kind = PlaceKind.Absent;
            return true;
        }
    }
}
