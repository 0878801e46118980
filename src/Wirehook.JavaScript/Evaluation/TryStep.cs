namespace Wirehook.JavaScript.Evaluation;

/// <summary>
/// <c>try</c> with <c>catch</c>, <c>finally</c> or both (ES5.1 §12.14). Only errors of scripts are caught: when a guard stops the script, neither part runs.
/// </summary>
internal sealed class TryStep(Step block, Target? parameter, int catchSize, Step? handler, Step? finalizer) : Step
{
    /// <summary>What throwing and catching costs, in steps of the time guard.</summary>
    private const int ThrowSteps = 500;

    internal override Completion Execute(ref Frame frame)
    {
        if (finalizer is null)
            return ExecuteProtected(ref frame);
        var state = new SavedState(ref frame);
        Completion completion;
        try
        {
            completion = ExecuteProtected(ref frame);
        }
        catch (JsException)
        {
            state.Restore(ref frame);
            var overriding = finalizer.Execute(ref frame);
            if (overriding == Completion.Normal)
                throw;
            return overriding;
        }
        return Finish(ref frame, completion);
    }

    // A finally block that ends normally leaves the result of the protected part as it was.
    private Completion Finish(ref Frame frame, Completion completion)
    {
        var result = frame.Result;
        string? label = frame.Label;
        var last = finalizer!.Execute(ref frame);
        if (last != Completion.Normal)
        {
            // What was on its way to be returned is forgotten when the finally block jumps elsewhere.
            if (completion == Completion.Return && last != Completion.Return)
                frame.Result = default;
            return last;
        }
        (frame.Result, frame.Label) = (result, label);
        return completion;
    }

    private Completion ExecuteProtected(ref Frame frame)
    {
        if (handler is null)
            return block.Execute(ref frame);
        var state = new SavedState(ref frame);
        JsValue thrown;
        try
        {
            return block.Execute(ref frame);
        }
        catch (JsException error)
        {
            thrown = error.Value;
        }
        state.Restore(ref frame);
        frame.Engine.Tick(ThrowSteps);
        return Handle(ref frame, thrown);
    }

    private Completion Handle(ref Frame frame, in JsValue thrown)
    {
        var outer = frame.Environment;
        if (catchSize > 0)
            frame.Environment = EnvironmentLayout.Create(frame.Engine, outer, catchSize);
        parameter?.Assign(ref frame, thrown);
        var completion = handler!.Execute(ref frame);
        frame.Environment = outer;
        return completion;
    }

    /// <summary>What an exception leaves behind in the engine and the frame.</summary>
    private readonly struct SavedState
    {
        private readonly JsValue[]? _environment;
        private readonly JsValue _result;
        private readonly EngineState _engine;

        internal SavedState(ref Frame frame)
        {
            _environment = frame.Environment;
            _result = frame.Result;
            _engine = frame.Engine.SaveState();
        }

        internal void Restore(ref Frame frame)
        {
            frame.Environment = _environment;
            frame.Result = _result;
            frame.Label = null;
            frame.Engine.RestoreState(_engine);
        }
    }
}
