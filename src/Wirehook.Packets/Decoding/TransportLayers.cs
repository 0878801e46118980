using System.Buffers.Binary;

namespace Wirehook.Packets.Decoding;

/// <summary>Transport headers. Checksums are never looked at: captures of the sending host hold packets whose checksums the network card had yet to fill
/// in.</summary>
internal static class TransportLayers
{
    /// <summary>The TCP flags that are kept.</summary>
    public const byte TcpFlagMask = 0x1F;

    private const int TcpHeaderLength = 20;
    private const int UdpHeaderLength = 8;
    private const int SctpHeaderLength = 12;

    /// <summary>Reads a TCP header (RFC 9293 §3.1).</summary>
    public static Layer ReadTcp(ref FrameCursor cursor, ref DecodedPacket packet)
    {
        var bytes = cursor.Bytes;
        if (bytes.Length < TcpHeaderLength) return cursor.Missing(TcpHeaderLength);
        var headerLength = (bytes[12] >> 4) * 4;
        if (headerLength < TcpHeaderLength || headerLength > cursor.WireLength) return Layer.Malformed;
        ReadPorts(bytes, ref packet);
        packet.Sequence = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        packet.Acknowledgment = BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]);
        packet.Flags = (TcpFlags)(bytes[13] & TcpFlagMask);
        return Deliver(ref cursor, ref packet, TransportProtocol.Tcp, headerLength);
    }

    /// <summary>Reads a UDP header (RFC 768). A length of 0, or one beyond the IP packet, means the rest of the packet (RFC 2675 §4, segmentation
    /// offload).</summary>
    public static Layer ReadUdp(ref FrameCursor cursor, ref DecodedPacket packet)
    {
        var bytes = cursor.Bytes;
        if (bytes.Length < UdpHeaderLength) return cursor.Missing(UdpHeaderLength);
        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        if (length is > 0 and < UdpHeaderLength) return Layer.Malformed;
        if (length > 0) cursor.Trim(length);
        ReadPorts(bytes, ref packet);
        return Deliver(ref cursor, ref packet, TransportProtocol.Udp, UdpHeaderLength);
    }

    /// <summary>Reads the ports of an SCTP common header (RFC 9260 §3.1), which stays part of the payload: its tag and checksum belong to the message.</summary>
    public static Layer ReadSctp(ref FrameCursor cursor, ref DecodedPacket packet)
    {
        if (cursor.Bytes.Length < SctpHeaderLength) return cursor.Missing(SctpHeaderLength);
        ReadPorts(cursor.Bytes, ref packet);
        return Deliver(ref cursor, ref packet, TransportProtocol.Sctp, 0);
    }

    /// <summary>Takes an ICMP or ICMPv6 message whole: it has no ports, and its type is part of the payload.</summary>
    public static Layer ReadIcmp(ref FrameCursor cursor, ref DecodedPacket packet, Layer layer)
    {
        const int TypeAndCode = 4;
        if (cursor.Bytes.Length < TypeAndCode) return cursor.Missing(TypeAndCode);
        (packet.SourcePort, packet.DestinationPort) = (0, 0);
        return Deliver(ref cursor, ref packet, layer == Layer.Icmp ? TransportProtocol.Icmp : TransportProtocol.Icmpv6, 0);
    }

    private static void ReadPorts(ReadOnlySpan<byte> bytes, ref DecodedPacket packet)
    {
        packet.SourcePort = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        packet.DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
    }

    private static Layer Deliver(ref FrameCursor cursor, ref DecodedPacket packet, TransportProtocol transport, int headerLength)
    {
        packet.Transport = transport;
        packet.Payload = cursor.Bytes[Math.Min(headerLength, cursor.Bytes.Length)..];
        packet.MissingPayload = cursor.WireLength - headerLength - packet.Payload.Length;
        cursor.Skip(cursor.Bytes.Length - packet.Payload.Length);
        return Layer.Transport;
    }
}
