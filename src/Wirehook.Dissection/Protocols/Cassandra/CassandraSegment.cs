namespace Wirehook.Dissection.Protocols.Cassandra;

/// <summary>The header of a segment, in which version 5 carries its messages (native_protocol_v5.spec §2.1).</summary>
/// <param name="HeaderLength">6 bytes, or 8 where the connection compresses.</param>
/// <param name="Length">Bytes of the payload on the wire.</param>
/// <param name="PlainLength">Bytes of the payload without compression; 0 where it is not compressed.</param>
/// <param name="IsSelfContained">Whether it holds whole messages and not a part of a long one.</param>
internal readonly record struct CassandraSegment(int HeaderLength, int Length, int PlainLength, bool IsSelfContained)
{
    /// <summary>The length of a header without compression.</summary>
    public const int PlainHeader = 6;

    /// <summary>The length of a header with compression.</summary>
    public const int CompressedHeader = 8;

    private const int TrailerLength = 4;
    private const int ChecksumLength = 3;
    private const int LengthMask = 0x1ffff;
    private const int Polynomial = 0x1974f0b;
    private const int Initial = 0x875060;

    /// <summary>Bytes of the whole segment, its checksum included.</summary>
    public int Size => HeaderLength + Length + TrailerLength;

    /// <summary>Reads a header whose checksum holds.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, bool compressed, out CassandraSegment segment)
    {
        segment = default;
        var length = compressed ? CompressedHeader : PlainHeader;
        if (data.Length < length) return false;
        var bits = 0UL;
        for (var i = length - ChecksumLength - 1; i >= 0; i--) bits = (bits << 8) | data[i];
        var checksum = data[length - 3] | (data[length - 2] << 8) | (data[length - 1] << 16);
        if (checksum != Checksum(bits, length - ChecksumLength)) return false;
        segment = compressed
            ? new CassandraSegment(length, (int)(bits & LengthMask), (int)((bits >> 17) & LengthMask), ((bits >> 34) & 1) != 0)
            : new CassandraSegment(length, (int)(bits & LengthMask), 0, ((bits >> 17) & 1) != 0);
        return segment.Length > 0;
    }

    /// <summary>Finds out in mid-stream whether segments come and of which kind: the header must hold, and uncompressed contents begin with a message.</summary>
    public static bool TryFind(ReadOnlySpan<byte> data, out bool compressed, out int contents)
    {
        (compressed, contents) = (false, PlainHeader);
        if (TryRead(data, compressed: false, out var plain)) return plain.IsSelfContained && IsMessage(data, contents);
        (compressed, contents) = (true, CompressedHeader);
        return TryRead(data, compressed: true, out var packed) && packed is { IsSelfContained: true, PlainLength: 0 } && IsMessage(data, contents);
    }

    private static bool IsMessage(ReadOnlySpan<byte> data, int at) => data.Length > at && (data[at] & 0x7f) == 5;

    private static int Checksum(ulong bits, int length)
    {
        var checksum = Initial;
        for (var i = 0; i < length; i++, bits >>= 8)
        {
            checksum ^= (int)(bits & 0xff) << 16;
            for (var bit = 0; bit < 8; bit++)
            {
                checksum <<= 1;
                if ((checksum & 0x1000000) != 0) checksum ^= Polynomial;
            }
        }

        return checksum;
    }
}
