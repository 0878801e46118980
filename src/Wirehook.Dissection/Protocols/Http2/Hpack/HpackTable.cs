using Wirehook.Dissection.Engine;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Http2.Hpack;

/// <summary>
/// One direction's dynamic table (RFC 7541 §2.3.2). Entries are numbered from the newest, so that what was inserted before the capture began is unknown and
/// what comes later is right. It counts against the engine's memory, which may make it forget everything.
/// </summary>
internal sealed class HpackTable(DissectionMemory? memory) : MemoryHolder
{
    /// <summary>The size that both sides begin with (RFC 9113 §6.5.2).</summary>
    private const int InitialCapacity = 4096;

    /// <summary>Most that is kept, whatever the peers agree on: entries beyond are forgotten, which makes later references to them unknown.</summary>
    private const int LargestCapacity = 64 << 10;

    private HeaderField[] _ring = [];
    private int _newest;
    private int _count;
    private int _size;
    private int _capacity = InitialCapacity;

    /// <summary>How many entries are known.</summary>
    public int Count => _count;

    /// <summary>Whether entries may be referred to that are not here, although both sides have them.</summary>
    public bool MayMiss { get; private set; }

    /// <summary>The entry at <paramref name="index"/>, 0 for the newest; null where it is not known.</summary>
    public HeaderField? At(int index) => index < _count ? _ring[(_newest + index) & (_ring.Length - 1)] : null;

    /// <summary>Inserts the newest entry; the oldest leave for it (RFC 7541 §4.4).</summary>
    public void Insert(HeaderField field)
    {
        var size = field.Size;
        while (_count > 0 && _size + size > _capacity) EvictOldest();
        if (size <= _capacity)
        {
            if (_count == _ring.Length) Grow();
            _newest = (_newest - 1) & (_ring.Length - 1);
            _ring[_newest] = field;
            _count++;
            _size += size;
        }

        memory?.ReportStream(this, _size);
    }

    /// <summary>The sender changes the capacity (RFC 7541 §6.3).</summary>
    public void Resize(long capacity)
    {
        _capacity = (int)Math.Min(capacity, LargestCapacity);
        MayMiss |= capacity > LargestCapacity;
        while (_size > _capacity) EvictOldest();
        memory?.ReportStream(this, _size);
    }

    /// <summary>Insertions, and what the sides agreed on, were not seen or are forgotten.</summary>
    public void Lose()
    {
        (_capacity, MayMiss) = (LargestCapacity, true);
        Clear();
    }

    /// <summary>Lets go of every entry.</summary>
    public void Clear()
    {
        (_ring, _newest, _count, _size) = ([], 0, 0, 0);
        memory?.ReportStream(this, 0);
    }

    internal override void Release(Timestamp now) => Lose();

    private void EvictOldest()
    {
        var at = (_newest + --_count) & (_ring.Length - 1);
        _size -= _ring[at].Size;
        _ring[at] = null!;
    }

    private void Grow()
    {
        var larger = new HeaderField[Math.Max(8, _ring.Length * 2)];
        for (var i = 0; i < _count; i++) larger[i] = _ring[(_newest + i) & (_ring.Length - 1)];
        (_ring, _newest) = (larger, 0);
    }
}
