using Wirehook.Packets.Flows;

namespace Wirehook.Packets.Reassembly;

/// <summary>What all connections of one table share: limits, time, memory in use and counters.</summary>
internal sealed class ReassemblyContext(FlowOptions options, PacketClock clock, FlowTableStatistics statistics, LossLedger losses)
{
    private const string Stage = "reassembly";

    /// <summary>Limits.</summary>
    public FlowOptions Options { get; } = options;

    /// <summary>Packet time.</summary>
    public PacketClock Clock { get; } = clock;

    /// <summary>What was done.</summary>
    public FlowTableStatistics Statistics { get; } = statistics;

    /// <summary>Bytes dropped because their sequence number cannot belong to the connection.</summary>
    public LossCounter OutOfWindow { get; } = losses.Define(
        Stage, "out-of-window", "bytes", "TCP bytes whose sequence number lies beyond the end of their stream or too far ahead of it.");

    /// <summary>Bytes dropped because their connection had ended.</summary>
    public LossCounter AfterEnd { get; } = losses.Define(
        Stage, "after-end", "bytes", "TCP bytes that came after their connection was closed or reset.");

    /// <summary>Copies of bytes that contradict those that came first.</summary>
    public LossCounter Conflicting { get; } = losses.Define(
        Stage, "conflicting-overlap", "bytes", "Retransmitted TCP bytes that differ from the bytes seen first, which were kept.");

    private readonly LossCounter _notCaptured = losses.Define(
        Stage, "not-captured", "bytes", "TCP bytes that the receiver acknowledged or later bytes prove, and that are not in the capture.");

    private readonly LossCounter _snapLength = losses.Define(
        Stage, "snap-length", "bytes", "TCP bytes that the capture cut off; capture with a larger snap length.");

    private readonly LossCounter _limitReached = losses.Define(
        Stage, "limit-reached", "bytes", "TCP bytes not waited for any longer because the limit in bytes or time was reached.");

    /// <summary>Whether enough of the capture followed since then that a missing packet cannot merely be out of order.</summary>
    public bool ReorderingExcluded(long sincePacket, long sinceElapsed)
    {
        var packets = Clock.Packets - sincePacket;
        if (packets >= Options.ReorderPacketsMaximum) return true;
        var elapsed = Clock.Elapsed - sinceElapsed;
        return (packets >= Options.ReorderPackets && elapsed >= Options.ReorderTime) || elapsed >= Options.HoleTime;
    }

    /// <summary>Counts a hole that was given up.</summary>
    public void CountGap(long length, GapReason reason)
    {
        Statistics.Gaps++;
        (reason switch
        {
            GapReason.SnapLength => _snapLength,
            GapReason.LimitReached => _limitReached,
            _ => _notCaptured,
        }).Add(length);
    }

    /// <summary>Books <paramref name="change"/> bytes of memory for waiting segments.</summary>
    public void Book(int change)
    {
        var buffered = Statistics.BufferedBytes += change;
        if (buffered > Statistics.BufferedBytesPeak) Statistics.BufferedBytesPeak = buffered;
    }
}
