using System.Buffers.Binary;

namespace Wirehook.Packets.Decoding;

/// <summary>
/// Tunnels in UDP: VXLAN (RFC 7348), VXLAN-GPE, Geneve (RFC 8926), GTP-U (3GPP TS 29.281), GRE (RFC 8086), Teredo (RFC 4380), AYIYA
/// (draft-massar-v6ops-ayiya-02). A port is only a hint, so each header must hold before its content is believed.
/// </summary>
internal static class UdpTunnels
{
    private const ushort GtpUser = 2152;
    private const ushort Teredo = 3544;
    private const ushort Gre = 4754;
    private const ushort Vxlan = 4789;
    private const ushort VxlanGpe = 4790;
    private const ushort Ayiya = 5072;
    private const ushort VxlanLinux = 8472;
    private const ushort Geneve = 6081;
    private const int VxlanHeaderLength = 8;
    private const byte VxlanHasIdentifier = 0x08;
    private const byte VxlanGroupPolicy = 0x80;
    private const int GeneveHeaderLength = 8;
    private const int GtpHeaderLength = 8;
    private const byte GtpVersionMask = 0xF0;
    private const byte GtpVersion1 = 0x30;
    private const byte GtpOptionalFields = 0x07;
    private const byte GtpExtension = 0x04;
    private const byte GtpData = 255;
    private const int MaxGtpExtensions = 8;
    private const ushort TeredoOrigin = 0x0000;
    private const ushort TeredoAuthentication = 0x0001;
    private const int TeredoOriginLength = 8;
    private const int TeredoAuthenticationLength = 13;
    private const int IPv6HeaderLength = 40;
    private const int AyiyaHeaderLength = 8;
    private const int LongestAyiyaIdentity = 16;
    private const int LastAyiyaHash = 3;
    private const int LastAyiyaAuthentication = 2;
    private const int AyiyaForward = 1;

    /// <summary>Whether either port may carry a tunnel.</summary>
    public static bool IsTunnelPort(ushort source, ushort destination) => IsTunnelPort(destination) || IsTunnelPort(source);

    /// <summary>Reads the tunnel's header. <see cref="Layer.Transport"/> where there is none after all.</summary>
    public static Layer Read(ref FrameCursor cursor, ushort source, ushort destination) =>
        (IsTunnelPort(destination) ? destination : source) switch
        {
            Vxlan or VxlanLinux => ReadVxlan(ref cursor),
            VxlanGpe => ReadVxlanGpe(ref cursor),
            Geneve => ReadGeneve(ref cursor),
            GtpUser => ReadGtp(ref cursor),
            Gre => ReadGre(ref cursor),
            Ayiya => ReadAyiya(ref cursor),
            _ => ReadTeredo(ref cursor),
        };

    private static bool IsTunnelPort(ushort port) => port is GtpUser or Teredo or Gre or Vxlan or VxlanGpe or Ayiya or VxlanLinux or Geneve;

    private static Layer ReadVxlan(ref FrameCursor cursor)
    {
        var bytes = cursor.Bytes;
        if (bytes.Length < VxlanHeaderLength || (bytes[0] & ~VxlanGroupPolicy) != VxlanHasIdentifier || bytes[7] != 0) return Layer.Transport;
        cursor.Skip(VxlanHeaderLength);
        return Layer.Ethernet;
    }

    private static Layer ReadVxlanGpe(ref FrameCursor cursor)
    {
        var bytes = cursor.Bytes;
        if (bytes.Length < VxlanHeaderLength || (bytes[0] & VxlanHasIdentifier) == 0) return Layer.Transport;
        var next = bytes[3];
        cursor.Skip(VxlanHeaderLength);
        return next switch
        {
            0 or 3 => Layer.Ethernet,
            1 => Layer.IPv4,
            2 => Layer.IPv6,
            _ => Layer.Transport,
        };
    }

    private static Layer ReadGeneve(ref FrameCursor cursor)
    {
        var bytes = cursor.Bytes;
        if (bytes.Length < GeneveHeaderLength || bytes[0] >> 6 != 0) return Layer.Transport;
        var length = GeneveHeaderLength + ((bytes[0] & 0x3F) * 4);
        var next = EtherTypes.Next(BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]));
        if (bytes.Length < length || next == Layer.NotIp) return Layer.Transport;
        cursor.Skip(length);
        return next;
    }

    private static Layer ReadGtp(ref FrameCursor cursor)
    {
        var bytes = cursor.Bytes;
        if (bytes.Length < GtpHeaderLength || (bytes[0] & GtpVersionMask) != GtpVersion1 || bytes[1] != GtpData) return Layer.Transport;
        var flags = bytes[0];
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if (length > cursor.WireLength - GtpHeaderLength) return Layer.Transport;
        cursor.Skip(GtpHeaderLength);
        cursor.Trim(length);
        if ((flags & GtpOptionalFields) != 0 && !TrySkipGtpExtensions(ref cursor, (flags & GtpExtension) != 0)) return Layer.Transport;
        return Layer.RawIp;
    }

    private static bool TrySkipGtpExtensions(ref FrameCursor cursor, bool hasExtensions)
    {
        const int OptionalFieldsLength = 4;
        if (cursor.Bytes.Length < OptionalFieldsLength) return false;
        var next = hasExtensions ? cursor.Bytes[3] : (byte)0;
        cursor.Skip(OptionalFieldsLength);
        for (var count = 0; next != 0; count++)
        {
            if (count == MaxGtpExtensions || cursor.Bytes.IsEmpty) return false;
            var length = cursor.Bytes[0] * 4;
            if (length == 0 || length > cursor.Bytes.Length) return false;
            next = cursor.Bytes[length - 1];
            cursor.Skip(length);
        }

        return true;
    }

    private static Layer ReadGre(ref FrameCursor cursor)
    {
        const int GreHeaderLength = 4;
        const byte Version = 7;
        if (cursor.Bytes.Length < GreHeaderLength || (cursor.Bytes[1] & Version) != 0) return Layer.Transport;
        return EtherTypes.Next(BinaryPrimitives.ReadUInt16BigEndian(cursor.Bytes[2..])) == Layer.NotIp ? Layer.Transport : Layer.Gre;
    }

    private static Layer ReadTeredo(ref FrameCursor cursor)
    {
        if (StartsWith(cursor.Bytes, TeredoAuthentication))
        {
            if (cursor.Bytes.Length < TeredoAuthenticationLength) return Layer.Transport;
            var length = TeredoAuthenticationLength + cursor.Bytes[2] + cursor.Bytes[3];
            if (cursor.Bytes.Length < length) return Layer.Transport;
            cursor.Skip(length);
        }

        if (StartsWith(cursor.Bytes, TeredoOrigin) && cursor.Bytes.Length >= TeredoOriginLength) cursor.Skip(TeredoOriginLength);
        if (cursor.Bytes.Length < IPv6HeaderLength || cursor.Bytes[0] >> 4 != 6) return Layer.Transport;
        var payload = BinaryPrimitives.ReadUInt16BigEndian(cursor.Bytes[4..]);
        return payload <= cursor.WireLength - IPv6HeaderLength ? Layer.IPv6 : Layer.Transport;
    }

    /// <summary>Reads an AYIYA header: lengths and methods in nibbles, then the sender's identity and the signature, which is not checked.</summary>
    private static Layer ReadAyiya(ref FrameCursor cursor)
    {
        var bytes = cursor.Bytes;
        if (bytes.Length < AyiyaHeaderLength) return Layer.Transport;
        var identity = 1 << (bytes[0] >> 4);
        var signature = (bytes[1] >> 4) * 4;
        var known = identity <= LongestAyiyaIdentity && (bytes[1] & 0xF) <= LastAyiyaHash && bytes[2] >> 4 <= LastAyiyaAuthentication;
        var next = bytes[3] switch { 4 => Layer.IPv4, 41 => Layer.IPv6, _ => Layer.Transport };
        var length = AyiyaHeaderLength + identity + signature;
        if (!known || (bytes[2] & 0xF) != AyiyaForward || next == Layer.Transport || bytes.Length <= length) return Layer.Transport;
        if (bytes[length] >> 4 != (next == Layer.IPv4 ? 4 : 6)) return Layer.Transport;
        cursor.Skip(length);
        return next;
    }

    private static bool StartsWith(ReadOnlySpan<byte> bytes, ushort value) => bytes.Length >= 2 && BinaryPrimitives.ReadUInt16BigEndian(bytes) == value;
}
