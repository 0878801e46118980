using System.Buffers.Binary;

namespace Wirehook.Packets.Decoding;

/// <summary>IPv6 and its extension headers (RFC 8200).</summary>
internal static class IPv6Layer
{
    private const int HeaderLength = 40;
    private const int FragmentHeaderLength = 8;
    private const int MaxExtensionHeaders = 64;

    /// <summary>Reads a header and its extension headers. A payload length of 0 (jumbograms, segmentation offload), or one beyond the frame, means the
    /// rest of the frame.</summary>
    public static Layer Read(ref FrameCursor cursor, ref DecodedPacket packet, IpDefragmenter defragmenter)
    {
        var bytes = cursor.Bytes;
        if (bytes.Length < HeaderLength) return cursor.Missing(HeaderLength);
        if (bytes[0] >> 4 != 6) return Layer.Malformed;
        int payloadLength = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        packet.Source = IpAddress.FromIPv6(bytes[8..]);
        packet.Destination = IpAddress.FromIPv6(bytes[24..]);
        cursor.Skip(HeaderLength);
        if (payloadLength > 0) cursor.Trim(payloadLength);
        return ReadExtensions(bytes[6], ref cursor, ref packet, defragmenter);
    }

    private static Layer ReadExtensions(byte protocol, ref FrameCursor cursor, ref DecodedPacket packet, IpDefragmenter defragmenter)
    {
        for (var count = 0; count < MaxExtensionHeaders; count++)
        {
            switch (protocol)
            {
                case IpProtocols.HopByHop or IpProtocols.Routing or IpProtocols.DestinationOptions
                    or IpProtocols.Mobility or IpProtocols.HostIdentity or IpProtocols.Shim6:
                    if (!TrySkipOptions(ref cursor, ref protocol)) return cursor.Missing(FragmentHeaderLength);
                    break;
                case IpProtocols.Fragment:
                    if (cursor.Bytes.Length < FragmentHeaderLength) return cursor.Missing(FragmentHeaderLength);
                    if (!TryAddFragment(ref cursor, ref packet, defragmenter, ref protocol)) return Layer.FragmentHeld;
                    break;
                default:
                    return IpProtocols.Next(protocol);
            }
        }

        return Layer.TooDeep;
    }

    /// <summary>Passes over one header of the common form: next header, and length in units of eight bytes beyond the first eight.</summary>
    private static bool TrySkipOptions(ref FrameCursor cursor, ref byte protocol)
    {
        if (cursor.Bytes.Length < 2) return false;
        var length = (cursor.Bytes[1] + 1) * 8;
        if (cursor.Bytes.Length < length) return false;
        protocol = cursor.Bytes[0];
        cursor.Skip(length);
        return true;
    }

    /// <summary>Hands a fragment to the table. True where the packet goes on: the datagram is complete, or the fragment is the whole datagram (RFC
    /// 6946).</summary>
    private static bool TryAddFragment(ref FrameCursor cursor, ref DecodedPacket packet, IpDefragmenter defragmenter, ref byte protocol)
    {
        var first = cursor.Bytes[0];
        var fragment = BinaryPrimitives.ReadUInt16BigEndian(cursor.Bytes[2..]);
        var identification = BinaryPrimitives.ReadUInt32BigEndian(cursor.Bytes[4..]);
        cursor.Skip(FragmentHeaderLength);
        var span = new FragmentSpan(fragment & ~7, (fragment & 1) != 0, first);
        if (span is { Offset: 0, MoreFollow: false })
        {
            protocol = first;
            return true;
        }

        packet.Fragmented = true;
        var key = new FragmentKey(packet.Source, packet.Destination, identification, IpProtocols.Fragment);
        return defragmenter.Add(key, span, ref cursor, out protocol);
    }
}
