using System.Runtime.InteropServices;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>A statement that a tracer sees, with what is thrown in it.</summary>
internal sealed class TracedStep(TracePoint point, Step step) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        if (!point.IsActive)
            return step.Execute(ref frame);
        point.Note(JsTraceKind.Statement, ref frame);
        try
        {
            return step.Execute(ref frame);
        }
        catch (Exception thrown) when (point.Pass(ref frame, thrown))
        {
            throw;
        }
    }
}

/// <summary>Tells of the call of a function, before its parameters are bound.</summary>
internal sealed class TracedEntry(TracePoint point, string name, int parameterCount) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        if (point.IsActive)
            point.Note(JsTraceKind.Enter, ref frame, name, JsValue.From(frame.Callee), MemoryMarshal.CreateReadOnlySpan(ref frame.Slots, parameterCount));
        return Completion.Normal;
    }
}

/// <summary>Tells of the end of a function without a return statement.</summary>
internal sealed class TracedExit(TracePoint point) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        if (point.IsActive)
            point.Note(JsTraceKind.Return, ref frame);
        return Completion.Normal;
    }
}

/// <summary>An expression whose value a tracer sees.</summary>
internal sealed class TracedOperation(TracePoint point, JsTraceKind kind, Operation operation) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var value = operation.Evaluate(ref frame);
        if (point.IsActive)
            point.Note(kind, ref frame, value);
        return value;
    }
}

/// <summary><c>x++</c> and the like: the tracer sees the new value, whichever the expression gives.</summary>
internal sealed class TracedIncrement(TracePoint point, double step, bool isPrefix, Operation operation) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var value = operation.Evaluate(ref frame);
        if (point.IsActive)
            point.Note(JsTraceKind.Assign, ref frame, isPrefix ? value : new JsValue(value.Number + step));
        return value;
    }
}

/// <summary>A loop variable or parameter of <c>catch</c>, whose values a tracer sees.</summary>
internal sealed class TracedTarget(TracePoint point, Target target) : Target
{
    internal override void Assign(ref Frame frame, in JsValue value)
    {
        target.Assign(ref frame, value);
        if (point.IsActive)
            point.Note(JsTraceKind.Assign, ref frame, value);
    }

    internal override Place Locate(ref Frame frame) => target.Locate(ref frame);

    internal override void AssignAt(ref Frame frame, in Place place, in JsValue value)
    {
        target.AssignAt(ref frame, place, value);
        if (point.IsActive)
            point.Note(JsTraceKind.Assign, ref frame, value);
    }
}

/// <summary>Arguments of a call whose callee, if it is a built-in or helper, a tracer sees with what it gives.</summary>
internal sealed class TracedArguments(TracePoint point, Operand[] arguments, bool hasSpread, CalleeName calleeName, int position)
    : CallArguments(arguments, hasSpread, calleeName, position)
{
    private protected override JsValue CallOther(ref Frame frame, in JsValue callee, in JsValue thisValue, ReadOnlySpan<JsValue> values)
    {
        if (!point.IsActive || callee.AsFunction is null or ScriptFunction)
            return base.CallOther(ref frame, callee, thisValue, values);
        point.Note(JsTraceKind.Call, ref frame, callee, values);
        var result = base.CallOther(ref frame, callee, thisValue, values);
        point.Note(JsTraceKind.CallResult, ref frame, result);
        return result;
    }
}
