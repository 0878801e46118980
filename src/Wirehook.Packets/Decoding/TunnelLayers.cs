using System.Buffers.Binary;

namespace Wirehook.Packets.Decoding;

/// <summary>Tunnels that IP carries under protocol numbers of their own.</summary>
internal static class TunnelLayers
{
    private const int EtherIpHeaderLength = 2;
    private const int GreHeaderLength = 4;
    private const int GreFieldLength = 4;
    private const ushort GreChecksum = 0x8000;
    private const ushort GreRouting = 0x4000;
    private const ushort GreKey = 0x2000;
    private const ushort GreSequence = 0x1000;
    private const ushort GreAcknowledgment = 0x0080;
    private const ushort GreVersionMask = 0x0007;
    private const ushort GreVersionPptp = 1;
    private const ushort ErspanType2 = 0x88BE;
    private const ushort ErspanType3 = 0x22EB;
    private const ushort ArubaFirst = 0x8200;
    private const ushort ArubaLast = 0x8370;
    private const int ErspanType2Length = 8;
    private const int ErspanType3Length = 12;
    private const int ErspanSubheaderLength = 8;

    /// <summary>Reads EtherIP (RFC 3378).</summary>
    public static Layer ReadEtherIp(ref FrameCursor cursor)
    {
        if (cursor.Bytes.Length < EtherIpHeaderLength) return cursor.Missing(EtherIpHeaderLength);
        if (cursor.Bytes[0] >> 4 != 3) return Layer.Malformed;
        cursor.Skip(EtherIpHeaderLength);
        return Layer.Ethernet;
    }

    /// <summary>Reads GRE (RFC 2784, RFC 2890), its PPTP version (RFC 2637), and the ERSPAN mirrors and Aruba radio frames that it carries.</summary>
    public static Layer ReadGre(ref FrameCursor cursor)
    {
        if (cursor.Bytes.Length < GreHeaderLength) return cursor.Missing(GreHeaderLength);
        var flags = BinaryPrimitives.ReadUInt16BigEndian(cursor.Bytes);
        var type = BinaryPrimitives.ReadUInt16BigEndian(cursor.Bytes[2..]);
        var version = flags & GreVersionMask;
        if (version > GreVersionPptp || (flags & GreRouting) != 0) return Layer.UnknownProtocol;
        var length = GreHeaderLength;
        if ((flags & GreChecksum) != 0) length += GreFieldLength;
        if ((flags & GreKey) != 0) length += GreFieldLength;
        if ((flags & GreSequence) != 0) length += GreFieldLength;
        if (version == GreVersionPptp && (flags & GreAcknowledgment) != 0) length += GreFieldLength;
        if (cursor.Bytes.Length < length) return cursor.Missing(length);
        cursor.Skip(length);

        // ERSPAN type I has no header of its own, and no sequence number in GRE, which type II always has.
        if (type == ErspanType2) return (flags & GreSequence) == 0 ? Layer.Ethernet : SkipErspan(ref cursor, ErspanType2Length);
        if (type == ErspanType3) return ReadErspan3(ref cursor);

        // Aruba access points tunnel bare 802.11 frames; the numbers between tell the radio and the user's slot.
        return type is >= ArubaFirst and <= ArubaLast && type % 0x10 == 0 ? Layer.Ieee80211 : EtherTypes.Next(type);
    }

    private static Layer ReadErspan3(ref FrameCursor cursor)
    {
        if (cursor.Bytes.Length < ErspanType3Length) return cursor.Missing(ErspanType3Length);
        var hasSubheader = (cursor.Bytes[11] & 1) != 0;
        return SkipErspan(ref cursor, hasSubheader ? ErspanType3Length + ErspanSubheaderLength : ErspanType3Length);
    }

    private static Layer SkipErspan(ref FrameCursor cursor, int length)
    {
        if (cursor.Bytes.Length < length) return cursor.Missing(length);
        cursor.Skip(length);
        return Layer.Ethernet;
    }
}
