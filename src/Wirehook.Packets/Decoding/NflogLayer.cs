using System.Buffers.Binary;

namespace Wirehook.Packets.Decoding;

/// <summary>Linux netfilter log messages: a header with the address family, then attributes, one of which is the packet from its IP header on.</summary>
internal static class NflogLayer
{
    private const int HeaderLength = 4;
    private const int AttributeHeaderLength = 4;
    private const ushort Payload = 9;

    /// <summary>Finds the packet. Attributes are in the capturing host's byte order, and nothing tells which: types are small, so a large one is
    /// exchanged.</summary>
    public static Layer Read(ref FrameCursor cursor)
    {
        if (cursor.Bytes.Length < HeaderLength) return cursor.Missing(HeaderLength);
        var family = cursor.Bytes[0];
        cursor.Skip(HeaderLength);
        while (cursor.Bytes.Length >= AttributeHeaderLength)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(cursor.Bytes);
            var type = BinaryPrimitives.ReadUInt16LittleEndian(cursor.Bytes[2..]);
            if (type > byte.MaxValue) (length, type) = (BinaryPrimitives.ReverseEndianness(length), BinaryPrimitives.ReverseEndianness(type));
            if (length < AttributeHeaderLength || length > cursor.WireLength) return Layer.Malformed;
            if (type == Payload)
            {
                cursor.Trim(length);
                cursor.Skip(AttributeHeaderLength);
                return LinkLayers.NextOfFamily(family);
            }

            var padded = (length + 3) & ~3;
            if (padded > cursor.Bytes.Length) break;
            cursor.Skip(padded);
        }

        return cursor.Missing(AttributeHeaderLength);
    }
}
