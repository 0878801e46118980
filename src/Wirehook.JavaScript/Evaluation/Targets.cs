using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>A slot of the frame.</summary>
internal sealed class SlotTarget(int slot) : Target
{
    internal override void Assign(ref Frame frame, in JsValue value) => Slots.Store(ref frame.Slot(slot), value);
}

/// <summary>A slot of an environment.</summary>
internal sealed class EnvironmentTarget(int hops, int place) : Target
{
    internal override void Assign(ref Frame frame, in JsValue value) => Slots.Store(ref frame.EnvironmentAt(hops)[place], value);
}

/// <summary>A script cell.</summary>
internal sealed class CellTarget(Cell cell) : Target
{
    internal override void Assign(ref Frame frame, in JsValue value) => Slots.Store(ref cell.Value, value);
}

/// <summary>A variable that may not be initialised yet: assigning checks, as reading does.</summary>
internal sealed class CheckedTarget(Operation check, Target target) : Target
{
    internal override void Assign(ref Frame frame, in JsValue value)
    {
        check.Evaluate(ref frame);
        target.Assign(ref frame, value);
    }
}

/// <summary>A constant: assigning is a TypeError after the check that the constant is initialised.</summary>
internal sealed class ConstantTarget(Operation check, int position) : Target
{
    internal override void Assign(ref Frame frame, in JsValue value)
    {
        check.Evaluate(ref frame);
        frame.Mark(position);
        throw frame.Engine.TypeError("Assignment to constant variable.");
    }
}

/// <summary>The name of a function expression within itself in sloppy code: assigning does nothing.</summary>
internal sealed class IgnoredTarget : Target
{
    internal override void Assign(ref Frame frame, in JsValue value)
    {
    }
}

/// <summary>A property of the global object.</summary>
internal sealed class GlobalTarget(JsEngine engine, string name, bool isStrict, int position) : Target
{
    private readonly JsObject _global = engine.Global;
    private readonly PropertyTable _table = engine.Global.Shape.Table!;
    private int _version = -1;
    private int _slot;

    internal override void Assign(ref Frame frame, in JsValue value)
    {
        if (_version == _table.Version)
        {
            Slots.Store(ref _global.Slots[_slot], value);
            return;
        }
        frame.Mark(position);
        int slot = _global.FindSlot(name, out var attributes);
        if (slot >= 0 && (attributes & PropertyAttributes.Writable) != 0)
            (_version, _slot) = (_table.Version, slot);
        else if (slot < 0 && isStrict && !_global.HasProperty(name))
            throw engine.ReferenceError($"{name} is not defined");
        if (!_global.TrySet(name, value) && isStrict)
            throw engine.TypeError($"Cannot assign to read only property '{name}' of object '#<Object>'");
    }
}

/// <summary>A name looked up at run time.</summary>
internal sealed class DynamicTarget(DynamicName name, int position) : Target
{
    internal override void Assign(ref Frame frame, in JsValue value)
    {
        frame.Mark(position);
        name.Resolve(ref frame).Write(ref frame, name.Name, value, name.IsStrict);
    }
}

/// <summary><c>object.name</c> or <c>object[key]</c> as a target of destructuring or of a loop head.</summary>
internal sealed class PropertyTarget(Operation target, Operation key, bool isStrict, int position) : Target
{
    internal override void Assign(ref Frame frame, in JsValue value) => AssignAt(ref frame, Locate(ref frame), value);

    internal override Place Locate(ref Frame frame) => new(target.Evaluate(ref frame), key.Evaluate(ref frame));

    internal override void AssignAt(ref Frame frame, in Place place, in JsValue value)
    {
        frame.Mark(position);
        PropertyAccess.Write(frame.Engine, place.Object, place.Name, value, isStrict);
    }
}

/// <summary>A call on the left of an assignment, which web pages contain in code that never runs.</summary>
internal sealed class InvalidTarget(Operation call, int position) : Target
{
    internal override void Assign(ref Frame frame, in JsValue value)
    {
        call.Evaluate(ref frame);
        frame.Mark(position);
        throw frame.Engine.ReferenceError("Invalid left-hand side in assignment");
    }
}

/// <summary>A target whose scope has variables to be marked uninitialised first.</summary>
internal sealed class PreparedTarget(Step[] before, Target target) : Target
{
    internal override void Assign(ref Frame frame, in JsValue value)
    {
        foreach (var step in before)
            step.Execute(ref frame);
        target.Assign(ref frame, value);
    }
}
