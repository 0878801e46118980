using System.Runtime.CompilerServices;
using Wirehook.JavaScript.Runtime;
using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>The arguments of a call, and how a call with them runs: they are evaluated straight into the place where the callee has its parameters.</summary>
internal class CallArguments(Operand[] arguments, bool hasSpread, CalleeName calleeName, int position)
{
    internal ReadOnlySpan<Operand> Operands => arguments;

    internal JsValue Call(ref Frame frame, JsValue callee, JsValue thisValue)
    {
        var engine = frame.Engine;
        if (hasSpread)
            return CallSpread(ref frame, callee, thisValue);
        int start = engine.StackTop;
        foreach (ref readonly var argument in arguments.AsSpan())
        {
            var value = argument.Evaluate(ref frame);
            engine.Push(value);
        }
        frame.Mark(position);
        if (callee.Reference is ScriptFunction function)
            return function.Invoke(thisValue, start, arguments.Length);
        return CallStacked(ref frame, callee, thisValue, start);
    }

    internal JsValue Construct(ref Frame frame, in JsValue callee)
    {
        var engine = frame.Engine;
        int start = engine.StackTop;
        JsArray? spread = hasSpread ? Gather(ref frame) : null;
        for (int i = 0; i < arguments.Length && spread is null; i++)
        {
            var value = arguments[i].Evaluate(ref frame);
            engine.Push(value);
        }
        frame.Mark(position);
        if (callee.AsFunction is not { IsConstructor: true } constructor)
            throw engine.TypeError($"{calleeName} is not a constructor");
        if (spread is null && constructor is ScriptFunction function)
        {
            var created = JsValue.From(function.CreateInstance());
            var returned = function.Invoke(created, start, arguments.Length);
            return returned.IsObject ? returned : created;
        }
        var result = constructor.Construct(spread is null ? engine.Stack.AsSpan(start, arguments.Length) : Values(spread));
        engine.StackTop = start;
        return result;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private JsValue CallStacked(ref Frame frame, JsValue callee, JsValue thisValue, int start)
    {
        var engine = frame.Engine;
        var result = CallOther(ref frame, callee, thisValue, engine.Stack.AsSpan(start, arguments.Length));
        engine.StackTop = start;
        return result;
    }

    /// <summary>Calls what is no function of a script called in the plain way: a built-in, a bound function, or any function with spread arguments.</summary>
    private protected virtual JsValue CallOther(ref Frame frame, in JsValue callee, in JsValue thisValue, ReadOnlySpan<JsValue> values)
    {
        if (callee.AsFunction is not { } function)
            throw frame.Engine.TypeError($"{calleeName} is not a function");
        return function.Call(thisValue, values);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private JsValue CallSpread(ref Frame frame, JsValue callee, JsValue thisValue)
    {
        var values = Gather(ref frame);
        frame.Mark(position);
        return CallOther(ref frame, callee, thisValue, Values(values));
    }

    private JsArray Gather(ref Frame frame)
    {
        var engine = frame.Engine;
        var values = engine.NewArray(default);
        int pushed = engine.Push(JsValue.From(values));
        foreach (var argument in arguments)
        {
            if (argument.Operation is Spread spread)
                spread.Append(ref frame, values, position);
            else
                values.Add(argument.Evaluate(ref frame));
        }
        engine.StackTop = pushed;
        return values;
    }

    private static Span<JsValue> Values(JsArray values)
    {
        values.TryGetDense(out var elements);
        foreach (ref var element in elements)
        {
            if (element.IsEmpty)
                element = default;
        }
        return elements;
    }
}

/// <summary>How messages name what is called: its source text where that is a short name or path.</summary>
/// <param name="Source">The source; null for what has no name.</param>
/// <param name="Start">Where the text begins.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct CalleeName(SourceText? Source, int Start, int End)
{
    private const int MaximumLength = 80;

    public override string ToString() => Source is not null && End - Start <= MaximumLength ? Source.Text[Start..End] : "(intermediate value)";
}

/// <summary><c>f(…)</c></summary>
internal sealed class CallValue(Operation callee, CallArguments arguments) : Operation
{
    private readonly Operand _callee = new(callee);

    internal override JsValue Evaluate(ref Frame frame)
    {
        var function = _callee.Evaluate(ref frame);
        return arguments.Call(ref frame, function, default);
    }
}

/// <summary><c>object.name(…)</c></summary>
internal sealed class CallMember(MemberRead member, CallArguments arguments) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var engine = frame.Engine;
        var thisValue = member.EvaluateTarget(ref frame);
        int pushed = engine.Push(thisValue);
        var function = member.ReadFrom(ref frame, thisValue);
        var result = arguments.Call(ref frame, function, thisValue);
        engine.StackTop = pushed;
        return result;
    }
}

/// <summary><c>object[key](…)</c></summary>
internal sealed class CallIndex(IndexRead index, CallArguments arguments) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var engine = frame.Engine;
        var thisValue = index.EvaluateTarget(ref frame);
        var function = index.ReadFrom(ref frame, thisValue);
        int pushed = engine.Push(thisValue);
        var result = arguments.Call(ref frame, function, thisValue);
        engine.StackTop = pushed;
        return result;
    }
}

/// <summary><c>name(…)</c> of a name looked up at run time: within <c>with</c>, its object becomes <c>this</c>.</summary>
internal sealed class CallDynamic(DynamicName name, CallArguments arguments, int position) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        frame.Mark(position);
        var place = name.Resolve(ref frame);
        var function = place.Read(ref frame, name.Name, false, name.IsStrict);
        return arguments.Call(ref frame, function, place.ThisValue);
    }
}

/// <summary><c>new F(…)</c></summary>
internal sealed class New(Operation callee, CallArguments arguments) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var constructor = callee.Evaluate(ref frame);
        int pushed = frame.Engine.Push(constructor);
        var result = arguments.Construct(ref frame, constructor);
        frame.Engine.StackTop = pushed;
        return result;
    }
}

/// <summary><c>eval(…)</c>: direct when the name still means the built-in (ES5.1 §15.1.2.1.1).</summary>
internal sealed class CallEval(Operation callee, CallArguments arguments, Scope scope, FunctionCode code, int position) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var function = callee.Evaluate(ref frame);
        var values = arguments.Operands;
        if (!ReferenceEquals(function.Reference, frame.Engine.EvalFunction) || values.Length == 0)
            return arguments.Call(ref frame, function, default);
        var source = values[0].Evaluate(ref frame);
        foreach (ref readonly var value in values[1..])
            value.Evaluate(ref frame);
        frame.Mark(position);
        return source.IsString ? frame.Engine.EvalDirect(ref frame, source.AsString, scope, code) : source;
    }
}
