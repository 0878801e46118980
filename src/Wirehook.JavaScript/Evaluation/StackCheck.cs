using System.Runtime.CompilerServices;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>Stands in deeply nested expressions every few dozen levels and makes sure that the thread's stack suffices.</summary>
internal sealed class StackCheck(Operation operation) : Operation
{
    /// <summary>Levels of nesting between two checks.</summary>
    internal const int Interval = 48;

    internal Operation Inner => operation;

    internal override JsValue Evaluate(ref Frame frame)
    {
        Ensure(ref frame);
        return operation.Evaluate(ref frame);
    }

    internal static void Ensure(ref Frame frame)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw frame.Engine.StackExhausted();
    }
}

/// <summary>The same for deeply nested statements.</summary>
internal sealed class StackCheckStep(Step step) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        StackCheck.Ensure(ref frame);
        return step.Execute(ref frame);
    }
}

/// <summary>The same for deeply nested patterns.</summary>
internal sealed class StackCheckTarget(Target target) : Target
{
    internal override void Assign(ref Frame frame, in JsValue value)
    {
        StackCheck.Ensure(ref frame);
        target.Assign(ref frame, value);
    }
}
