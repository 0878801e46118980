namespace Wirehook.Packets;

/// <summary>The transport protocols that carry ports or messages.</summary>
public enum TransportProtocol : byte
{
    /// <summary>No transport header was read.</summary>
    None = 0,

    /// <summary>ICMP (RFC 792).</summary>
    Icmp = 1,

    /// <summary>TCP (RFC 9293).</summary>
    Tcp = 6,

    /// <summary>UDP (RFC 768).</summary>
    Udp = 17,

    /// <summary>ICMPv6 (RFC 4443).</summary>
    Icmpv6 = 58,

    /// <summary>SCTP (RFC 9260).</summary>
    Sctp = 132,
}

/// <summary>TCP header flags (RFC 9293 §3.1).</summary>
[Flags]
public enum TcpFlags : byte
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>No more data from the sender.</summary>
    Fin = 1,

    /// <summary>Synchronises sequence numbers.</summary>
    Syn = 2,

    /// <summary>Resets the connection.</summary>
    Rst = 4,

    /// <summary>Data is to be pushed to the receiver.</summary>
    Psh = 8,

    /// <summary>The acknowledgement number is valid.</summary>
    Ack = 16,
}

/// <summary>A packet reduced to what flows need: the innermost addresses, ports and transport payload. Its spans point into the captured bytes.</summary>
public ref struct DecodedPacket
{
    /// <summary>Which transport header was found; the fields below hold for it.</summary>
    public TransportProtocol Transport;

    /// <summary>Sender.</summary>
    public IpAddress Source;

    /// <summary>Receiver.</summary>
    public IpAddress Destination;

    /// <summary>Sender's port; 0 where the transport has none.</summary>
    public ushort SourcePort;

    /// <summary>Receiver's port; 0 where the transport has none.</summary>
    public ushort DestinationPort;

    /// <summary>TCP sequence number of the first payload byte (or of SYN).</summary>
    public uint Sequence;

    /// <summary>TCP acknowledgement number.</summary>
    public uint Acknowledgment;

    /// <summary>TCP flags.</summary>
    public TcpFlags Flags;

    /// <summary>Outermost VLAN id, 0 where untagged.</summary>
    public ushort Vlan;

    /// <summary>Whether an IP header on the way says that the packet is a fragment (after reassembly: that the datagram came in fragments).</summary>
    public bool Fragmented;

    /// <summary>The transport's payload as captured, without link-layer padding: what follows the TCP or UDP header; for ICMP and SCTP the whole message, header included.</summary>
    public ReadOnlySpan<byte> Payload;

    /// <summary>Payload bytes that were on the wire and not in the capture (snap length).</summary>
    public int MissingPayload;

    /// <summary>Bytes of the captured frame on the wire, link layer included; for a reassembled datagram those of the fragment that completed it.</summary>
    public int FrameLength;
}
