using System.Buffers;

namespace Wirehook.Packets.Reassembly;

/// <summary>One run of stream bytes that waits for bytes before it.</summary>
internal struct HeldSegment
{
    /// <summary>Sequence number of the first byte.</summary>
    public uint Sequence;

    /// <summary>Sequence numbers covered.</summary>
    public int Length;

    /// <summary>The bytes, in a rented array that may be longer; null where the snap length cut them off.</summary>
    public byte[]? Data;

    /// <summary>The packet that brought them.</summary>
    public SegmentStamp Stamp;

    /// <summary>Sequence number after the last byte.</summary>
    public readonly uint End => Sequence + (uint)Length;
}

/// <summary>
/// One direction's waiting bytes by sequence number, without overlaps: bytes that came first stay, later copies of them only fill what is still missing.
/// </summary>
internal sealed class HeldSegments
{
    /// <summary>The least that a segment is charged, so that one-byte segments cannot hold more memory than they are charged for.</summary>
    private const int LeastCharge = 512;

    /// <summary>Entries that an empty list may keep room for.</summary>
    private const int LargestIdle = 64;

    private HeldSegment[] _items = new HeldSegment[4];
    private int _first;

    /// <summary>Segments held.</summary>
    public int Count { get; private set; }

    /// <summary>Memory charged for them, in bytes.</summary>
    public int Charged { get; private set; }

    /// <summary>The segment with the lowest sequence number.</summary>
    public ref HeldSegment First => ref _items[_first];

    /// <summary>Adds the bytes of a segment that are not held yet.</summary>
    /// <param name="sequence">Sequence number of the first byte.</param>
    /// <param name="data">Captured bytes.</param>
    /// <param name="missing">Bytes behind them that the snap length cut off.</param>
    /// <param name="stamp">The packet.</param>
    /// <returns>Bytes that were held already, and how many of those differed.</returns>
    public (int Duplicate, int Differing) Insert(uint sequence, ReadOnlySpan<byte> data, int missing, in SegmentStamp stamp)
    {
        var (total, position, duplicate, differing) = (data.Length + missing, 0, 0, 0);
        for (var i = FindEndAfter(sequence); position < total;)
        {
            var at = sequence + (uint)position;
            var room = i < Count ? (int)(_items[_first + i].Sequence - at) : int.MaxValue;
            if (room <= 0)
            {
                ref var held = ref _items[_first + i++];
                var overlap = Math.Min(Math.Max(0, (int)(held.End - at)), total - position);
                differing += CountDiffering(held, at, data, position, overlap);
                duplicate += overlap;
                position += overlap;
                continue;
            }

            var length = Math.Min(room, total - position);
            var captured = Math.Clamp(data.Length - position, 0, length);
            if (captured > 0) InsertAt(i++, at, captured, Copy(data.Slice(position, captured)), stamp);
            if (captured < length) InsertAt(i++, at + (uint)captured, length - captured, null, stamp);
            position += length;
        }

        return (duplicate, differing);
    }

    /// <summary>Drops the first segment and gives its memory back.</summary>
    public void RemoveFirst()
    {
        ref var item = ref First;
        Charged -= ChargeOf(item.Data);
        if (item.Data is not null) ArrayPool<byte>.Shared.Return(item.Data);
        item = default;
        _first++;
        if (--Count > 0) return;
        _first = 0;
        if (_items.Length > LargestIdle) _items = new HeldSegment[4];
    }

    /// <summary>Drops everything.</summary>
    public void Clear()
    {
        while (Count > 0) RemoveFirst();
    }

    private static int ChargeOf(byte[]? data) => Math.Max(LeastCharge, data?.Length ?? 0);

    private static byte[] Copy(ReadOnlySpan<byte> data)
    {
        var copy = ArrayPool<byte>.Shared.Rent(data.Length);
        data.CopyTo(copy);
        return copy;
    }

    private static int CountDiffering(in HeldSegment held, uint at, ReadOnlySpan<byte> data, int position, int overlap)
    {
        var captured = Math.Min(overlap, data.Length - position);
        if (held.Data is null || captured <= 0) return 0;
        var mine = held.Data.AsSpan((int)(at - held.Sequence), captured);
        var theirs = data.Slice(position, captured);
        var differing = 0;
        for (var same = mine.CommonPrefixLength(theirs); same < captured; same++)
        {
            if (mine[same] != theirs[same]) differing++;
        }

        return differing;
    }

    /// <summary>Index of the first segment that ends after <paramref name="sequence"/>.</summary>
    private int FindEndAfter(uint sequence)
    {
        if (Count == 0 || (int)(_items[_first + Count - 1].End - sequence) <= 0) return Count;
        var (low, high) = (0, Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if ((int)(_items[_first + middle].End - sequence) > 0) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    private void InsertAt(int index, uint sequence, int length, byte[]? data, in SegmentStamp stamp)
    {
        var nearFront = index < Count / 2;
        if (nearFront ? _first == 0 : _first + Count == _items.Length) MakeRoom();
        if (nearFront)
        {
            _items.AsSpan(_first, index).CopyTo(_items.AsSpan(_first - 1));
            _first--;
        }
        else
        {
            _items.AsSpan(_first + index, Count - index).CopyTo(_items.AsSpan(_first + index + 1));
        }

        _items[_first + index] = new HeldSegment { Sequence = sequence, Length = length, Data = data, Stamp = stamp };
        Count++;
        Charged += ChargeOf(data);
    }

    /// <summary>Leaves as much room before the segments as behind them, so that peers who send backwards cost no more than others.</summary>
    private void MakeRoom()
    {
        var length = Count * 2 <= _items.Length ? _items.Length : _items.Length * 2;
        var target = new HeldSegment[length];
        var first = (length - Count) / 2;
        _items.AsSpan(_first, Count).CopyTo(target.AsSpan(first));
        (_items, _first) = (target, first);
    }
}
