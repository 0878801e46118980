using System.Buffers.Binary;

namespace Wirehook.Packets.Decoding;

/// <summary>IPv4 (RFC 791).</summary>
internal static class IPv4Layer
{
    /// <summary>The bits of flags and offset that make a packet a fragment: more fragments, or an offset.</summary>
    public const ushort FragmentMask = 0x3FFF;

    private const ushort MoreFragments = 0x2000;
    private const ushort OffsetMask = 0x1FFF;
    private const int MinHeaderLength = 20;
    private const int MinAuthenticationLength = 12;

    /// <summary>Tells IPv4 from IPv6 where the link layer does not.</summary>
    public static Layer ReadVersion(ref FrameCursor cursor)
    {
        if (cursor.Bytes.IsEmpty) return cursor.Missing(1);
        return (cursor.Bytes[0] >> 4) switch
        {
            4 => Layer.IPv4,
            6 => Layer.IPv6,
            _ => Layer.Malformed,
        };
    }

    /// <summary>Reads a header and, for a fragment, hands it to the fragment table. A total length of 0 (segmentation offload beyond 64 KiB), or one beyond the
    /// frame, means the rest of the frame.</summary>
    public static Layer Read(ref FrameCursor cursor, ref DecodedPacket packet, IpDefragmenter defragmenter)
    {
        var bytes = cursor.Bytes;
        if (bytes.Length < MinHeaderLength) return cursor.Missing(MinHeaderLength);
        var headerLength = (bytes[0] & 0xF) * 4;
        int total = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if (bytes[0] >> 4 != 4 || headerLength < MinHeaderLength || headerLength > cursor.WireLength) return Layer.Malformed;
        if (total > 0 && total < headerLength) return Layer.Malformed;
        if (total > 0) cursor.Trim(total);
        if (bytes.Length < headerLength) return Layer.Cut;
        packet.Source = IpAddress.FromIPv4(bytes[12..]);
        packet.Destination = IpAddress.FromIPv4(bytes[16..]);
        var protocol = bytes[9];
        var fragment = BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]);
        var identification = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        cursor.Skip(headerLength);
        if ((fragment & FragmentMask) == 0) return IpProtocols.Next(protocol);
        packet.Fragmented = true;
        var key = new FragmentKey(packet.Source, packet.Destination, identification, protocol);
        var span = new FragmentSpan((fragment & OffsetMask) * 8, (fragment & MoreFragments) != 0, protocol);
        return defragmenter.Add(key, span, ref cursor, out var next) ? IpProtocols.Next(next) : Layer.FragmentHeld;
    }

    /// <summary>Passes over an authentication header (RFC 4302), which encrypts nothing.</summary>
    public static Layer ReadAuthentication(ref FrameCursor cursor)
    {
        if (cursor.Bytes.Length < MinAuthenticationLength) return cursor.Missing(MinAuthenticationLength);
        var next = cursor.Bytes[0];
        var length = (cursor.Bytes[1] + 2) * 4;
        if (length < MinAuthenticationLength) return Layer.Malformed;
        if (cursor.Bytes.Length < length) return cursor.Missing(length);
        cursor.Skip(length);
        return IpProtocols.Next(next);
    }
}
