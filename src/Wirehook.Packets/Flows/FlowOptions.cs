namespace Wirehook.Packets.Flows;

/// <summary>Limits of a <see cref="FlowTable"/>: how many flows, for how long, and how much may wait for missing bytes. Times are packet time, in nanoseconds; a limit also takes a number of packets (<see cref="ReorderPackets"/>), however long the capture was silent.</summary>
public sealed record FlowOptions
{
    private const long Second = 1_000_000_000;

    /// <summary>Flows held at once, closed ones that linger included. Beyond it the least recently used goes: closed ones first, then unanswered SYNs.</summary>
    public int MaximumFlows { get; init; } = 200_000;

    /// <summary>Secret of the hash over addresses and ports. A live capture passes a random one so that peers cannot aim at one bucket; results never depend on it.</summary>
    public ulong HashSeed { get; init; } = 0x9E37_79B9_7F4A_7C15;

    /// <summary>How long an established TCP flow may be silent.</summary>
    public long TcpIdle { get; init; } = 600 * Second;

    /// <summary>How long a TCP flow may be silent while only one side of its handshake was seen.</summary>
    public long TcpHalfOpen { get; init; } = 60 * Second;

    /// <summary>How long a flow of UDP, ICMP or SCTP may be silent.</summary>
    public long UdpIdle { get; init; } = 60 * Second;

    /// <summary>How long a reset TCP flow may be silent before its end is reported: segments on their way when RST was sent still count.</summary>
    public long ResetLinger { get; init; } = Second;

    /// <summary>How long a finished or reset TCP flow is remembered after its last packet, so that late duplicates are not taken for a new flow. At most 16,384 are.</summary>
    public long ClosedLinger { get; init; } = 60 * Second;

    /// <summary>Bytes that one direction of a flow may hold while it waits for missing ones; beyond it the oldest hole is given up.</summary>
    public int BufferPerDirection { get; init; } = 4 << 20;

    /// <summary>Bytes that all flows together may hold; beyond it the flow that wants more gives up its oldest hole.</summary>
    public long BufferTotal { get; init; } = 48L << 20;

    /// <summary>How long bytes wait for earlier ones of which nothing proves that they were received: a retransmission may still come.</summary>
    public long HoleTime { get; init; } = 30 * Second;

    /// <summary>Packets of the whole capture that must follow before a hole is believed to be one and not a reordering by the capture.</summary>
    public int ReorderPackets { get; init; } = 16;

    /// <summary>Time that must pass as well as <see cref="ReorderPackets"/>; <see cref="ReorderPacketsMaximum"/> packets do without it.</summary>
    public long ReorderTime { get; init; } = Second / 10;

    /// <summary>Packets of the whole capture after which a hole is believed whatever the time.</summary>
    public int ReorderPacketsMaximum { get; init; } = 256;

    /// <summary>The most that one packet adds to packet time: the shortest limit passes over <see cref="ReorderPackets"/> packets or more.</summary>
    internal long Portion =>
        Math.Min(Math.Min(HoleTime, ClosedLinger), Math.Min(Math.Min(TcpIdle, TcpHalfOpen), UdpIdle)) / Math.Max(1, ReorderPackets);
}
