using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>
/// The entries of a Map or Set in the order of their insertion. A walk stays valid whatever is added and removed on the way: removed entries keep a
/// link back to what came before them.
/// </summary>
internal sealed class InsertionOrderedTable(JsEngine engine)
{
    private const int EntryBytes = 144;

    private readonly Dictionary<JsValue, Entry> _entries = new(KeyComparer.Instance);
    private readonly Entry _head = new(default, default);
    private Entry? _last;

    /// <summary>How many entries there are.</summary>
    internal int Count => _entries.Count;

    /// <summary>The entry of a key, or null.</summary>
    internal Entry? Find(in JsValue key) => _entries.GetValueOrDefault(key);

    /// <summary>Adds an entry or gives an existing one another value.</summary>
    internal void Set(in JsValue key, in JsValue value)
    {
        if (_entries.TryGetValue(key, out var known))
        {
            known.Value = value;
            return;
        }
        engine.Account(EntryBytes);
        var normal = key is { IsNumber: true, AsNumber: 0 } ? JsValue.Zero : key;
        var last = _last ?? _head;
        var entry = new Entry(normal, value) { Previous = last };
        last.Next = entry;
        _last = entry;
        _entries.Add(normal, entry);
    }

    /// <summary>Removes an entry; false when there is none.</summary>
    internal bool Remove(in JsValue key)
    {
        if (!_entries.Remove(key, out var entry))
            return false;
        Unlink(entry);
        return true;
    }

    /// <summary>Removes all entries.</summary>
    internal void Clear()
    {
        for (var entry = _head.Next; entry is not null; entry = entry.Next)
        {
            entry.IsRemoved = true;
            entry.Previous = _head;
        }
        _head.Next = null;
        _last = null;
        _entries.Clear();
    }

    /// <summary>Steps behind an entry, or to the first one from null; null at the end.</summary>
    internal Entry? After(Entry? entry)
    {
        var from = entry ?? _head;
        while (from.IsRemoved)
            from = from.Previous!;
        return from.Next;
    }

    /// <summary>Counts what the entries hold.</summary>
    internal void Trace(MemoryTracer tracer)
    {
        tracer.Add((long)_entries.Count * EntryBytes);
        for (var entry = _head.Next; entry is not null; entry = entry.Next)
        {
            tracer.Visit(entry.Key);
            tracer.Visit(entry.Value);
        }
    }

    private void Unlink(Entry entry)
    {
        entry.IsRemoved = true;
        entry.Previous!.Next = entry.Next;
        if (entry.Next is null)
            _last = ReferenceEquals(entry.Previous, _head) ? null : entry.Previous;
        else
            entry.Next.Previous = entry.Previous;
    }

    /// <summary>One entry; a Set's has no value.</summary>
    internal sealed class Entry(JsValue key, JsValue value)
    {
        internal JsValue Key { get; } = key;

        internal JsValue Value { get; set; } = value;

        internal Entry? Next { get; set; }

        internal Entry? Previous { get; set; }

        internal bool IsRemoved { get; set; }
    }

    /// <summary>Equality by SameValueZero.</summary>
    private sealed class KeyComparer : IEqualityComparer<JsValue>
    {
        internal static readonly KeyComparer Instance = new();

        public bool Equals(JsValue x, JsValue y) => TypeConversion.SameValueZero(x, y);

        public int GetHashCode(JsValue value)
        {
            if (value.IsNumber)
                return value.AsNumber == 0 ? 0 : value.AsNumber.GetHashCode();
            if (value.IsString)
                return value.AsString.GetHashCode();
            return value.Reference is null ? 1 : System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value.Reference);
        }
    }
}

/// <summary>Which part of an entry a walk gives.</summary>
internal enum EntryPart
{
    Key,
    Value,
    Both,
}

/// <summary>Walks the entries of a Map or Set.</summary>
internal sealed class EntryIterator(JsEngine engine, InsertionOrderedTable table, EntryPart part) : JsIterator
{
    private InsertionOrderedTable.Entry? _current;
    private bool _ended;

    internal override bool MoveNext(out JsValue value)
    {
        value = default;
        if (_ended || table.After(_current) is not { } next)
        {
            _ended = true;
            return false;
        }
        _current = next;
        value = part switch
        {
            EntryPart.Key => next.Key,
            EntryPart.Value => next.Value,
            _ => JsValue.From(engine.NewArray([next.Key, next.Value])),
        };
        return true;
    }
}
