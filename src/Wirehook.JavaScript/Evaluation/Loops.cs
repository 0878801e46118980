using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>What a loop does when its body ended other than normally.</summary>
internal static class LoopControl
{
    /// <summary>Whether the loop ends; the completion is then the loop's own.</summary>
    internal static bool Ends(ref Frame frame, ref Completion completion, string[] labels)
    {
        if (completion == Completion.Return)
            return true;
        bool mine = frame.Label is null || (completion == Completion.Continue && Array.IndexOf(labels, frame.Label) >= 0);
        if (!mine)
            return true;
        frame.Label = null;
        bool ends = completion == Completion.Break;
        completion = Completion.Normal;
        return ends;
    }
}

/// <summary><c>while</c></summary>
internal sealed class WhileStep(Operation test, Step body, string[] labels, int position) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        while (test.Test(ref frame))
        {
            frame.Engine.TickLoop(frame.Record, position);
            var completion = body.Execute(ref frame);
            if (completion != Completion.Normal && LoopControl.Ends(ref frame, ref completion, labels))
                return completion;
        }
        return Completion.Normal;
    }
}

/// <summary><c>do … while</c></summary>
internal sealed class DoWhileStep(Step body, Operation test, string[] labels, int position) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        do
        {
            frame.Engine.TickLoop(frame.Record, position);
            var completion = body.Execute(ref frame);
            if (completion != Completion.Normal && LoopControl.Ends(ref frame, ref completion, labels))
                return completion;
        }
        while (test.Test(ref frame));
        return Completion.Normal;
    }
}

/// <summary><c>for (init; test; update)</c> whose variables need no environment.</summary>
internal sealed class ForStep(Step init, Operation? test, Operation? update, Step body, string[] labels, int position) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        init.Execute(ref frame);
        while (test is null || test.Test(ref frame))
        {
            frame.Engine.TickLoop(frame.Record, position);
            var completion = body.Execute(ref frame);
            if (completion != Completion.Normal && LoopControl.Ends(ref frame, ref completion, labels))
                return completion;
            update?.Run(ref frame);
        }
        return Completion.Normal;
    }
}

/// <summary><c>for (let …)</c> whose variables are captured: each turn has its own copy of them (ECMA-262 6 §13.7.4.7).</summary>
internal sealed class ScopedForStep(int size, Step init, Operation? test, Operation? update, Step body, string[] labels, int position) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        var outer = frame.Environment;
        frame.Environment = EnvironmentLayout.Create(frame.Engine, outer, size);
        var completion = Loop(ref frame);
        frame.Environment = outer;
        return completion;
    }

    private Completion Loop(ref Frame frame)
    {
        init.Execute(ref frame);
        CopyEnvironment(ref frame);
        while (test is null || test.Test(ref frame))
        {
            frame.Engine.TickLoop(frame.Record, position);
            var environment = frame.Environment;
            var completion = body.Execute(ref frame);
            frame.Environment = environment;
            if (completion != Completion.Normal && LoopControl.Ends(ref frame, ref completion, labels))
                return completion;
            CopyEnvironment(ref frame);
            update?.Run(ref frame);
        }
        return Completion.Normal;
    }

    private void CopyEnvironment(ref Frame frame)
    {
        frame.Engine.Account(24 + (size * 16L));
        frame.Environment = frame.Environment.AsSpan().ToArray();
    }
}

/// <summary><c>for (target in object)</c> (ES5.1 §12.6.4)</summary>
internal sealed class ForInStep(Operation value, Step beforeTurn, Target target, Step body, int size, string[] labels, int position) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        var source = value.Evaluate(ref frame);
        if (source.IsNullOrUndefined)
            return Completion.Normal;
        frame.Mark(position);
        var o = TypeConversion.ToObject(frame.Engine, source);
        int pushed = frame.Engine.Push(JsValue.From(o));
        var outer = frame.Environment;
        var completion = Loop(ref frame, o, outer);
        frame.Environment = outer;
        frame.Engine.StackTop = pushed;
        return completion;
    }

    private Completion Loop(ref Frame frame, JsObject o, JsValue[]? outer)
    {
        var names = new PropertyEnumerator(o);
        while (names.MoveNext(out var key))
        {
            frame.Engine.TickLoop(frame.Record, position);
            if (size > 0)
                frame.Environment = EnvironmentLayout.Create(frame.Engine, outer, size);
            beforeTurn.Execute(ref frame);
            target.Assign(ref frame, key.ToValue());
            var completion = body.Execute(ref frame);
            if (completion != Completion.Normal && LoopControl.Ends(ref frame, ref completion, labels))
                return completion;
        }
        return Completion.Normal;
    }
}

/// <summary><c>for (target of iterable)</c></summary>
internal sealed class ForOfStep(Operation value, Step beforeTurn, Target target, Step body, int size, string[] labels, int position) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        var source = value.Evaluate(ref frame);
        frame.Mark(position);
        var iterator = frame.Engine.Iterate(source);
        int pushed = frame.Engine.Push(source);
        var outer = frame.Environment;
        var completion = Loop(ref frame, iterator, outer);
        frame.Environment = outer;
        frame.Engine.StackTop = pushed;
        return completion;
    }

    private Completion Loop(ref Frame frame, JsIterator iterator, JsValue[]? outer)
    {
        while (iterator.MoveNext(out var next))
        {
            frame.Engine.TickLoop(frame.Record, position);
            if (size > 0)
                frame.Environment = EnvironmentLayout.Create(frame.Engine, outer, size);
            beforeTurn.Execute(ref frame);
            target.Assign(ref frame, next);
            var completion = body.Execute(ref frame);
            if (completion != Completion.Normal && LoopControl.Ends(ref frame, ref completion, labels))
                return completion;
        }
        return Completion.Normal;
    }
}

/// <summary>
/// Evaluates the object of a <c>for…in</c> or <c>for…of</c> in an environment where the loop's own variables exist but are not initialised.
/// </summary>
internal sealed class ScopedOperation(int size, Step before, Operation value) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var outer = frame.Environment;
        if (size > 0)
            frame.Environment = EnvironmentLayout.Create(frame.Engine, outer, size);
        before.Execute(ref frame);
        var result = value.Evaluate(ref frame);
        frame.Environment = outer;
        return result;
    }
}

/// <summary>The enumerable names of an object and its prototypes; names deleted before their turn are left out.</summary>
internal sealed class PropertyEnumerator(JsObject start)
{
    private readonly List<PropertyKey> _keys = [];
    private JsObject? _object = start;
    private HashSet<PropertyKey>? _seen;
    private int _next = -1;

    internal bool MoveNext(out PropertyKey key)
    {
        while (_object is not null)
        {
            if (_next < 0)
                BeginObject(_object);
            while (_next < _keys.Count)
            {
                key = _keys[_next++];
                if (_seen?.Contains(key) == true || !_object.GetOwnProperty(key, out var descriptor))
                    continue;
                if (_object.Prototype is not null)
                    (_seen ??= []).Add(key);
                if (descriptor.IsEnumerable)
                    return true;
            }
            _object = _object.Prototype;
            _next = -1;
        }
        key = default;
        return false;
    }

    private void BeginObject(JsObject o)
    {
        _keys.Clear();
        o.CollectOwnKeys(_keys);
        o.Engine.AccountArray(_keys.Count);
        _next = 0;
    }
}
