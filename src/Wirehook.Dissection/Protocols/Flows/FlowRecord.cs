using Wirehook.Dissection.Records;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Flows;

/// <summary>The counts of a connection or flow. Local is the side that opened it.</summary>
internal sealed class FlowRecord : Record
{
    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("FlowRecord", "The counts of a connection or flow; local is the side that opened it.",
    [
        new("timeBegin", "number", "When its first packet was captured, in milliseconds since 1970 UTC.", static r => FieldValue.From(((FlowRecord)r).Begin.UnixMilliseconds)),
        new("timeEnd", "number", "The time up to which this record counts, in milliseconds since 1970 UTC.", static r => FieldValue.From(((FlowRecord)r).End.UnixMilliseconds)),
        new("proto", "string", "`tcp` or `udp`.", static r => FieldValue.From(((FlowRecord)r).Transport)),
        new("localPeer", "string", "The side that opened it: address and port, of a flow the address alone.", static r => FieldValue.From(((FlowRecord)r).LocalPeer)),
        new("remotePeer", "string", "The other side: address and port.", static r => FieldValue.From(((FlowRecord)r).RemotePeer)),
        new("packetsSent", "number", "Packets from local to remote.", static r => FieldValue.From(((FlowRecord)r).Counts.PacketsSent)),
        new("packetsReceived", "number", "Packets from remote to local.", static r => FieldValue.From(((FlowRecord)r).Counts.PacketsReceived)),
        new("bytesSent", "number", "Bytes of the frames from local to remote.", static r => FieldValue.From(((FlowRecord)r).Counts.BytesSent)),
        new("bytesReceived", "number", "Bytes of the frames from remote to local.", static r => FieldValue.From(((FlowRecord)r).Counts.BytesReceived)),
        new("state", "\"in_progress\" | \"open\" | \"closed\"", "`in_progress` while only one side was heard, `open` while both are, `closed` at the end.", static r => FieldValue.From(((FlowRecord)r).State)),
        new("l7Detected", "string[]", "Names of the protocols whose items it gave so far.", static r => FieldValue.From(((FlowRecord)r).L7Detected)),
        new("groupId", "number", "Number of the flow: the connections of one client to one service share it.", static r => FieldValue.From(((FlowRecord)r).Group)),
        new("localPps", "number", "Packets per second from local to remote in the interval that ends with this record.", static r => FieldValue.From(((FlowRecord)r).Rate(((FlowRecord)r).Recent.PacketsSent))),
        new("localBps", "number", "Bits per second from local to remote in the interval that ends with this record.", static r => FieldValue.From(((FlowRecord)r).Rate(((FlowRecord)r).Recent.BytesSent * 8))),
        new("remotePps", "number", "Packets per second from remote to local in the interval that ends with this record.", static r => FieldValue.From(((FlowRecord)r).Rate(((FlowRecord)r).Recent.PacketsReceived))),
        new("remoteBps", "number", "Bits per second from remote to local in the interval that ends with this record.", static r => FieldValue.From(((FlowRecord)r).Rate(((FlowRecord)r).Recent.BytesReceived * 8))),
    ]);

    public required Timestamp Begin { get; init; }

    public required Timestamp End { get; init; }

    public required string Transport { get; init; }

    public required string LocalPeer { get; init; }

    public required string RemotePeer { get; init; }

    public required string State { get; init; }

    public required IReadOnlyList<string> Protocols { get; init; }

    public required long Group { get; init; }

    public required TrafficCounts Counts { get; init; }

    public required TrafficCounts Recent { get; init; }

    public required long RecentNanoseconds { get; init; }

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private FieldValue[] L7Detected => [.. Protocols.Select(p => FieldValue.From(p))];

    private double Rate(long count) => RecentNanoseconds <= 0 ? 0 : Math.Round(count * 1e9 / RecentNanoseconds, 3);
}
