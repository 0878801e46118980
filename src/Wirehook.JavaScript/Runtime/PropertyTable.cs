namespace Wirehook.JavaScript.Runtime;

/// <summary>The properties of one object in dictionary mode: names and indices to slots, in the order of their creation.</summary>
internal sealed class PropertyTable
{
    private const int LongestRemembered = 256;

    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private (string? Name, int Slot) _last;
    private Dictionary<uint, int>? _indices;
    private Entry[] _entries;

    internal PropertyTable(int capacity) => _entries = new Entry[Math.Max(capacity, 4)];

    /// <summary>Slots in use, including those of deleted properties.</summary>
    internal int SlotCount { get; private set; }

    /// <summary>Properties that exist.</summary>
    internal int Count => _names.Count + (_indices?.Count ?? 0);

    internal bool HasIndices => _indices is { Count: > 0 };

    /// <summary>Changes with every property that comes, goes or changes its attributes.</summary>
    internal int Version { get; private set; }

    internal int Find(PropertyKey key)
    {
        if (!key.IsIndex)
            return ReferenceEquals(key.Name, _last.Name) ? _last.Slot : FindName(key.Name);
        return _indices is not null && _indices.TryGetValue(key.Index, out int place) ? place : -1;
    }

    internal PropertyAttributes AttributesOf(int slot) => _entries[slot].Attributes;

    internal void SetAttributes(int slot, PropertyAttributes attributes)
    {
        _entries[slot].Attributes = attributes;
        Version++;
    }

    internal int Add(PropertyKey key, PropertyAttributes attributes)
    {
        if (SlotCount == _entries.Length)
            Array.Resize(ref _entries, SlotCount * 2);
        int slot = SlotCount++;
        _entries[slot] = new Entry { Key = key, Attributes = attributes, Used = true };
        if (key.IsIndex)
            (_indices ??= []).Add(key.Index, slot);
        else
            _names.Add(key.Name, slot);
        Version++;
        return slot;
    }

    internal void Remove(PropertyKey key, int slot)
    {
        if (key.IsIndex)
            _indices!.Remove(key.Index);
        else
            _names.Remove(key.Name);
        _last = default;
        _entries[slot] = default;
        Version++;
    }

    internal bool TryGetEntry(int slot, out PropertyKey key, out PropertyAttributes attributes)
    {
        ref var entry = ref _entries[slot];
        (key, attributes) = (entry.Key, entry.Attributes);
        return entry.Used;
    }

    /// <summary>Closes the gaps that deletions left once they outnumber the properties, and moves the values alike.</summary>
    internal void CompactWhenSparse(JsValue[] slots)
    {
        if (SlotCount < 16 || Count * 2 > SlotCount)
            return;
        int target = 0;
        for (int i = 0; i < SlotCount; i++)
        {
            if (!_entries[i].Used)
                continue;
            if (i != target)
            {
                (_entries[target], slots[target]) = (_entries[i], slots[i]);
                if (_entries[i].Key.IsIndex)
                    _indices![_entries[i].Key.Index] = target;
                else
                    _names[_entries[i].Key.Name] = target;
            }
            target++;
        }
        _last = default;
        Array.Clear(_entries, target, SlotCount - target);
        Array.Clear(slots, target, SlotCount - target);
        SlotCount = target;
        Version++;
    }

    internal void CollectIndices(List<uint> indices)
    {
        if (_indices is not null)
            indices.AddRange(_indices.Keys);
    }

    // A name is often looked up twice, such as for `counts[key] = (counts[key] || 0) + 1`: the second time costs no hashing.
    private int FindName(string name)
    {
        if (!_names.TryGetValue(name, out int slot))
            return -1;
        if (name.Length <= LongestRemembered)
            _last = (name, slot);
        return slot;
    }

    private struct Entry
    {
        internal PropertyKey Key;
        internal PropertyAttributes Attributes;
        internal bool Used;
    }
}
