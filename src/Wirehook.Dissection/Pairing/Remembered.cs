using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Packets;

namespace Wirehook.Dissection.Pairing;

/// <summary>
/// What later messages of a connection refer to by name or number, such as prepared statements. Bounded in number and bytes: what was told first is forgotten
/// first, and all of it where the engine's memory runs out; a message that refers to it then lacks what it would have told.
/// </summary>
/// <param name="context">The flow's context.</param>
internal sealed class Remembered<TKey, TValue>(FlowContext context) : MemoryHolder
    where TKey : notnull
    where TValue : class
{
    private const int EntryLimit = 1024;
    private const long ByteLimit = 1 << 20;
    private const int Overhead = 160;
    private readonly Dictionary<TKey, Entry> _entries = [];
    private readonly Queue<(TKey Key, long Number)> _order = [];
    private long _latest;
    private long _bytes;

    /// <summary>How many entries there are.</summary>
    public int Count => _entries.Count;

    /// <summary>Remembers <paramref name="value"/>, which keeps <paramref name="size"/> bytes, instead of what was known of <paramref name="key"/>.</summary>
    public void Set(TKey key, TValue value, int size)
    {
        Remove(key);
        while (_entries.Count > 0 && (_entries.Count >= EntryLimit || _bytes + size > ByteLimit)) RemoveOldest();
        _entries.Add(key, new Entry(value, size + Overhead, ++_latest));
        _bytes += size + Overhead;
        _order.Enqueue((key, _latest));
        if (_order.Count > 2 * EntryLimit) DropStale();
        context.Memory.ReportMessage(this, _bytes);
    }

    /// <summary>What is known of <paramref name="key"/>, or null.</summary>
    public TValue? Find(TKey key) => _entries.TryGetValue(key, out var entry) ? entry.Value : null;

    /// <summary>Forgets <paramref name="key"/>.</summary>
    public void Forget(TKey key)
    {
        if (Remove(key)) context.Memory.ReportMessage(this, _bytes);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        if (_entries.Count == 0) return;
        _entries.Clear();
        _order.Clear();
        _bytes = 0;
        context.Memory.ReportMessage(this, 0);
    }

    internal override void Release(Timestamp now) => Clear();

    private bool Remove(TKey key)
    {
        if (!_entries.Remove(key, out var entry)) return false;
        _bytes -= entry.Size;
        return true;
    }

    /// <summary>The order has a place for every addition; those of keys that were forgotten or set again since are stale.</summary>
    private void RemoveOldest()
    {
        while (_order.TryDequeue(out var oldest))
        {
            if (!_entries.TryGetValue(oldest.Key, out var entry) || entry.Number != oldest.Number) continue;
            Remove(oldest.Key);
            return;
        }
    }

    private void DropStale()
    {
        for (var left = _order.Count; left > 0; left--)
        {
            var place = _order.Dequeue();
            if (_entries.TryGetValue(place.Key, out var entry) && entry.Number == place.Number) _order.Enqueue(place);
        }
    }

    private readonly record struct Entry(TValue Value, int Size, long Number);
}
