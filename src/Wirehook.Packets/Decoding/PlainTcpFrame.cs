using System.Buffers.Binary;

namespace Wirehook.Packets.Decoding;

/// <summary>The shortcut for what most frames are: untagged Ethernet, IPv4 without options or fragments, TCP. Yields what the layers one by one would.</summary>
internal static class PlainTcpFrame
{
    private const int IpOffset = 14;
    private const int TcpOffset = IpOffset + 20;
    private const int MinTcpHeader = 20;

    /// <summary>Reads <paramref name="frame"/> if it is such a frame and nothing about it is unusual; otherwise leaves the answer to the layers.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, int wireLength, ref DecodedPacket packet)
    {
        if (frame.Length < TcpOffset + MinTcpHeader) return false;
        if (BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) != EtherTypes.IPv4 || frame[IpOffset] != 0x45 || frame[IpOffset + 9] != IpProtocols.Tcp) return false;
        if ((BinaryPrimitives.ReadUInt16BigEndian(frame[(IpOffset + 6)..]) & IPv4Layer.FragmentMask) != 0) return false;
        var end = IpOffset + BinaryPrimitives.ReadUInt16BigEndian(frame[(IpOffset + 2)..]);
        var payload = TcpOffset + ((frame[TcpOffset + 12] >> 4) * 4);
        if (end > wireLength || payload < TcpOffset + MinTcpHeader || payload > end || payload > frame.Length) return false;
        var captured = Math.Min(end, frame.Length);
        packet.Transport = TransportProtocol.Tcp;
        packet.Source = IpAddress.FromIPv4(frame[(IpOffset + 12)..]);
        packet.Destination = IpAddress.FromIPv4(frame[(IpOffset + 16)..]);
        var ports = BinaryPrimitives.ReadUInt32BigEndian(frame[TcpOffset..]);
        packet.SourcePort = (ushort)(ports >> 16);
        packet.DestinationPort = (ushort)ports;
        packet.Sequence = BinaryPrimitives.ReadUInt32BigEndian(frame[(TcpOffset + 4)..]);
        packet.Acknowledgment = BinaryPrimitives.ReadUInt32BigEndian(frame[(TcpOffset + 8)..]);
        packet.Flags = (TcpFlags)(frame[TcpOffset + 13] & TransportLayers.TcpFlagMask);
        packet.Vlan = 0;
        packet.Fragmented = false;
        packet.Payload = frame[payload..captured];
        packet.MissingPayload = end - captured;
        return true;
    }
}
