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
    private long _bytes;

    /// <summary>How many entries there are.</summary>
    public int Count => _entries.Count;

    /// <summary>Remembers <paramref name="value"/>, which keeps <paramref name="size"/> bytes, instead of what was known of <paramref name="key"/>.</summary>
    public void Set(TKey key, TValue value, int size)
    {
        Forget(key);
        while (_entries.Count > 0 && (_entries.Count >= EntryLimit || _bytes + size > ByteLimit)) Forget(First());
        _entries.Add(key, new Entry(value, size + Overhead));
        Account(size + Overhead);
    }

    /// <summary>What is known of <paramref name="key"/>, or null.</summary>
    public TValue? Find(TKey key) => _entries.TryGetValue(key, out var entry) ? entry.Value : null;

    /// <summary>Forgets <paramref name="key"/>.</summary>
    public void Forget(TKey key)
    {
        if (_entries.Remove(key, out var entry)) Account(-entry.Size);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        if (_entries.Count == 0) return;
        _entries.Clear();
        Account(-_bytes);
    }

    internal override void Release(Timestamp now) => Clear();

    /// <summary>A dictionary from which the first entries are removed enumerates in the order of their addition, but for reused slots: near enough to oldest first.</summary>
    private TKey First()
    {
        foreach (var key in _entries.Keys) return key;
        return default!;
    }

    private void Account(long bytes)
    {
        _bytes += bytes;
        context.Memory.ReportMessage(this, _bytes);
    }

    private readonly record struct Entry(TValue Value, int Size);
}
