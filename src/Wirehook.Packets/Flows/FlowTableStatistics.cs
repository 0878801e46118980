namespace Wirehook.Packets.Flows;

/// <summary>What a <see cref="FlowTable"/> did so far. The thread that owns the table writes; any thread may read single values.</summary>
public sealed class FlowTableStatistics
{
    /// <summary>TCP flows started.</summary>
    public long TcpFlows { get; internal set; }

    /// <summary>UDP flows started.</summary>
    public long UdpFlows { get; internal set; }

    /// <summary>Flows that have started and not ended.</summary>
    public long LiveFlows { get; internal set; }

    /// <summary>Conversations of other transports started: ICMP, ICMPv6 and SCTP.</summary>
    public long OtherFlows { get; internal set; }

    /// <summary>Packets without a transport that makes a flow.</summary>
    public long OtherPackets { get; internal set; }

    /// <summary>TCP payload bytes handed to followers, each stream byte once.</summary>
    public long StreamBytes { get; internal set; }

    /// <summary>TCP payload bytes that had been seen before: retransmissions and packets captured twice.</summary>
    public long DuplicateBytes { get; internal set; }

    /// <summary>TCP segments that had to wait for bytes before them.</summary>
    public long HeldSegments { get; internal set; }

    /// <summary>Bytes of memory that waiting segments take now.</summary>
    public long BufferedBytes { get; internal set; }

    /// <summary>The most that <see cref="BufferedBytes"/> was.</summary>
    public long BufferedBytesPeak { get; internal set; }

    /// <summary>Holes that were given up, whatever the reason.</summary>
    public long Gaps { get; internal set; }

    /// <summary>TCP RSTs not believed because their sequence number is outside the window.</summary>
    public long IgnoredResets { get; internal set; }

    /// <summary>Packets of flows that nobody follows.</summary>
    public long UnfollowedPackets { get; internal set; }
}
