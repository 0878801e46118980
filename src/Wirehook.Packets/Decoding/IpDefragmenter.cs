namespace Wirehook.Packets.Decoding;

/// <summary>
/// Puts IP fragments together again, in bounded memory and packet time. Overlaps are handled as Linux does since 4.19, for IPv4 and IPv6 alike
/// (RFC 5722 demands it for IPv6): a fragment whose bytes are all there already is ignored, any other overlap drops the whole datagram, and a later
/// fragment starts it anew.
/// </summary>
internal sealed class IpDefragmenter
{
    private readonly DefragmentationLimits _limits;
    private readonly Dictionary<FragmentKey, FragmentedDatagram> _datagrams = [];
    private readonly Stack<FragmentedDatagram> _idle = new();
    private readonly List<FragmentedDatagram> _delivered = [];
    private readonly LossCounter _timeout;
    private readonly LossCounter _memory;
    private readonly LossCounter _overlap;
    private readonly LossCounter _duplicate;
    private readonly LossCounter _malformed;
    private readonly LossCounter _cut;
    private readonly LossCounter _incomplete;
    private FragmentedDatagram? _oldest;
    private FragmentedDatagram? _newest;
    private long _bytes;

    /// <summary>An empty table.</summary>
    public IpDefragmenter(LossLedger ledger, DefragmentationLimits limits)
    {
        LossCounter Define(string reason, string explanation) => ledger.Define("defragment", reason, "packets", explanation);
        _limits = limits;
        _timeout = Define("timeout", "The rest of the datagram did not come in time.");
        _memory = Define("memory", "Too many incomplete datagrams; the oldest were given up.");
        _overlap = Define("overlap", "Fragments overlapped, so the datagram was dropped, as Linux does.");
        _duplicate = Define("duplicate", "The fragment's bytes were there already.");
        _malformed = Define("malformed", "The fragment is empty, too long, or contradicts the datagram's end.");
        _cut = Define("cut", "The capture kept only part of the fragment; capture with a larger snap length.");
        _incomplete = Define("incomplete", "The capture ended before the datagram was complete.");
    }

    /// <summary>Fragments that wait.</summary>
    public int FragmentsHeld { get; private set; }

    /// <summary>Reuses the memory of datagrams delivered for the packet before; their payloads are no longer needed.</summary>
    public void BeginPacket()
    {
        if (_delivered.Count == 0) return;
        foreach (var datagram in _delivered) Recycle(datagram);
        _delivered.Clear();
    }

    /// <summary>Takes in the fragment that <paramref name="cursor"/> points at.</summary>
    /// <param name="key">Its datagram.</param>
    /// <param name="span">Its place there.</param>
    /// <param name="cursor">Its data; set to the whole datagram when that is complete.</param>
    /// <param name="protocol">What the complete datagram carries.</param>
    /// <returns>Whether the datagram is complete.</returns>
    public bool Add(in FragmentKey key, FragmentSpan span, ref FrameCursor cursor, out byte protocol)
    {
        protocol = 0;
        GiveUpExpired(cursor.Time);
        if (!TryMeasure(span, cursor, out var data)) return false;
        var datagram = Find(key, cursor.Time);
        _bytes -= datagram.BufferLength;
        var fit = datagram.Add(span, data);
        _bytes += datagram.BufferLength;
        if (fit != FragmentFit.New)
        {
            Refuse(datagram, fit);
            return false;
        }

        FragmentsHeld++;
        if (datagram.IsComplete)
        {
            Deliver(datagram, ref cursor, out protocol);
            return true;
        }

        if (datagram.Fragments >= _limits.FragmentsPerDatagram) GiveUp(datagram, _memory);
        while (_oldest is not null && (_bytes > _limits.Bytes || _datagrams.Count > _limits.Datagrams)) GiveUp(_oldest, _memory);
        return false;
    }

    /// <summary>Gives up what is still incomplete.</summary>
    public void Complete()
    {
        while (_oldest is not null) GiveUp(_oldest, _incomplete);
    }

    /// <summary>Checks the fragment's length. All but the last are cut to a multiple of eight bytes, as Linux does, because offsets count in eights.</summary>
    private bool TryMeasure(FragmentSpan span, in FrameCursor cursor, out ReadOnlySpan<byte> data)
    {
        data = cursor.Bytes;
        var length = span.MoreFollow ? cursor.WireLength & ~7 : cursor.WireLength;
        if (length <= 0 || span.Offset + length > FragmentedDatagram.MaxLength)
        {
            _malformed.Add();
            return false;
        }

        if (data.Length < length)
        {
            _cut.Add();
            return false;
        }

        data = data[..length];
        return true;
    }

    private FragmentedDatagram Find(in FragmentKey key, Timestamp now)
    {
        if (_datagrams.TryGetValue(key, out var datagram)) return datagram;
        datagram = _idle.Count > 0 ? _idle.Pop() : new FragmentedDatagram();
        datagram.Start(key, now);
        _datagrams.Add(key, datagram);
        datagram.Older = _newest;
        if (_newest is null) _oldest = datagram;
        else _newest.Newer = datagram;
        _newest = datagram;
        return datagram;
    }

    private void Refuse(FragmentedDatagram datagram, FragmentFit fit)
    {
        if (fit == FragmentFit.Duplicate)
        {
            _duplicate.Add();
            return;
        }

        var counter = fit == FragmentFit.Overlap ? _overlap : _malformed;
        counter.Add();
        GiveUp(datagram, counter);
    }

    private void Deliver(FragmentedDatagram datagram, ref FrameCursor cursor, out byte protocol)
    {
        Remove(datagram);
        _delivered.Add(datagram);
        protocol = datagram.Protocol;
        cursor.Bytes = datagram.Content;
        cursor.WireLength = datagram.Content.Length;
    }

    private void GiveUpExpired(Timestamp now)
    {
        while (_oldest is not null && now.Since(_oldest.Started) > _limits.TimeoutNanoseconds) GiveUp(_oldest, _timeout);
    }

    private void GiveUp(FragmentedDatagram datagram, LossCounter counter)
    {
        counter.Add(datagram.Fragments);
        Remove(datagram);
        Recycle(datagram);
    }

    private void Remove(FragmentedDatagram datagram)
    {
        _datagrams.Remove(datagram.Key);
        if (datagram.Older is null) _oldest = datagram.Newer;
        else datagram.Older.Newer = datagram.Newer;
        if (datagram.Newer is null) _newest = datagram.Older;
        else datagram.Newer.Older = datagram.Older;
        (datagram.Older, datagram.Newer) = (null, null);
        FragmentsHeld -= datagram.Fragments;
        _bytes -= datagram.BufferLength;
    }

    private void Recycle(FragmentedDatagram datagram)
    {
        datagram.Release();
        _idle.Push(datagram);
    }
}
