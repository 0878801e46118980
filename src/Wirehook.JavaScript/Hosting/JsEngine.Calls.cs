using Wirehook.JavaScript.Evaluation;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript;

public sealed partial class JsEngine
{
    private const int InitialCalls = 64;
    private const int InitialStack = 1024;

    private CallRecord[] _calls = new CallRecord[InitialCalls];
    private int _callDepth;
    private JsValue[] _stack = new JsValue[InitialStack];
    private int _stackTop;
    private JsScript? _currentScript;

    /// <summary>Parses and compiles a script. Nothing runs yet.</summary>
    /// <param name="name">The name that errors show, usually a file name.</param>
    /// <param name="source">The script's text.</param>
    /// <param name="scope">Where its top-level bindings live.</param>
    /// <exception cref="JsSyntaxException">The text is no valid script.</exception>
    public JsScript Compile(string name, string source, JsScriptScope scope = JsScriptScope.Own) =>
        throw new NotSupportedException($"{name}: {source.Length} {scope} {_stackTop}");

    /// <summary>Runs a script's top-level code within the limits.</summary>
    /// <returns>The completion value (ES5.1 §14).</returns>
    /// <exception cref="JsException">The script throws.</exception>
    /// <exception cref="JsStoppedException">A guard stopped the script; the engine is usable all the same.</exception>
    public JsValue Run(JsScript script) => throw new NotSupportedException($"{script} {_stackTop}");

    /// <summary>Calls a function of a script within the limits.</summary>
    /// <param name="owner">The script on whose account the call goes.</param>
    /// <param name="function">The function.</param>
    /// <param name="thisValue">The value of <c>this</c>.</param>
    /// <param name="arguments">The arguments.</param>
    /// <exception cref="JsException">The function throws, or the value is no function.</exception>
    /// <exception cref="JsStoppedException">A guard stopped the call; the engine is usable all the same.</exception>
    public JsValue Call(JsScript owner, JsValue function, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        if (function.AsFunction is not { } callee)
            throw TypeError($"{Describe(function)} is not a function");
        bool outermost = BeginCall(owner);
        try
        {
            return callee.Call(thisValue, arguments);
        }
        finally
        {
            EndCall(outermost);
        }
    }

    private bool BeginCall(JsScript? owner)
    {
        if (_depth > 0)
            return false;
        _currentScript = owner;
        _fuel = FuelSlice;
        _callStart = -1;
        _safeStack = nint.MaxValue;
        return true;
    }

    private void EndCall(bool outermost)
    {
        if (!outermost)
            return;
        _depth = 0;
        _callDepth = 0;
        if (_stackTop != 0 || _stack.Length != InitialStack)
        {
            _stackTop = 0;
            _stack = new JsValue[InitialStack];
        }
    }

    /// <summary>Bytes that a script's bindings hold beyond the global object.</summary>
    internal long Measure(JsScript script)
    {
        var tracer = new MemoryTracer();
        TraceShared(tracer);
        long shared = tracer.Bytes;
        TraceCells(tracer, script);
        tracer.Drain();
        return tracer.Bytes - shared;
    }

    /// <summary>Bytes that running calls, the current script and the global object hold.</summary>
    private long MeasureLive()
    {
        var tracer = new MemoryTracer();
        TraceShared(tracer);
        if (_currentScript is { } script)
            TraceCells(tracer, script);
        tracer.VisitSpan(_stack.AsSpan(0, _stackTop));
        tracer.Drain();
        return tracer.Bytes;
    }

    private void TraceShared(MemoryTracer tracer)
    {
        tracer.Visit(Global);
        tracer.Drain();
    }

    private static void TraceCells(MemoryTracer tracer, JsScript script)
    {
        foreach (var cell in script.Cells)
            tracer.Visit(cell.Value);
    }
}
