using Wirehook.Dissection.Contract;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Flows;

/// <summary>What a record tells of: packets and bytes so far, of one connection or of several.</summary>
internal abstract class TrafficSource
{
    /// <summary>The counts so far.</summary>
    public abstract TrafficCounts Counts { get; }

    /// <summary>Names of the protocols recognised so far.</summary>
    public abstract IReadOnlyList<string> Protocols { get; }

    /// <summary>Time of the latest packet.</summary>
    public abstract Timestamp Latest { get; }

    /// <summary>The other side, as text.</summary>
    public abstract string RemotePeer { get; }

    /// <summary>The side that opened it, as text.</summary>
    public abstract string LocalPeer { get; }
}

/// <summary>Packets and bytes in both directions; the initiator sent what was sent.</summary>
internal readonly record struct TrafficCounts(long PacketsSent, long BytesSent, long PacketsReceived, long BytesReceived)
{
    public static TrafficCounts operator +(TrafficCounts a, TrafficCounts b) =>
        new(a.PacketsSent + b.PacketsSent, a.BytesSent + b.BytesSent, a.PacketsReceived + b.PacketsReceived, a.BytesReceived + b.BytesReceived);

    public static TrafficCounts operator -(TrafficCounts a, TrafficCounts b) =>
        new(a.PacketsSent - b.PacketsSent, a.BytesSent - b.BytesSent, a.PacketsReceived - b.PacketsReceived, a.BytesReceived - b.BytesReceived);

    public static TrafficCounts Of(FlowTraffic traffic) => new(traffic.ForwardPackets, traffic.ForwardBytes, traffic.ReversePackets, traffic.ReverseBytes);
}

/// <summary>The traffic of one connection.</summary>
internal sealed class SingleTraffic(FlowContext context) : TrafficSource
{
    public override TrafficCounts Counts => TrafficCounts.Of(context.Flow.Traffic!);

    public override IReadOnlyList<string> Protocols => [.. context.WatchedProtocols];

    public override Timestamp Latest => LatestOf(context.Flow);

    public override string LocalPeer => context.Flow.Initiator.ToString();

    public override string RemotePeer => context.Flow.Responder.ToString();

    /// <summary>Time of a flow's latest packet; of its first while none is counted.</summary>
    internal static Timestamp LatestOf(Flow flow) =>
        flow.Traffic is { } traffic && traffic.ForwardPackets + traffic.ReversePackets > 0 ? traffic.Latest : flow.Started;
}
