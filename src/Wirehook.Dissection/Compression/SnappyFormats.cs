using System.Buffers.Binary;

namespace Wirehook.Dissection.Compression;

/// <summary>
/// Snappy as it is found: raw blocks, the framing format (google/snappy, framing_format.txt), and the stream of snappy-java, which Kafka's clients write.
/// The checksums of frames are not checked: transport already did.
/// </summary>
internal static class SnappyFormats
{
    private const int JavaHead = 16;
    private const int ChecksumLength = 4;

    private static ReadOnlySpan<byte> JavaMagic => [0x82, (byte)'S', (byte)'N', (byte)'A', (byte)'P', (byte)'P', (byte)'Y', 0];

    private static ReadOnlySpan<byte> FramingMagic => [0xff, 6, 0, 0, (byte)'s', (byte)'N', (byte)'a', (byte)'P', (byte)'p', (byte)'Y'];

    /// <summary>Decodes <paramref name="input"/>, whichever of the three it is, into <paramref name="output"/>.</summary>
    public static DecompressionStatus Decode(ReadOnlySpan<byte> input, BoundedOutput output)
    {
        if (input.StartsWith(JavaMagic)) return DecodeJava(input, output);
        return input.StartsWith(FramingMagic) ? DecodeFrames(input, output) : SnappyBlock.Decode(input, output);
    }

    private static DecompressionStatus DecodeJava(ReadOnlySpan<byte> input, BoundedOutput output)
    {
        if (input.Length < JavaHead) return DecompressionStatus.Invalid;
        input = input[JavaHead..];
        while (!input.IsEmpty)
        {
            // Streams that were appended to one another repeat the head.
            if (input.StartsWith(JavaMagic) && input.Length >= JavaHead)
            {
                input = input[JavaHead..];
                continue;
            }

            if (!TryTake(ref input, sizeof(int), out var head)) return DecompressionStatus.Invalid;
            var length = BinaryPrimitives.ReadUInt32BigEndian(head);
            var whole = TryTake(ref input, length, out var block);
            var status = SnappyBlock.Decode(whole ? block : input, output);
            if (status != DecompressionStatus.Whole || !whole) return status == DecompressionStatus.Cut ? status : DecompressionStatus.Invalid;
        }

        return DecompressionStatus.Whole;
    }

    private static DecompressionStatus DecodeFrames(ReadOnlySpan<byte> input, BoundedOutput output)
    {
        while (!input.IsEmpty)
        {
            if (!TryTake(ref input, sizeof(int), out var head)) return DecompressionStatus.Invalid;
            var length = BinaryPrimitives.ReadUInt32LittleEndian(head) >> 8;
            if (!TryTake(ref input, length, out var chunk)) return DecompressionStatus.Invalid;
            var status = DecodeChunk(head[0], chunk, output);
            if (status != DecompressionStatus.Whole) return status;
        }

        return DecompressionStatus.Whole;
    }

    private static DecompressionStatus DecodeChunk(byte type, ReadOnlySpan<byte> chunk, BoundedOutput output)
    {
        const byte compressed = 0, plain = 1, firstSkippable = 0x80;
        if (type >= firstSkippable) return DecompressionStatus.Whole;
        if (type > plain || chunk.Length < ChecksumLength) return DecompressionStatus.Invalid;
        chunk = chunk[ChecksumLength..];
        if (type == compressed) return SnappyBlock.Decode(chunk, output);
        return output.Append(chunk) ? DecompressionStatus.Whole : DecompressionStatus.Cut;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> input, uint length, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (length > input.Length) return false;
        taken = input[..(int)length];
        input = input[(int)length..];
        return true;
    }
}
