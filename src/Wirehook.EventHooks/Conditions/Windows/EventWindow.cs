using System.Runtime.InteropServices;
using Wirehook.EventHooks.Conditions.Evaluation;
using Wirehook.Netlink.Events;
using Wirehook.Packets;

namespace Wirehook.EventHooks.Conditions.Windows;

/// <summary>Counts the events of the last so many seconds, apart for each key. An event counts for the window's length, to within 1/32 of it: what comes closer together than that
/// is counted as one entry and leaves with its first event, so that memory is bounded at any rate. Events further apart are counted exactly.</summary>
internal sealed class EventWindow
{
    private const int Resolution = 32;
    private const int Entries = Resolution + 2;
    private const int FirstSlots = 4;
    private const int None = -1;

    private readonly WindowDefinition _definition;
    private readonly int _mostKeys;
    private readonly long _step;
    private readonly Dictionary<WindowKey, int> _slotOf = [];
    private Slot[] _slots = new Slot[FirstSlots];
    private Entry[] _entries = new Entry[FirstSlots * Entries];
    private int _used;
    private int _newest = None;
    private int _oldest = None;

    /// <summary>An empty window.</summary>
    public EventWindow(WindowDefinition definition, int mostKeys)
    {
        (_definition, _mostKeys) = (definition, mostKeys);
        _step = Math.Max(1, definition.Duration / Resolution);
    }

    /// <summary>Keys that were forgotten because there were too many.</summary>
    public long Evicted { get; private set; }

    /// <summary>Takes note of an event and gives the count for its key, itself included; <see cref="WindowNode.NoCount"/> where it has no key.</summary>
    public long Observe(NetworkEvent subject)
    {
        if (!TryGetKey(subject, out var key)) return WindowNode.NoCount;
        var isCounted = _definition.Selector.Evaluate(subject, default) == Truth.True;
        if (!_slotOf.TryGetValue(key, out var index))
        {
            if (!isCounted) return 0;
            index = TakeSlot(key);
        }

        MakeNewest(index);
        return Count(index, subject.Timestamp, isCounted);
    }

    /// <summary>The count for the event's key as it stands, without taking note of it.</summary>
    public long Peek(NetworkEvent subject)
    {
        if (!TryGetKey(subject, out var key)) return WindowNode.NoCount;
        return _slotOf.TryGetValue(key, out var index) ? Count(index, subject.Timestamp, isCounted: false) : 0;
    }

    private bool TryGetKey(NetworkEvent subject, out WindowKey key)
    {
        key = new("", default);
        if (_definition.By is not { } by) return true;
        var value = by.Get(subject);
        key = new(subject.Namespace, value);
        return value.IsPresent;
    }

    private long Count(int index, Timestamp at, bool isCounted)
    {
        ref var slot = ref _slots[index];
        var entries = _entries.AsSpan(index * Entries, Entries);
        var now = at.UnixNanoseconds;
        if (now < slot.Latest - _definition.Duration) slot.Restart(now);
        slot.Latest = now = Math.Max(now, slot.Latest);
        while (slot.Length > 0 && entries[slot.First].Start <= now - _definition.Duration) slot.RemoveFirst(entries);
        if (isCounted) slot.Add(entries, now, _step);
        return slot.Total;
    }

    private int TakeSlot(in WindowKey key)
    {
        var index = _used;
        if (_used < _mostKeys)
        {
            if (++_used > _slots.Length) Grow();
        }
        else
        {
            index = _oldest;
            Unlink(index);
            _slotOf.Remove(_slots[index].Key);
            Evicted++;
        }

        _slots[index] = new() { Key = key, Newer = None, Older = None, Latest = long.MinValue / 2 };
        _slotOf.Add(key, index);
        Link(index);
        return index;
    }

    private void Grow()
    {
        var size = Math.Min(_slots.Length * 2, _mostKeys);
        Array.Resize(ref _slots, size);
        Array.Resize(ref _entries, size * Entries);
    }

    private void MakeNewest(int index)
    {
        if (index == _newest) return;
        Unlink(index);
        Link(index);
    }

    private void Link(int index)
    {
        _slots[index].Older = _newest;
        _slots[index].Newer = None;
        if (_newest != None) _slots[_newest].Newer = index;
        _newest = index;
        if (_oldest == None) _oldest = index;
    }

    private void Unlink(int index)
    {
        var (newer, older) = (_slots[index].Newer, _slots[index].Older);
        if (newer != None) _slots[newer].Older = older;
        else _newest = older;
        if (older != None) _slots[older].Newer = newer;
        else _oldest = newer;
    }

    /// <summary>Events that came within one step.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Entry
    {
        public long Start;
        public long Count;
    }

    /// <summary>The ring of entries of one key, and its place in the order of use.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Slot
    {
        public WindowKey Key;
        public long Latest;
        public long Total;
        public int First;
        public int Length;
        public int Newer;
        public int Older;

        /// <summary>Forgets all, because the clock went back by more than the window.</summary>
        public void Restart(long now) => (First, Length, Total, Latest) = (0, 0, 0, now);

        public void RemoveFirst(Span<Entry> entries)
        {
            Total -= entries[First].Count;
            First = (First + 1) % Entries;
            Length--;
        }

        public void Add(Span<Entry> entries, long now, long step)
        {
            Total++;
            var last = (First + Length - 1 + Entries) % Entries;
            if (Length > 0 && (now - entries[last].Start < step || Length == Entries))
            {
                entries[last].Count++;
                return;
            }

            entries[(First + Length) % Entries] = new() { Start = now, Count = 1 };
            Length++;
        }
    }
}
