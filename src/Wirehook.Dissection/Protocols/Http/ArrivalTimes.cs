using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>
/// When each undigested byte of one direction was captured. Pairing after a gap relies on it, so bytes that had to wait keep their own time and do
/// not take that of the call that digests them.
/// </summary>
internal struct ArrivalTimes
{
    private const int MarkLimit = 1024;
    private List<(long End, Timestamp Time)>? _earlier;
    private long _start;
    private long _end;
    private Timestamp _latest;

    /// <summary><paramref name="length"/> undigested bytes are there; those that were not there before came at <paramref name="timestamp"/>.</summary>
    public void Arrived(int length, Timestamp timestamp)
    {
        if (_start + length <= _end) return;
        if (_end > _start)
        {
            _earlier ??= [];
            if (_earlier.Count < MarkLimit) _earlier.Add((_end, _latest));
        }

        (_end, _latest) = (_start + length, timestamp);
    }

    /// <summary>When the undigested byte at <paramref name="offset"/> was captured.</summary>
    public readonly Timestamp At(int offset)
    {
        if (_earlier is not null)
        {
            foreach (var (end, time) in _earlier)
            {
                if (end > _start + offset) return time;
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
