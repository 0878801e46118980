using System.Runtime.CompilerServices;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>Assignment to a slot of the frame.</summary>
internal sealed class SlotAssign(int slot, Operation value) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var assigned = value.Evaluate(ref frame);
        Slots.Store(ref frame.Slot(slot), assigned);
        return assigned;
    }

    internal override void Run(ref Frame frame)
    {
        var assigned = value.Evaluate(ref frame);
        Slots.Store(ref frame.Slot(slot), assigned);
    }
}

/// <summary>Assignment to a script cell.</summary>
internal sealed class CellAssign(Cell cell, Operation value) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var assigned = value.Evaluate(ref frame);
        Slots.Store(ref cell.Value, assigned);
        return assigned;
    }

    internal override void Run(ref Frame frame)
    {
        var assigned = value.Evaluate(ref frame);
        Slots.Store(ref cell.Value, assigned);
    }
}

/// <summary>Assignment to a slot of an environment.</summary>
internal sealed class EnvironmentAssign(int hops, int place, Operation value) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var assigned = value.Evaluate(ref frame);
        Slots.Store(ref frame.EnvironmentAt(hops)[place], assigned);
        return assigned;
    }
}

/// <summary>Assignment to any target; the value of the expression is the assigned value, also for patterns.</summary>
internal sealed class TargetAssign(Target target, Operation value) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var assigned = value.Evaluate(ref frame);
        target.Assign(ref frame, assigned);
        return assigned;
    }
}

/// <summary>Strict assignment to a global: whether the name exists is decided before the value is made (ES5.1 §8.7.2, §11.13.1).</summary>
internal sealed class StrictGlobalAssign(string name, Operation value, Target target, int position) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        bool exists = frame.Engine.Global.HasProperty(name);
        var assigned = value.Evaluate(ref frame);
        if (!exists)
        {
            frame.Mark(position);
            throw frame.Engine.ReferenceError($"{name} is not defined");
        }
        target.Assign(ref frame, assigned);
        return assigned;
    }
}

/// <summary>Assignment, perhaps compound, to a name that is looked up at run time, before the value is made.</summary>
internal sealed class DynamicAssign(DynamicName name, BinaryOperation? op, Operation value, int position) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        frame.Mark(position);
        var place = name.Resolve(ref frame);
        JsValue result;
        if (op is null)
        {
            result = value.Evaluate(ref frame);
        }
        else
        {
            var old = place.Read(ref frame, name.Name, false, name.IsStrict);
            int pushed = frame.Engine.Push(old);
            var operand = value.Evaluate(ref frame);
            frame.Engine.StackTop = pushed;
            result = op.Apply(ref frame, old, operand);
        }
        place.Write(ref frame, name.Name, result, name.IsStrict);
        return result;
    }
}

/// <summary><c>slot++</c> and the like.</summary>
internal sealed class SlotIncrement(int slot, double step, bool isPrefix, int position) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        ref var value = ref frame.Slot(slot);
        if (!value.IsNumber)
            ConvertToNumber(ref frame);
        double old = value.Number;
        Unsafe.AsRef(in value.Number) = old + step;
        return new JsValue(isPrefix ? old + step : old);
    }

    internal override void Run(ref Frame frame)
    {
        ref var value = ref frame.Slot(slot);
        if (!value.IsNumber)
            ConvertToNumber(ref frame);
        Unsafe.AsRef(in value.Number) = value.Number + step;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ConvertToNumber(ref Frame frame)
    {
        frame.Mark(position);
        var number = new JsValue(TypeConversion.ToNumber(frame.Slot(slot)));
        frame.Slot(slot) = number;
    }
}

/// <summary><c>cell++</c> and the like.</summary>
internal sealed class CellIncrement(Cell cell, double step, bool isPrefix, int position) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        if (!cell.Value.IsNumber)
            ConvertToNumber(ref frame);
        double old = cell.Value.Number;
        Unsafe.AsRef(in cell.Value.Number) = old + step;
        return new JsValue(isPrefix ? old + step : old);
    }

    internal override void Run(ref Frame frame)
    {
        if (!cell.Value.IsNumber)
            ConvertToNumber(ref frame);
        Unsafe.AsRef(in cell.Value.Number) = cell.Value.Number + step;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ConvertToNumber(ref Frame frame)
    {
        frame.Mark(position);
        var number = new JsValue(TypeConversion.ToNumber(cell.Value));
        cell.Value = number;
    }
}

/// <summary><c>name++</c> and the like for every other kind of variable.</summary>
internal sealed class TargetIncrement(Operation read, Target target, double step, bool isPrefix, int position) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var value = read.Evaluate(ref frame);
        frame.Mark(position);
        double old = TypeConversion.ToNumber(value);
        var result = new JsValue(old + step);
        target.Assign(ref frame, result);
        return isPrefix ? result : new JsValue(old);
    }
}

/// <summary><c>name++</c> and the like for a name looked up at run time.</summary>
internal sealed class DynamicIncrement(DynamicName name, double step, bool isPrefix, int position) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        frame.Mark(position);
        var place = name.Resolve(ref frame);
        double old = TypeConversion.ToNumber(place.Read(ref frame, name.Name, false, name.IsStrict));
        var result = new JsValue(old + step);
        place.Write(ref frame, name.Name, result, name.IsStrict);
        return isPrefix ? result : new JsValue(old);
    }
}
