namespace Wirehook.Packets.Flows;

/// <summary>Which side of a flow sent something.</summary>
public enum Direction : byte
{
    /// <summary>From the initiator to the responder.</summary>
    Forward = 0,

    /// <summary>From the responder to the initiator.</summary>
    Reverse = 1,
}

/// <summary>An address and port.</summary>
/// <param name="Address">The host.</param>
/// <param name="Port">The port, 0 where the transport has none.</param>
public readonly record struct Endpoint(IpAddress Address, ushort Port)
{
    /// <summary><c>10.0.0.1:80</c> or <c>[::1]:80</c>.</summary>
    public override string ToString() => Address.IsIPv4 ? $"{Address}:{Port}" : $"[{Address}]:{Port}";
}

/// <summary>One conversation between two endpoints over one transport, in capture order.</summary>
public sealed class Flow
{
    /// <summary>A flow whose first packet was sent by <paramref name="initiator"/>.</summary>
    /// <param name="number">Order of appearance in the capture, from 1; the same on every read of the same capture.</param>
    /// <param name="transport">TCP, UDP, ICMP, ICMPv6 or SCTP.</param>
    /// <param name="initiator">The SYN's sender where one was seen, otherwise the first packet's sender.</param>
    /// <param name="responder">The other side.</param>
    /// <param name="started">Time of the first packet.</param>
    public Flow(long number, TransportProtocol transport, Endpoint initiator, Endpoint responder, Timestamp started)
    {
        (Number, Transport, Initiator, Responder, Started) = (number, transport, initiator, responder, started);
    }

    /// <summary>Order of appearance in the capture, from 1.</summary>
    public long Number { get; }

    /// <summary>TCP, UDP, ICMP, ICMPv6 or SCTP.</summary>
    public TransportProtocol Transport { get; }

    /// <summary>The side that opened the flow, as far as the capture tells.</summary>
    public Endpoint Initiator { get; }

    /// <summary>The other side.</summary>
    public Endpoint Responder { get; }

    /// <summary>Time of the first packet.</summary>
    public Timestamp Started { get; }

    /// <summary>Whether the TCP handshake's SYN or SYN-ACK was seen, so that <see cref="Initiator"/> is certain and the stream starts at its first byte.</summary>
    public bool HandshakeSeen { get; set; }

    /// <summary>What is counted of the flow's packets; null unless the flow's observer asked for it when the flow started.</summary>
    public FlowTraffic? Traffic { get; set; }

    /// <summary>Sender of <paramref name="direction"/>.</summary>
    public Endpoint SenderOf(Direction direction) => direction == Direction.Forward ? Initiator : Responder;
}
