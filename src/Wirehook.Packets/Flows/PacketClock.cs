namespace Wirehook.Packets.Flows;

/// <summary>Time as packets tell it: never runs backwards, and one packet with a wild timestamp moves it no further than the longest limit.</summary>
internal sealed class PacketClock
{
    /// <summary>Timestamps of merged or multi-queue captures go back by less than this; a longer step back is a new time base.</summary>
    private const long BackwardTolerance = 10_000_000_000;

    private readonly long _longestStep;
    private Timestamp _latest;
    private bool _started;

    /// <summary>A clock on which no single step exceeds <paramref name="longestStep"/> nanoseconds.</summary>
    public PacketClock(long longestStep) => _longestStep = longestStep;

    /// <summary>Packets seen.</summary>
    public long Packets { get; private set; }

    /// <summary>Nanoseconds of packet time since the first packet.</summary>
    public long Elapsed { get; private set; }

    /// <summary>The timestamp of the packet that is being handled.</summary>
    public Timestamp Current { get; private set; }

    /// <summary>Takes the next packet's time.</summary>
    public void OnPacket(Timestamp timestamp)
    {
        Packets++;
        Advance(timestamp);
    }

    /// <summary>Takes a time at which no packet came.</summary>
    public void Advance(Timestamp timestamp)
    {
        Current = timestamp;
        var step = timestamp.Since(_latest);
        if (step > 0)
        {
            _latest = timestamp;
            Elapsed += _started ? Math.Min(step, _longestStep) : 0;
        }
        else if (step < -BackwardTolerance)
        {
            _latest = timestamp;
        }

        _started = true;
    }
}
