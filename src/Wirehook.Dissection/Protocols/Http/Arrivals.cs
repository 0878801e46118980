using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>When bytes came: their capture time, and their place in the order of delivery over both directions, in which no answer precedes what it acknowledges.</summary>
/// <param name="Time">Capture time.</param>
/// <param name="Order">Place in the order of delivery.</param>
internal readonly record struct Arrival(Timestamp Time, long Order);

/// <summary>
/// When each undigested byte of one direction came. Pairing after a gap relies on it, so bytes that had to wait keep their own arrival and do not take
/// that of the call that digests them.
/// </summary>
internal struct Arrivals
{
    private const int MarkLimit = 1024;
    private List<(long End, Arrival Arrival)>? _earlier;
    private long _start;
    private long _end;
    private Arrival _latest;

    /// <summary><paramref name="length"/> undigested bytes are there; those that were not there before came with <paramref name="arrival"/>.</summary>
    public void Note(int length, in Arrival arrival)
    {
        if (_start + length <= _end) return;
        if (_end > _start)
        {
            _earlier ??= [];
            if (_earlier.Count < MarkLimit) _earlier.Add((_end, _latest));
        }

        (_end, _latest) = (_start + length, arrival);
    }

    /// <summary>When the undigested byte at <paramref name="offset"/> came.</summary>
    public readonly Arrival At(int offset)
    {
        if (_earlier is not null)
        {
            foreach (var (end, arrival) in _earlier)
            {
                if (end > _start + offset) return arrival;
            }
        }

        return _latest;
    }

    /// <summary>The first <paramref name="count"/> bytes are digested.</summary>
    public void Digested(int count)
    {
        _start += count;
        if (_earlier is not { Count: > 0 }) return;
        var done = 0;
        while (done < _earlier.Count && _earlier[done].End <= _start) done++;
        _earlier.RemoveRange(0, done);
    }

    /// <summary>The undigested bytes are gone.</summary>
    public void Forget()
    {
        _earlier?.Clear();
        _start = _end;
    }
}
