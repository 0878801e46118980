namespace Wirehook.JavaScript.Runtime;

/// <summary>What <c>Function.prototype.bind</c> gives (ES5.1 §15.3.4.5).</summary>
internal sealed class BoundFunction : JsFunction
{
    private readonly JsValue _boundThis;
    private readonly JsValue[] _boundArguments;

    internal BoundFunction(JsFunction target, in JsValue boundThis, ReadOnlySpan<JsValue> boundArguments, string name, int length)
        : base(target.Engine.Intrinsics.LazyFunctionRoot)
    {
        (Target, _boundThis, _boundArguments, Name, ParameterCount) = (target, boundThis, boundArguments.ToArray(), name, length);
        Engine.AccountArray(boundArguments.Length);
    }

    internal JsFunction Target { get; }

    public override string Name { get; }

    public override int ParameterCount { get; }

    public override bool IsConstructor => Target.IsConstructor;

    public override JsValue Call(in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        Engine.EnterNative();
        var result = Target.Call(_boundThis, Join(arguments));
        Engine.LeaveNative();
        return result;
    }

    public override JsValue Construct(ReadOnlySpan<JsValue> arguments)
    {
        Engine.EnterNative();
        var result = Target.Construct(Join(arguments));
        Engine.LeaveNative();
        return result;
    }

    internal override bool HasInstance(in JsValue value) => Target.HasInstance(value);

    internal override void Trace(MemoryTracer tracer)
    {
        base.Trace(tracer);
        tracer.Visit(Target);
        tracer.Visit(_boundThis);
        tracer.VisitArray(_boundArguments);
    }

    private ReadOnlySpan<JsValue> Join(ReadOnlySpan<JsValue> arguments)
    {
        if (_boundArguments.Length == 0)
            return arguments;
        if (arguments.Length == 0)
            return _boundArguments;
        Engine.AccountArray(_boundArguments.Length + arguments.Length);
        var joined = new JsValue[_boundArguments.Length + arguments.Length];
        _boundArguments.CopyTo(joined, 0);
        arguments.CopyTo(joined.AsSpan(_boundArguments.Length));
        return joined;
    }

    private protected override void Materialise()
    {
        Shape = Engine.Intrinsics.FunctionRoot;
        AddSlot("length", JsValue.From((double)ParameterCount), PropertyAttributes.Configurable);
        AddSlot("name", JsValue.From(Name), PropertyAttributes.Configurable);
    }
}
