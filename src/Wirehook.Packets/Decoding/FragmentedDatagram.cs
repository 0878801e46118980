using System.Buffers;

namespace Wirehook.Packets.Decoding;

/// <summary>What became of a fragment that was offered to its datagram.</summary>
internal enum FragmentFit
{
    /// <summary>It brought new bytes.</summary>
    New,

    /// <summary>All its bytes were there already.</summary>
    Duplicate,

    /// <summary>Some of its bytes were there already, which no honest sender does.</summary>
    Overlap,

    /// <summary>It contradicts the datagram's known end.</summary>
    Contradiction,
}

/// <summary>The fragments of one datagram that came so far.</summary>
internal sealed class FragmentedDatagram
{
    /// <summary>No IP datagram is longer.</summary>
    public const int MaxLength = 65_535;

    private const int MinBuffer = 4096;
    private readonly List<(int Start, int End)> _runs = [];
    private byte[] _buffer = [];
    private int _end;
    private bool _endKnown;

    /// <summary>Whose fragments these are.</summary>
    public FragmentKey Key { get; private set; }

    /// <summary>When the first of them came.</summary>
    public Timestamp Started { get; private set; }

    /// <summary>How many came.</summary>
    public int Fragments { get; private set; }

    /// <summary>The protocol that the first part of the datagram names.</summary>
    public byte Protocol { get; private set; }

    /// <summary>Memory in use.</summary>
    public int BufferLength => _buffer.Length;

    /// <summary>Whether every byte is there.</summary>
    public bool IsComplete => _endKnown && _runs.Count == 1 && _runs[0] == (0, _end);

    /// <summary>The datagram, once complete.</summary>
    public ReadOnlySpan<byte> Content => _buffer.AsSpan(0, _end);

    /// <summary>The datagrams held longer and shorter than this one.</summary>
    public FragmentedDatagram? Older { get; set; }

    /// <inheritdoc cref="Older"/>
    public FragmentedDatagram? Newer { get; set; }

    /// <summary>Starts over for another datagram.</summary>
    public void Start(FragmentKey key, Timestamp started)
    {
        (Key, Started, Fragments, Protocol) = (key, started, 0, 0);
        (_end, _endKnown) = (0, false);
        _runs.Clear();
    }

    /// <summary>Gives the memory back.</summary>
    public void Release()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    /// <summary>Takes in a fragment.</summary>
    public FragmentFit Add(FragmentSpan span, ReadOnlySpan<byte> data)
    {
        var end = span.Offset + data.Length;
        if (end < _end && !span.MoreFollow || _endKnown && (end > _end || !span.MoreFollow && end != _end)) return FragmentFit.Contradiction;
        var fit = Place(span.Offset, end);
        if (fit != FragmentFit.New) return fit;
        Reserve(end);
        data.CopyTo(_buffer.AsSpan(span.Offset));
        _end = Math.Max(_end, end);
        _endKnown |= !span.MoreFollow;
        if (span.Offset == 0) Protocol = span.Protocol;
        Fragments++;
        return FragmentFit.New;
    }

    /// <summary>Enters a run into the sorted list of runs, joining neighbours that touch.</summary>
    private FragmentFit Place(int start, int end)
    {
        var index = _runs.Count;
        while (index > 0 && _runs[index - 1].End > start)
        {
            index--;
            var run = _runs[index];
            if (start >= run.Start && end <= run.End) return FragmentFit.Duplicate;
            if (end > run.Start) return FragmentFit.Overlap;
        }

        var joinsBefore = index > 0 && _runs[index - 1].End == start;
        var joinsAfter = index < _runs.Count && _runs[index].Start == end;
        if (joinsBefore && joinsAfter)
        {
            _runs[index - 1] = (_runs[index - 1].Start, _runs[index].End);
            _runs.RemoveAt(index);
        }
        else if (joinsBefore) _runs[index - 1] = (_runs[index - 1].Start, end);
        else if (joinsAfter) _runs[index] = (start, _runs[index].End);
        else _runs.Insert(index, (start, end));
        return FragmentFit.New;
    }

    private void Reserve(int length)
    {
        if (length <= _buffer.Length) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(length, _buffer.Length * 2), MinBuffer));
        _buffer.AsSpan(0, _end).CopyTo(larger);
        Release();
        _buffer = larger;
    }
}
