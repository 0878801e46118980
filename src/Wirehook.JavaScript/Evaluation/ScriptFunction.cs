using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>A function written in JavaScript: code and the environment it was made in.</summary>
internal sealed class ScriptFunction : JsFunction
{
    private const int PrototypeSlot = 2;

    private readonly JsValue[]? _environment;
    private readonly JsValue _capturedThis;

    /// <summary>Makes a closure.</summary>
    /// <param name="code">The body.</param>
    /// <param name="environment">The environment at the place of the function.</param>
    /// <param name="capturedThis">For an arrow function, the <c>this</c> around it.</param>
    /// <param name="name">The function's name where it is known only at run time, else null.</param>
    internal ScriptFunction(FunctionCode code, JsValue[]? environment, in JsValue capturedThis, string? name = null)
        : base(code.Engine.Intrinsics.LazyFunctionRoot)
    {
        (Code, _environment, _capturedThis) = (code, environment, capturedThis);
        Name = name ?? code.Name;
        code.Engine.Account(48);
    }

    internal FunctionCode Code { get; }

    public override string Name { get; }

    public override int ParameterCount => Code.Length;

    public override bool IsConstructor => Code.IsConstructor;

    internal override string DefinitionText => Code.Source.Text[Code.Start..Code.End];

    public override bool FirstParameterEscapes => Code.FirstParameterEscapes;

    public override JsValue Call(in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var engine = Code.Engine;
        if (engine.Stack.Length - engine.StackTop < arguments.Length)
            return engine.CallOnNewStack(this, thisValue, arguments);
        int start = engine.StackTop;
        var stack = engine.Stack.AsSpan(start, arguments.Length);
        for (int i = 0; i < arguments.Length; i++)
            Evaluation.Slots.Store(ref stack[i], arguments[i]);
        engine.StackTop = start + arguments.Length;
        return Invoke(thisValue, start, arguments.Length);
    }

    public override JsValue Construct(ReadOnlySpan<JsValue> arguments)
    {
        if (!IsConstructor)
            return base.Construct(arguments);
        var created = JsValue.From(CreateInstance());
        var result = Call(created, arguments);
        return result.IsObject ? result : created;
    }

    /// <summary>The object that <c>new</c> passes as <c>this</c> (ES5.1 §13.2.2 steps 1 to 7).</summary>
    internal JsObject CreateInstance()
    {
        if (Shape.IsLazy)
            Materialise();
        var prototype = Slots.Length > PrototypeSlot && Shape.Table is null ? Slots[PrototypeSlot] : Get(PropertyKey.FromIdentifier("prototype"));
        return new JsObject(prototype.IsObject ? prototype.AsObject.RootForChildren(ShapeKind.Ordinary) : Engine.Intrinsics.ObjectRoot);
    }

    /// <summary>Runs the function on arguments that lie on top of the engine's stack, and takes them off.</summary>
    internal JsValue Invoke(JsValue thisValue, int start, int argumentCount)
    {
        var code = Code;
        var engine = code.Engine;
        if (!code.IsCompiled)
            code.Compile();
        int size = Math.Max(code.FrameSize, argumentCount) + code.PendingSize;
        if (start + size > engine.Stack.Length)
            return InvokeOnNewStack(engine, thisValue, start, argumentCount);
        Frame frame = default;
        frame.Record = engine.EnterScript(code);
        frame.Slots = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(engine.Stack), start);
        frame.Engine = engine;
        frame.Environment = _environment;
        frame.Callee = this;
        frame.This = thisValue;
        if (!code.IsPlain)
            Prepare(ref frame, start, argumentCount);
        int given = Math.Min(argumentCount, code.ParameterCount);
        if (given < code.FrameSize)
            MemoryMarshal.CreateSpan(ref frame.Slot(given), code.FrameSize - given).Clear();
        engine.StackTop = start + code.FrameSize;
        code.Execute(ref frame);
        engine.StackTop = start;
        engine.LeaveScript();
        return frame.Result;
    }

    /// <summary>Gives a call what not every function needs: its arguments as an array, an environment, another <c>this</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Prepare(ref Frame frame, int start, int argumentCount)
    {
        var (code, engine) = (Code, frame.Engine);
        if (code.KeepsArguments)
        {
            engine.AccountArray(argumentCount);
            frame.Arguments = engine.Stack.AsSpan(start, argumentCount).ToArray();
        }
        if (code.EnvironmentSize != 0)
            frame.Environment = EnvironmentLayout.Create(engine, _environment, code.EnvironmentSize);
        if (code.IsArrow)
            frame.This = _capturedThis;
        else if (code.ConvertsThis && !frame.This.IsObject)
            frame.This = JsValue.From(frame.This.IsNullOrUndefined ? engine.Global : engine.Wrap(frame.This));
    }

    /// <summary>Runs script or eval code.</summary>
    internal JsValue InvokeTopLevel(in JsValue thisValue, ScriptFunction? callee)
    {
        var engine = Code.Engine;
        if (!Code.IsCompiled)
            Code.Compile();
        int start = engine.StackTop;
        int size = Code.FrameSize + Code.PendingSize;
        if (start + size > engine.Stack.Length)
            return engine.CallOnNewStack(this, thisValue, default);
        Frame frame = default;
        frame.Record = engine.EnterScript(Code);
        frame.Slots = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(engine.Stack), start);
        frame.Engine = engine;
        frame.Environment = _environment;
        frame.Callee = callee;
        frame.This = thisValue;
        engine.Stack.AsSpan(start, Code.FrameSize).Clear();
        engine.StackTop = start + Code.FrameSize;
        if (Code.EnvironmentSize != 0)
            frame.Environment = EnvironmentLayout.Create(engine, _environment, Code.EnvironmentSize);
        Code.Execute(ref frame);
        engine.StackTop = start;
        engine.LeaveScript();
        return frame.Result;
    }

    internal override void Trace(MemoryTracer tracer)
    {
        base.Trace(tracer);
        tracer.Add(48);
        tracer.VisitArray(_environment);
        tracer.Visit(_capturedThis);
    }

    private protected override void Materialise()
    {
        Shape = Engine.Intrinsics.FunctionRoot;
        AddSlot(PropertyKey.FromIdentifier("length"), JsValue.From((double)ParameterCount), PropertyAttributes.Configurable);
        AddSlot(PropertyKey.FromIdentifier("name"), JsValue.From(Name), PropertyAttributes.Configurable);
        if (!IsConstructor)
            return;
        var prototype = Engine.NewObject();
        prototype.DefineData(PropertyKey.FromIdentifier("constructor"), JsValue.From(this), PropertyAttributes.Hidden);
        AddSlot(PropertyKey.FromIdentifier("prototype"), JsValue.From(prototype), PropertyAttributes.Writable);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private JsValue InvokeOnNewStack(JsEngine engine, JsValue thisValue, int start, int argumentCount)
    {
        engine.StackTop = start;
        return engine.CallOnNewStack(this, thisValue, engine.Stack.AsSpan(start, argumentCount));
    }
}
