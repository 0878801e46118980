using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>An expression as a statement.</summary>
internal sealed class ExpressionStep(Operation operation) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        operation.Run(ref frame);
        return Completion.Normal;
    }
}

/// <summary>An expression statement of script or eval code, whose value is the completion value.</summary>
internal sealed class ValueStep(Operation operation) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        frame.Result = operation.Evaluate(ref frame);
        return Completion.Normal;
    }
}

/// <summary>Forgets the completion value of the statements before.</summary>
internal sealed class ClearValueStep : Step
{
    internal static readonly ClearValueStep Instance = new();

    internal override Completion Execute(ref Frame frame)
    {
        frame.Result = default;
        return Completion.Normal;
    }
}

/// <summary>Stores the value of an operation to a target.</summary>
internal sealed class StoreStep(Target target, Operation value) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        var stored = value.Evaluate(ref frame);
        target.Assign(ref frame, stored);
        return Completion.Normal;
    }
}

/// <summary>Stores a value to a slot: the common form of <c>var x = …</c>.</summary>
internal sealed class SlotStoreStep(int slot, Operation value) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        var stored = value.Evaluate(ref frame);
        Slots.Store(ref frame.Slot(slot), stored);
        return Completion.Normal;
    }
}

/// <summary>Nothing.</summary>
internal sealed class EmptyStep : Step
{
    internal static readonly EmptyStep Instance = new();

    internal override Completion Execute(ref Frame frame) => Completion.Normal;
}

/// <summary>Statements in order.</summary>
internal sealed class BlockStep(Step[] steps) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        foreach (var step in steps)
        {
            var completion = step.Execute(ref frame);
            if (completion != Completion.Normal)
                return completion;
        }
        return Completion.Normal;
    }
}

/// <summary>A block with an environment of its own.</summary>
internal sealed class ScopedStep(int size, Step body) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        var outer = frame.Environment;
        frame.Environment = EnvironmentLayout.Create(frame.Engine, outer, size);
        var completion = body.Execute(ref frame);
        frame.Environment = outer;
        return completion;
    }
}

/// <summary><c>if</c></summary>
internal sealed class IfStep(Operation test, Step whenTrue, Step? whenFalse) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        if (test.Test(ref frame))
            return whenTrue.Execute(ref frame);
        return whenFalse is null ? Completion.Normal : whenFalse.Execute(ref frame);
    }
}

/// <summary><c>return</c></summary>
internal sealed class ReturnStep(Operation? value) : Step
{
    private readonly Operand _value = new(value ?? new Constant(default));

    internal override Completion Execute(ref Frame frame)
    {
        frame.Result = _value.Evaluate(ref frame);
        return Completion.Return;
    }
}

/// <summary><c>throw</c></summary>
internal sealed class ThrowStep(Operation value, int position) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        var thrown = value.Evaluate(ref frame);
        frame.Mark(position);
        throw frame.Engine.Throw(thrown);
    }
}

/// <summary><c>break</c> and <c>continue</c></summary>
internal sealed class JumpStep(Completion completion, string? label) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        frame.Label = label;
        return completion;
    }
}

/// <summary>A labelled statement: a break to the label ends it.</summary>
internal sealed class LabelStep(string label, Step body) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        var completion = body.Execute(ref frame);
        if (completion != Completion.Break || frame.Label != label)
            return completion;
        frame.Label = null;
        return Completion.Normal;
    }
}

/// <summary><c>switch</c> (ES5.1 §12.11): evaluates the discriminant outside of the scope of the cases.</summary>
internal sealed class SwitchStep(Operation discriminant, Step cases) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        var value = discriminant.Evaluate(ref frame);
        int pushed = frame.Engine.Push(value);
        var completion = cases.Execute(ref frame);
        frame.Engine.StackTop = pushed;
        if (completion != Completion.Break || frame.Label is not null)
            return completion;
        return Completion.Normal;
    }
}

/// <summary>The cases of a <c>switch</c>, whose discriminant lies on top of the stack. Each case starts at a position among all statements.</summary>
internal sealed class CasesStep(Operation?[] tests, int[] starts, int defaultStart, Step[] steps) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        int start = FindStart(ref frame);
        if (start < 0)
            return Completion.Normal;
        for (int i = start; i < steps.Length; i++)
        {
            var completion = steps[i].Execute(ref frame);
            if (completion != Completion.Normal)
                return completion;
        }
        return Completion.Normal;
    }

    private int FindStart(ref Frame frame)
    {
        var value = frame.Engine.Stack[frame.Engine.StackTop - 1];
        for (int i = 0; i < tests.Length; i++)
        {
            if (tests[i] is { } test && Equality.Strict(value, test.Evaluate(ref frame)))
                return starts[i];
        }
        return defaultStart;
    }
}

/// <summary><c>with</c> (ES5.1 §12.10)</summary>
internal sealed class WithStep(Operation value, Step body, int position) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        var o = value.Evaluate(ref frame);
        frame.Mark(position);
        var outer = frame.Environment;
        var environment = EnvironmentLayout.Create(frame.Engine, outer, EnvironmentLayout.FirstSlot + 1);
        environment[EnvironmentLayout.FirstSlot] = JsValue.From(TypeConversion.ToObject(frame.Engine, o));
        frame.Environment = environment;
        var completion = body.Execute(ref frame);
        frame.Environment = outer;
        return completion;
    }
}
