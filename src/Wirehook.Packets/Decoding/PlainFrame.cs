using System.Buffers.Binary;

namespace Wirehook.Packets.Decoding;

/// <summary>The shortcut for what most frames are: untagged Ethernet, IPv4 without options or fragments, TCP or UDP. Yields what the layers one by one
/// would.</summary>
internal static class PlainFrame
{
    private const int IpOffset = 14;
    private const int TransportOffset = IpOffset + 20;
    private const int MinTcpHeader = 20;
    private const int UdpHeader = 8;

    /// <summary>Reads <paramref name="frame"/> if it is such a frame and nothing about it is unusual; otherwise leaves the answer to the layers.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, int wireLength, ref DecodedPacket packet)
    {
        if (frame.Length < TransportOffset + UdpHeader) return false;
        if (BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) != EtherTypes.IPv4 || frame[IpOffset] != 0x45) return false;
        if ((BinaryPrimitives.ReadUInt16BigEndian(frame[(IpOffset + 6)..]) & IPv4Layer.FragmentMask) != 0) return false;
        var end = IpOffset + BinaryPrimitives.ReadUInt16BigEndian(frame[(IpOffset + 2)..]);
        if (end > wireLength) return false;
        var isRead = frame[IpOffset + 9] switch
        {
            IpProtocols.Tcp => TryReadTcp(frame, end, ref packet),
            IpProtocols.Udp => TryReadUdp(frame, end, ref packet),
            _ => false,
        };
        if (!isRead) return false;
        packet.Source = IpAddress.FromIPv4(frame[(IpOffset + 12)..]);
        packet.Destination = IpAddress.FromIPv4(frame[(IpOffset + 16)..]);
        packet.Vlan = 0;
        packet.Fragmented = false;
        return true;
    }

    private static bool TryReadTcp(ReadOnlySpan<byte> frame, int end, ref DecodedPacket packet)
    {
        if (frame.Length < TransportOffset + MinTcpHeader) return false;
        var payload = TransportOffset + ((frame[TransportOffset + 12] >> 4) * 4);
        if (payload < TransportOffset + MinTcpHeader || payload > end || payload > frame.Length) return false;
        packet.Transport = TransportProtocol.Tcp;
        ReadPorts(frame, ref packet);
        packet.Sequence = BinaryPrimitives.ReadUInt32BigEndian(frame[(TransportOffset + 4)..]);
        packet.Acknowledgment = BinaryPrimitives.ReadUInt32BigEndian(frame[(TransportOffset + 8)..]);
        packet.Flags = (TcpFlags)(frame[TransportOffset + 13] & TransportLayers.TcpFlagMask);
        SetPayload(frame, payload, end, ref packet);
        return true;
    }

    private static bool TryReadUdp(ReadOnlySpan<byte> frame, int end, ref DecodedPacket packet)
    {
        if (BinaryPrimitives.ReadUInt16BigEndian(frame[(TransportOffset + 4)..]) != end - TransportOffset || end < TransportOffset + UdpHeader) return false;
        ReadPorts(frame, ref packet);
        if (UdpTunnels.IsTunnelPort(packet.SourcePort, packet.DestinationPort)) return false;
        packet.Transport = TransportProtocol.Udp;
        (packet.Sequence, packet.Acknowledgment, packet.Flags) = (0, 0, TcpFlags.None);
        SetPayload(frame, TransportOffset + UdpHeader, end, ref packet);
        return true;
    }

    private static void ReadPorts(ReadOnlySpan<byte> frame, ref DecodedPacket packet)
    {
        var ports = BinaryPrimitives.ReadUInt32BigEndian(frame[TransportOffset..]);
        packet.SourcePort = (ushort)(ports >> 16);
        packet.DestinationPort = (ushort)ports;
    }

    private static void SetPayload(ReadOnlySpan<byte> frame, int payload, int end, ref DecodedPacket packet)
    {
        var captured = Math.Min(end, frame.Length);
        packet.Payload = frame[payload..captured];
        packet.MissingPayload = end - captured;
    }
}
