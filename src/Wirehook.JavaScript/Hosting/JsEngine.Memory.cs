using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript;

public sealed partial class JsEngine
{
    // What scripts have left on the objects shared by all. The accounts outlive their scripts: what is left there does too.
    private readonly List<SharedMemory> _sharers = [];
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
        return tracer.Bytes - shared + script.Shared.Bytes;
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
        Charge(script.Shared, shared - _sharedBytes);
        _sharedBytes = shared;
        return tracer.Bytes - shared + script.Shared.Bytes;
    }

    private void MeasureBuiltins()
    {
        var tracer = new MemoryTracer();
        tracer.Visit(Global);
        tracer.Drain();
        _sharedBytes = tracer.Bytes;
    }

    private void Charge(SharedMemory account, long growth)
    {
        if (growth == 0)
            return;
        if (growth > 0)
        {
            if (account.Bytes == 0)
                _sharers.Add(account);
            account.Bytes += growth;
            return;
        }
        Release(account, ref growth);
        while (growth < 0 && _sharers.MaxBy(static s => s.Bytes) is { } largest)
            Release(largest, ref growth);
    }

    private void Release(SharedMemory account, ref long growth)
    {
        long released = Math.Min(account.Bytes, -growth);
        account.Bytes -= released;
        growth += released;
        if (account.Bytes == 0)
            _sharers.Remove(account);
    }

    private static void TraceCells(MemoryTracer tracer, JsScript script)
    {
        foreach (var cell in script.Cells)
            tracer.Visit(cell.Value);
    }
}

/// <summary>Bytes that one script has left on objects shared by all scripts, as last measured.</summary>
internal sealed class SharedMemory
{
    internal long Bytes { get; set; }
}
