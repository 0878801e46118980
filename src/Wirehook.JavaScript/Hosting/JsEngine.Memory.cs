using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript;

public sealed partial class JsEngine
{
    // Scripts that have left something on the objects shared by all.
    private readonly List<JsScript> _sharers = [];
    private long _sharedBytes;

    /// <summary>Bytes that a script's bindings hold, and what it has left on the global object.</summary>
    internal long Measure(JsScript script)
    {
        var tracer = new MemoryTracer();
        tracer.Visit(Global);
        tracer.Drain();
        long shared = tracer.Bytes;
        TraceCells(tracer, script);
        tracer.Drain();
        return tracer.Bytes - shared + script.SharedBytes;
    }

    /// <summary>
    /// Bytes that running calls and the current script hold. What the shared objects have grown by since the last time is the current script's;
    /// so one script that hoards there is stopped, and the others are not.
    /// </summary>
    private long MeasureLive()
    {
        var tracer = new MemoryTracer();
        tracer.Visit(Global);
        tracer.Drain();
        long shared = tracer.Bytes;
        tracer.VisitSpan(Stack.AsSpan(0, StackTop));
        foreach (var (stack, top) in _fullStacks)
            tracer.VisitSpan(stack.AsSpan(0, top));
        if (_currentScript is not { } script)
        {
            tracer.Drain();
            return tracer.Bytes - shared;
        }
        TraceCells(tracer, script);
        tracer.Drain();
        Charge(script, shared - _sharedBytes);
        _sharedBytes = shared;
        return tracer.Bytes - shared + script.SharedBytes;
    }

    private void MeasureBuiltins()
    {
        var tracer = new MemoryTracer();
        tracer.Visit(Global);
        tracer.Drain();
        _sharedBytes = tracer.Bytes;
    }

    private void Charge(JsScript script, long growth)
    {
        if (growth >= 0)
        {
            if (script.SharedBytes == 0)
                _sharers.Add(script);
            script.SharedBytes += growth;
            return;
        }
        Release(script, ref growth);
        while (growth < 0 && _sharers.MaxBy(static s => s.SharedBytes) is { } largest)
            Release(largest, ref growth);
    }

    private void Release(JsScript script, ref long growth)
    {
        long released = Math.Min(script.SharedBytes, -growth);
        script.SharedBytes -= released;
        growth += released;
        if (script.SharedBytes == 0)
            _sharers.Remove(script);
    }

    private static void TraceCells(MemoryTracer tracer, JsScript script)
    {
        foreach (var cell in script.Cells)
            tracer.Visit(cell.Value);
    }
}
