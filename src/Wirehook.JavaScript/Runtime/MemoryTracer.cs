namespace Wirehook.JavaScript.Runtime;

/// <summary>Measures how much memory a graph of objects holds, without recursion. Shared parts count once.</summary>
internal sealed class MemoryTracer
{
    private const int StringHeaderBytes = 24;
    private const int ArrayHeaderBytes = 24;

    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<object> _pending = new();

    /// <summary>Bytes found so far.</summary>
    internal long Bytes { get; private set; }

    internal void Add(long bytes) => Bytes += bytes;

    internal void Visit(in JsValue value)
    {
        if (value.IsNumber || value.Reference is null or ValueTag)
            return;
        VisitReference(value.Reference);
    }

    internal void Visit(JsObject? o)
    {
        if (o is not null)
            VisitReference(o);
    }

    internal void VisitString(string text) => VisitReference(text);

    /// <summary>Visits a block of values that may be shared, such as the scope of several closures.</summary>
    internal void VisitArray(JsValue[]? values)
    {
        if (values is { Length: > 0 })
            VisitReference(values);
    }

    internal void VisitSpan(ReadOnlySpan<JsValue> values)
    {
        foreach (ref readonly var value in values)
            Visit(value);
    }

    /// <summary>Counts the object's own parts: slots, table, prototype.</summary>
    internal void VisitSlots(JsObject o)
    {
        Bytes += JsObject.BaseBytes + (long)o.Slots.Length * JsObject.SlotBytes;
        if (o.Shape.Table is { } table)
        {
            Bytes += table.SlotCount * 64L;
            for (int i = 0; i < table.SlotCount; i++)
            {
                if (table.TryGetEntry(i, out var key, out _) && !key.IsIndex)
                    VisitReference(key.Name);
            }
        }
        VisitSpan(o.Slots);
        Visit(o.Shape.Prototype);
    }

    /// <summary>Follows everything visited so far to its end.</summary>
    internal void Drain()
    {
        while (_pending.TryPop(out var next))
            Follow(next);
    }

    private void VisitReference(object reference)
    {
        if (_seen.Add(reference))
            _pending.Push(reference);
    }

    private void Follow(object reference)
    {
        switch (reference)
        {
            case string text:
                Bytes += StringHeaderBytes + 2L * text.Length;
                break;
            case JsObject o:
                o.Trace(this);
                break;
            case Rope rope:
                rope.Trace(this);
                break;
            case Rope.Buffer buffer:
                Bytes += ArrayHeaderBytes + 2L * buffer.Characters.Length;
                break;
            case JsValue[] values:
                Bytes += ArrayHeaderBytes + (long)values.Length * JsObject.SlotBytes;
                VisitSpan(values);
                break;
            case Accessor accessor:
                Visit(accessor.Getter);
                Visit(accessor.Setter);
                break;
        }
    }

    /// <summary>Visits a part of a rope.</summary>
    internal void VisitText(object? part)
    {
        if (part is not null)
            VisitReference(part);
    }
}
