using Wirehook.Packets;

namespace Wirehook.Scripting.Time;

/// <summary>The clock of scripts and jobs: packet time on replay, the given provider while capture is live.</summary>
/// <param name="live">The live clock; null on replay.</param>
internal sealed class ScriptClock(TimeProvider? live)
{
    private Timestamp _packetTime;

    /// <summary>Whether the clock runs by itself.</summary>
    internal bool IsLive => live is not null;

    /// <summary>Whether the time is known: on replay not before the first packet.</summary>
    internal bool IsSet { get; private set; } = live is not null;

    /// <summary>The present moment; the Unix epoch while not set.</summary>
    internal Timestamp Now => live is null ? _packetTime : new Timestamp((live.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100);

    /// <summary>Sets packet time. It never goes back, though packets of several files or interfaces may.</summary>
    internal void Reach(Timestamp time)
    {
        if (IsSet && time <= _packetTime) return;
        (_packetTime, IsSet) = (time, true);
    }
}
