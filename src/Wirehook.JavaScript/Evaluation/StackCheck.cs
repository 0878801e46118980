using System.Runtime.CompilerServices;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>Stands in deeply nested expressions every few dozen levels and makes sure that the thread's stack suffices.</summary>
internal sealed class StackCheck(Operation operation) : Operation
{
    internal Operation Inner => operation;

    /// <summary>Levels of nesting between two checks.</summary>
    internal const int Interval = 48;

    internal override JsValue Evaluate(ref Frame frame)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw frame.Engine.StackExhausted();
        return operation.Evaluate(ref frame);
    }
}
