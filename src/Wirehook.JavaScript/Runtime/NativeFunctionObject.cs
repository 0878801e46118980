namespace Wirehook.JavaScript.Runtime;

/// <summary>A function written in C#: a built-in or a helper of the host.</summary>
internal sealed class NativeFunctionObject : JsFunction
{
    private readonly NativeFunction _code;
    private readonly NativeFunction? _construct;

    internal NativeFunctionObject(JsEngine engine, string name, int length, NativeFunction code, NativeFunction? construct = null)
        : base(engine.Intrinsics.LazyFunctionRoot)
    {
        (Name, ParameterCount, _code, _construct) = (name, length, code, construct);
    }

    public override string Name { get; }

    public override int ParameterCount { get; }

    public override bool IsConstructor => _construct is not null;

    public override JsValue Call(in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var engine = Engine;
        engine.EnterNative();
        var result = _code(engine, thisValue, arguments);
        engine.LeaveNative();
        return result;
    }

    /// <summary>Runs the construct code; its <c>this</c> is the function itself.</summary>
    public override JsValue Construct(ReadOnlySpan<JsValue> arguments)
    {
        if (_construct is null)
            return base.Construct(arguments);
        var engine = Engine;
        engine.EnterNative();
        var result = _construct(engine, JsValue.From(this), arguments);
        engine.LeaveNative();
        return result;
    }

    private protected override void Materialise()
    {
        Shape = Engine.Intrinsics.FunctionRoot;
        AddSlot("length", JsValue.From((double)ParameterCount), PropertyAttributes.Configurable);
        AddSlot("name", JsValue.From(Name), PropertyAttributes.Configurable);
    }
}
