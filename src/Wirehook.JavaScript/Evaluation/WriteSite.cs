using System.Runtime.CompilerServices;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>Remembers, for one place in the source, the slot that an assignment to a named property writes or adds.</summary>
internal struct WriteSite(string name)
{
    private Shape? _shape;
    private Shape? _next;
    private int _slot;
    private int _epoch;

    internal readonly string Name => name;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryWrite(JsObject o, in JsValue value)
    {
        if (!ReferenceEquals(o.Shape, _shape))
            return false;
        if (_next is null)
        {
            Slots.Store(ref o.Slots[_slot], value);
            return true;
        }
        if (_slot >= o.Slots.Length || _epoch != _shape.Engine.PrototypeEpoch)
            return false;
        o.Slots[_slot] = value;
        o.Shape = _next;
        return true;
    }

    /// <summary>Writes in the general way and remembers how, when that can be repeated.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Write(JsEngine engine, in JsValue target, in JsValue value, bool isStrict)
    {
        var before = target.IsObject ? target.AsObject.Shape : null;
        PropertyAccess.Write(engine, target, PropertyKey.FromIdentifier(name), value, isStrict);
        if (before is not null)
            Remember(target.AsObject, before);
    }

    private void Remember(JsObject o, Shape before)
    {
        if (before.Table is not null || before.IsLazy || o.Shape.Table is not null || !o.IsOrdinaryName(name) && o is not HostRecord)
            return;
        int slot = o.Shape.Find(name);
        if (slot < 0 || (o.Shape.AttributesAt(slot) & PropertyAttributes.Writable) == 0)
            return;
        bool added = before.Find(name) < 0;
        if (added ? o.Shape.Count != before.Count + 1 : !ReferenceEquals(before, o.Shape))
            return;
        (_shape, _next, _slot, _epoch) = (before, added ? o.Shape : null, slot, before.Engine.PrototypeEpoch);
    }
}
