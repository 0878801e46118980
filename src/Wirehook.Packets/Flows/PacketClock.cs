namespace Wirehook.Packets.Flows;

/// <summary>
/// Time as packets tell it: it never runs backwards, and one packet moves it by a portion at most; the rest of a longer step follows with the next packets.
/// So neither a wild timestamp nor a packet that the capture put behind a long silence ends anything by itself.
/// </summary>
internal sealed class PacketClock
{
    /// <summary>Timestamps of merged or multi-queue captures go back by less than this; a longer step back is a new time base.</summary>
    private const long BackwardTolerance = 10_000_000_000;

    /// <summary>Longer steps count as this one (some thirty years), so that sums stay within range.</summary>
    private const long LongestStep = 1_000_000_000_000_000_000;

    private readonly long _portion;
    private Timestamp _latest;
    private bool _started;
    private long _owed;

    /// <summary>A clock that one packet moves by at most <paramref name="portion"/> nanoseconds.</summary>
    public PacketClock(long portion) => _portion = portion;

    /// <summary>Packets seen.</summary>
    public long Packets { get; private set; }

    /// <summary>Nanoseconds of packet time since the first packet, less what is still to follow.</summary>
    public long Elapsed { get; private set; }

    /// <summary>The timestamp of the packet that is being handled.</summary>
    public Timestamp Current { get; private set; }

    /// <summary>Takes the next packet's time.</summary>
    public void OnPacket(Timestamp timestamp)
    {
        Packets++;
        Take(timestamp);
        var step = Math.Min(_owed, _portion);
        _owed -= step;
        Elapsed += step;
    }

    /// <summary>Takes the present, known from a clock and not from a packet; all of it counts at once.</summary>
    public void Advance(Timestamp now)
    {
        Take(now);
        Elapsed += _owed;
        _owed = 0;
    }

    private void Take(Timestamp timestamp)
    {
        Current = timestamp;
        var step = timestamp.Since(_latest);
        if (step > 0)
        {
            _latest = timestamp;
            if (_started) _owed = Math.Min(LongestStep, _owed + Math.Min(step, LongestStep));
        }
        else if (step < -BackwardTolerance)
        {
            (_latest, _owed) = (timestamp, 0);
        }

        _started = true;
    }
}
