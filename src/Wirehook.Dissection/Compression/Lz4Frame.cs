using System.Buffers.Binary;

namespace Wirehook.Dissection.Compression;

/// <summary>
/// LZ4 frames (lz4/lz4, lz4_Frame_format.md), one after another. Checksums are not checked: transport already did, and old Kafka clients compute the one
/// of the frame's head wrongly (KIP-57).
/// </summary>
internal static class Lz4Frame
{
    private const uint Magic = 0x184D2204;
    private const uint SkippableMagic = 0x184D2A50;
    private const int Checksum = 4;

    /// <summary>Decodes <paramref name="input"/> into <paramref name="output"/>.</summary>
    public static DecompressionStatus Decode(ReadOnlySpan<byte> input, BoundedOutput output)
    {
        var status = DecompressionStatus.Invalid;
        while (!input.IsEmpty)
        {
            if (input.Length < sizeof(uint)) return DecompressionStatus.Invalid;
            var magic = BinaryPrimitives.ReadUInt32LittleEndian(input);
            input = input[sizeof(uint)..];
            if (magic == Magic) status = DecodeFrame(ref input, output);
            else if ((magic & ~15u) == SkippableMagic) status = Skip(ref input);
            else return DecompressionStatus.Invalid;
            if (status != DecompressionStatus.Whole) return status;
        }

        return status;
    }

    private static DecompressionStatus DecodeFrame(ref ReadOnlySpan<byte> input, BoundedOutput output)
    {
        const byte independent = 0x20, blockChecksums = 0x10, hasSize = 0x08, contentChecksum = 0x04, hasDictionary = 0x01;
        if (input.IsEmpty) return DecompressionStatus.Invalid;
        var flags = input[0];
        var head = 3 + ((flags & hasSize) != 0 ? sizeof(ulong) : 0) + ((flags & hasDictionary) != 0 ? sizeof(uint) : 0);
        if (flags >> 6 != 1 || input.Length < head) return DecompressionStatus.Invalid;
        input = input[head..];
        var start = output.Length;
        while (TryReadBlockHead(ref input, out var length, out var compressed))
        {
            if (length == 0) return SkipEnd(ref input, (flags & contentChecksum) != 0 ? (uint)Checksum : 0);
            var whole = length <= input.Length;
            var block = input[..(whole ? length : input.Length)];
            var status = Decode(block, compressed, output, (flags & independent) != 0 ? output.Length : start);
            if (status != DecompressionStatus.Whole || !whole) return status == DecompressionStatus.Cut ? status : DecompressionStatus.Invalid;
            var total = length + ((flags & blockChecksums) != 0 ? Checksum : 0);
            if (total > input.Length) return DecompressionStatus.Invalid;
            input = input[total..];
        }

        return DecompressionStatus.Invalid;
    }

    private static DecompressionStatus Decode(ReadOnlySpan<byte> block, bool compressed, BoundedOutput output, int windowStart)
    {
        if (compressed) return Lz4Block.Decode(block, output, windowStart);
        return output.Append(block) ? DecompressionStatus.Whole : DecompressionStatus.Cut;
    }

    /// <summary>The length of the next block; 0 ends the frame.</summary>
    private static bool TryReadBlockHead(ref ReadOnlySpan<byte> input, out int length, out bool compressed)
    {
        const uint plain = 0x8000_0000;
        (length, compressed) = (0, false);
        if (input.Length < sizeof(uint)) return false;
        var head = BinaryPrimitives.ReadUInt32LittleEndian(input);
        input = input[sizeof(uint)..];
        (length, compressed) = ((int)(head & ~plain), (head & plain) == 0);
        return true;
    }

    private static DecompressionStatus Skip(ref ReadOnlySpan<byte> input)
    {
        if (input.Length < sizeof(uint)) return DecompressionStatus.Invalid;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(input);
        input = input[sizeof(uint)..];
        return SkipEnd(ref input, length);
    }

    private static DecompressionStatus SkipEnd(ref ReadOnlySpan<byte> input, uint length)
    {
        if (length > input.Length) return DecompressionStatus.Invalid;
        input = input[(int)length..];
        return DecompressionStatus.Whole;
    }
}
