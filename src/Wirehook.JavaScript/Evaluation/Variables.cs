using System.Runtime.CompilerServices;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>Reads a slot of the frame.</summary>
internal sealed class SlotRead(int slot) : Operation
{
    internal int Index { get; } = slot;

    internal override JsValue Evaluate(ref Frame frame) => frame.Slot(Index);
}

/// <summary>Reads a slot that may not be initialised yet.</summary>
internal sealed class CheckedSlotRead(int slot, string name, int position) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var value = frame.Slot(slot);
        return value.IsEmpty ? throw Uninitialized.Error(ref frame, name, position) : value;
    }
}

/// <summary>Reads a slot of an environment.</summary>
internal sealed class EnvironmentRead(int hops, int place) : Operation
{
    internal override JsValue Evaluate(ref Frame frame) => frame.EnvironmentAt(hops)[place];
}

/// <summary>Reads a slot of an environment that may not be initialised yet.</summary>
internal sealed class CheckedEnvironmentRead(int hops, int place, string name, int position) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var value = frame.EnvironmentAt(hops)[place];
        return value.IsEmpty ? throw Uninitialized.Error(ref frame, name, position) : value;
    }
}

/// <summary>Reads a script cell.</summary>
internal sealed class CellRead(Cell cell) : Operation
{
    internal Cell Cell { get; } = cell;

    internal override JsValue Evaluate(ref Frame frame) => Cell.Value;
}

/// <summary>Reads a script cell that may not be initialised yet.</summary>
internal sealed class CheckedCellRead(Cell cell, string name, int position) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var value = cell.Value;
        return value.IsEmpty ? throw Uninitialized.Error(ref frame, name, position) : value;
    }
}

/// <summary>Reads a property of the global object by name; a cache remembers its slot as long as no global comes or goes.</summary>
internal sealed class GlobalRead(JsEngine engine, string name, int position, bool forTypeOf = false) : Operation
{
    private readonly JsObject _global = engine.Global;
    private readonly PropertyTable _table = engine.Global.Shape.Table!;
    private int _version = -1;
    private int _slot;

    internal override JsValue Evaluate(ref Frame frame)
    {
        if (_version == _table.Version)
            return _global.Slots[_slot];
        return EvaluateSlow(ref frame);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private JsValue EvaluateSlow(ref Frame frame)
    {
        frame.Mark(position);
        int slot = _global.FindSlot(name, out var attributes);
        if (slot >= 0 && (attributes & PropertyAttributes.Accessor) == 0)
        {
            (_version, _slot) = (_table.Version, slot);
            return _global.Slots[slot];
        }
        if (slot < 0 && !_global.HasProperty(name))
            return forTypeOf ? default : throw engine.ReferenceError($"{name} is not defined");
        return _global.Get(name);
    }
}

/// <summary>Finds a name at run time, along the environments and then among the globals.</summary>
internal sealed class DynamicRead(DynamicName name, int position, bool forTypeOf = false) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        frame.Mark(position);
        return name.Resolve(ref frame).Read(ref frame, name.Name, forTypeOf, name.IsStrict);
    }
}

/// <summary>The error for a variable used before its declaration ran (ECMA-262 6 §8.1.1.1.6).</summary>
internal static class Uninitialized
{
    internal static JsException Error(ref Frame frame, string name, int position)
    {
        frame.Mark(position);
        return frame.Engine.ReferenceError($"Cannot access '{name}' before initialization");
    }
}
