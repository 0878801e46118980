using System.Buffers.Binary;

namespace Wirehook.Packets.Decoding;

/// <summary>PPP (RFC 1661), its HDLC-like framing (RFC 1662) and PPP over Ethernet (RFC 2516).</summary>
internal static class PppLayers
{
    private const int PppoeHeaderLength = 6;
    private const byte PppoeVersionAndType = 0x11;
    private const byte AllStations = 0xFF;
    private const byte UnnumberedInformation = 0x03;
    private const byte CiscoUnicast = 0x0F;
    private const byte CiscoMulticast = 0x8F;
    private const ushort ProtocolIPv4 = 0x0021;
    private const ushort ProtocolIPv6 = 0x0057;
    private const ushort ProtocolMpls = 0x0281;

    /// <summary>Reads a PPPoE session header.</summary>
    public static Layer ReadPppoe(ref FrameCursor cursor)
    {
        var bytes = cursor.Bytes;
        if (bytes.Length < PppoeHeaderLength) return cursor.Missing(PppoeHeaderLength);
        if (bytes[0] != PppoeVersionAndType) return Layer.Malformed;
        if (bytes[1] != 0) return Layer.NotIp;
        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        cursor.Skip(PppoeHeaderLength);
        cursor.Trim(length);
        return Layer.Ppp;
    }

    /// <summary>Reads the framing of a serial line, which carries PPP or Cisco's HDLC; the address tells them apart.</summary>
    public static Layer ReadHdlc(ref FrameCursor cursor)
    {
        const int CiscoHeaderLength = 4;
        var bytes = cursor.Bytes;
        if (bytes.IsEmpty || bytes[0] is not (CiscoUnicast or CiscoMulticast)) return Layer.Ppp;
        if (bytes.Length < CiscoHeaderLength) return cursor.Missing(CiscoHeaderLength);
        var type = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        cursor.Skip(CiscoHeaderLength);
        return EtherTypes.Next(type);
    }

    /// <summary>Reads PPP, with or without address and control bytes, and with a protocol of two bytes or of one (compressed, RFC 1661 §6.5).</summary>
    public static Layer ReadPpp(ref FrameCursor cursor)
    {
        if (cursor.Bytes.Length < 2) return cursor.Missing(2);
        if (cursor.Bytes[0] == AllStations && cursor.Bytes[1] == UnnumberedInformation) cursor.Skip(2);
        if (cursor.Bytes.Length < 2) return cursor.Missing(2);
        var isCompressed = (cursor.Bytes[0] & 1) != 0;
        var protocol = isCompressed ? cursor.Bytes[0] : BinaryPrimitives.ReadUInt16BigEndian(cursor.Bytes);
        cursor.Skip(isCompressed ? 1 : 2);
        return protocol switch
        {
            ProtocolIPv4 => Layer.IPv4,
            ProtocolIPv6 => Layer.IPv6,
            ProtocolMpls => Layer.Mpls,
            _ => Layer.NotIp,
        };
    }
}
