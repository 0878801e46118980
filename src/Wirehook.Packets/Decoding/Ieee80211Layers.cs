using System.Buffers.Binary;

namespace Wirehook.Packets.Decoding;

/// <summary>IEEE 802.11 data frames, and the radio headers in front of them (radiotap.org; the Prism and AVS headers of older drivers).</summary>
internal static class Ieee80211Layers
{
    private const int RadiotapHeaderLength = 8;
    private const byte RadiotapDataPad = 0x20;
    private const uint AvsMagic = 0x8021_1000;
    private const uint AvsMagicMask = 0xFFFF_F000;
    private const int PrismHeaderLength = 8;
    private const int FrameHeaderLength = 24;
    private const int AddressLength = 6;
    private const int QosLength = 2;
    private const int HtControlLength = 4;
    private const int TypeData = 2;
    private const byte SubtypeNoData = 0x40;
    private const byte SubtypeQos = 0x80;
    private const byte FlagBothDistributionSystems = 0x03;
    private const byte FlagProtected = 0x40;
    private const byte FlagOrder = 0x80;
    private const byte QosAggregate = 0x80;

    /// <summary>Reads a radiotap header and the frame behind it. Only the padding flag matters: it moves the frame's payload.</summary>
    public static Layer ReadRadiotap(ref FrameCursor cursor)
    {
        var bytes = cursor.Bytes;
        if (bytes.Length < RadiotapHeaderLength) return cursor.Missing(RadiotapHeaderLength);
        int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
        if (bytes[0] != 0 || length < RadiotapHeaderLength) return Layer.Malformed;
        if (bytes.Length < length) return cursor.Missing(length);
        var flags = ReadRadiotapFlags(bytes[..length]);
        cursor.Skip(length);
        return Read(ref cursor, (flags & RadiotapDataPad) != 0);
    }

    /// <summary>Reads a Prism or AVS header and the frame behind it.</summary>
    public static Layer ReadPrism(ref FrameCursor cursor)
    {
        var bytes = cursor.Bytes;
        if (bytes.Length < PrismHeaderLength) return cursor.Missing(PrismHeaderLength);
        var isAvs = (BinaryPrimitives.ReadUInt32BigEndian(bytes) & AvsMagicMask) == AvsMagic;
        var length = isAvs ? BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);

        // Prism headers are in the capturing host's byte order, and their length is small.
        if (!isAvs && length > ushort.MaxValue) length = BinaryPrimitives.ReverseEndianness(length);
        if (length < PrismHeaderLength || length > cursor.WireLength) return Layer.Malformed;
        if (bytes.Length < length) return Layer.Cut;
        cursor.Skip((int)length);
        return Read(ref cursor, paddedHeader: false);
    }

    /// <summary>Reads an 802.11 frame header.</summary>
    /// <param name="cursor">The frame.</param>
    /// <param name="paddedHeader">Whether the driver padded the header to a multiple of four bytes.</param>
    public static Layer Read(ref FrameCursor cursor, bool paddedHeader)
    {
        var bytes = cursor.Bytes;
        if (bytes.Length < 2) return cursor.Missing(2);
        var (control, flags) = (bytes[0], bytes[1]);
        if (((control >> 2) & 3) != TypeData || (control & SubtypeNoData) != 0) return Layer.NoData;
        var length = FrameHeaderLength;
        if ((flags & FlagBothDistributionSystems) == FlagBothDistributionSystems) length += AddressLength;
        var qos = length;
        var hasQos = (control & SubtypeQos) != 0;
        if (hasQos) length += QosLength;
        if (hasQos && (flags & FlagOrder) != 0) length += HtControlLength;
        if (paddedHeader) length = (length + 3) & ~3;
        if (bytes.Length < length) return cursor.Missing(length);
        if ((flags & FlagProtected) != 0) return Layer.Encrypted;
        if (hasQos && (bytes[qos] & QosAggregate) != 0) return Layer.Aggregate;
        cursor.Skip(length);
        return Layer.Llc;
    }

    private static byte ReadRadiotapFlags(ReadOnlySpan<byte> header)
    {
        const uint Timestamp = 1;
        const uint Flags = 2;
        const uint MoreWords = 0x8000_0000;
        const int TimestampLength = 8;
        var present = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        if ((present & Flags) == 0) return 0;
        var offset = 4;
        uint word;
        do
        {
            if (header.Length < offset + sizeof(uint)) return 0;
            word = BinaryPrimitives.ReadUInt32LittleEndian(header[offset..]);
            offset += sizeof(uint);
        }
        while ((word & MoreWords) != 0);

        if ((present & Timestamp) != 0) offset = ((offset + TimestampLength - 1) & -TimestampLength) + TimestampLength;
        return offset < header.Length ? header[offset] : (byte)0;
    }
}
