using System.Buffers.Binary;

namespace Wirehook.Packets.Decoding;

/// <summary>Ethernet and the headers between it and IP: VLAN tags, MPLS labels, LLC.</summary>
internal static class EthernetLayers
{
    private const int EthernetHeaderLength = 14;
    private const int VlanTagLength = 4;
    private const int BackboneTagLength = 4;
    private const int VirtualNetworkTagLength = 6;
    private const int MplsLabelLength = 4;
    private const int LlcHeaderLength = 3;
    private const int SnapHeaderLength = 8;
    private const byte LlcSnap = 0xAA;
    private const byte LlcIp = 0x06;
    private const uint OuiEncapsulatedEthernet = 0x000000;
    private const uint OuiBridgeTunnel = 0x0000F8;

    /// <summary>Reads an Ethernet II or IEEE 802.3 header.</summary>
    public static Layer ReadEthernet(ref FrameCursor cursor)
    {
        if (cursor.Bytes.Length < EthernetHeaderLength) return cursor.Missing(EthernetHeaderLength);
        var type = BinaryPrimitives.ReadUInt16BigEndian(cursor.Bytes[12..]);
        cursor.Skip(EthernetHeaderLength);
        return NextOf(type, ref cursor);
    }

    /// <summary>Reads one IEEE 802.1Q or 802.1ad tag.</summary>
    public static Layer ReadVlan(ref FrameCursor cursor, ref DecodedPacket packet)
    {
        if (cursor.Bytes.Length < VlanTagLength) return cursor.Missing(VlanTagLength);
        if (packet.Vlan == 0) packet.Vlan = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(cursor.Bytes) & 0xFFF);
        var type = BinaryPrimitives.ReadUInt16BigEndian(cursor.Bytes[2..]);
        cursor.Skip(VlanTagLength);
        return NextOf(type, ref cursor);
    }

    /// <summary>Reads an IEEE 802.1ah service instance tag; the customer's whole frame follows.</summary>
    public static Layer ReadBackboneTag(ref FrameCursor cursor)
    {
        if (cursor.Bytes.Length < BackboneTagLength) return cursor.Missing(BackboneTagLength);
        cursor.Skip(BackboneTagLength);
        return Layer.Ethernet;
    }

    /// <summary>Reads a Cisco VN-Tag (the precursor of IEEE 802.1BR).</summary>
    public static Layer ReadVirtualNetworkTag(ref FrameCursor cursor)
    {
        if (cursor.Bytes.Length < VirtualNetworkTagLength) return cursor.Missing(VirtualNetworkTagLength);
        var type = BinaryPrimitives.ReadUInt16BigEndian(cursor.Bytes[4..]);
        cursor.Skip(VirtualNetworkTagLength);
        return NextOf(type, ref cursor);
    }

    /// <summary>
    /// Reads an MPLS label stack (RFC 3032). Nothing in it says what follows: IP is known by its version, a zero nibble is a pseudowire's control word
    /// (RFC 4385) before an Ethernet frame unless the bytes make sense as a frame already, and the rest is taken for Ethernet without one.
    /// </summary>
    public static Layer ReadMpls(ref FrameCursor cursor)
    {
        bool bottom;
        do
        {
            if (cursor.Bytes.Length < MplsLabelLength) return cursor.Missing(MplsLabelLength);
            bottom = (cursor.Bytes[2] & 1) != 0;
            cursor.Skip(MplsLabelLength);
        }
        while (!bottom);

        if (cursor.Bytes.Length < MplsLabelLength) return cursor.Missing(MplsLabelLength);
        var nibble = cursor.Bytes[0] >> 4;
        if (nibble == 4) return Layer.IPv4;
        if (nibble == 6) return Layer.IPv6;
        if (nibble == 0 && !IsFrame(cursor.Bytes)) cursor.Skip(MplsLabelLength);
        return Layer.Ethernet;
    }

    /// <summary>Reads IEEE 802.2 LLC and, where it names it, SNAP (RFC 1042).</summary>
    public static Layer ReadLlc(ref FrameCursor cursor)
    {
        var bytes = cursor.Bytes;
        if (bytes.Length < LlcHeaderLength) return cursor.Missing(LlcHeaderLength);
        if (bytes[0] == LlcIp && bytes[1] == LlcIp)
        {
            cursor.Skip(LlcHeaderLength);
            return Layer.IPv4;
        }

        if (bytes[0] != LlcSnap || bytes[1] != LlcSnap) return Layer.NotIp;
        if (bytes.Length < SnapHeaderLength) return cursor.Missing(SnapHeaderLength);
        var oui = BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]) & 0xFF_FFFF;
        var type = BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]);
        cursor.Skip(SnapHeaderLength);
        return oui is OuiEncapsulatedEthernet or OuiBridgeTunnel ? EtherTypes.Next(type) : Layer.NotIp;
    }

    private static bool IsFrame(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= EthernetHeaderLength && EtherTypes.Next(BinaryPrimitives.ReadUInt16BigEndian(bytes[12..])) != Layer.NotIp;

    private static Layer NextOf(ushort type, ref FrameCursor cursor)
    {
        if (type >= EtherTypes.FirstType) return EtherTypes.Next(type);
        cursor.Trim(type);
        return Layer.Llc;
    }
}
