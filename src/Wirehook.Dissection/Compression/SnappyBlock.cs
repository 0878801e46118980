using System.Buffers.Binary;

namespace Wirehook.Dissection.Compression;

/// <summary>One raw Snappy block (google/snappy, format_description.txt): the content's length, then literals and copies.</summary>
internal static class SnappyBlock
{
    private const int LongestLength = 5;

    /// <summary>Decodes <paramref name="input"/> behind what <paramref name="output"/> has; copies reach back to where the block began.</summary>
    public static DecompressionStatus Decode(ReadOnlySpan<byte> input, BoundedOutput output)
    {
        if (!TryReadLength(ref input, out var declared)) return DecompressionStatus.Invalid;
        var start = output.Length;
        while (!input.IsEmpty)
        {
            var tag = input[0];
            var status = (tag & 3) == 0 ? Literal(ref input, output) : Copy(ref input, output, start);
            if (status != DecompressionStatus.Whole) return status;
            if (output.Length - start > declared) return DecompressionStatus.Invalid;
        }

        return output.Length - start == declared ? DecompressionStatus.Whole : DecompressionStatus.Invalid;
    }

    private static DecompressionStatus Literal(ref ReadOnlySpan<byte> input, BoundedOutput output)
    {
        const int longestInTag = 60;
        long length = input[0] >> 2;
        var head = 1;
        if (length >= longestInTag)
        {
            var bytes = (int)length - longestInTag + 1;
            if (input.Length < 1 + bytes) return DecompressionStatus.Invalid;
            length = 0;
            for (var i = bytes; i > 0; i--) length = (length << 8) | input[i];
            head += bytes;
        }

        length++;
        input = input[head..];
        if (length > input.Length)
        {
            output.Append(input);
            return DecompressionStatus.Invalid;
        }

        if (!output.Append(input[..(int)length])) return DecompressionStatus.Cut;
        input = input[(int)length..];
        return DecompressionStatus.Whole;
    }

    private static DecompressionStatus Copy(ref ReadOnlySpan<byte> input, BoundedOutput output, int start)
    {
        var tag = input[0];
        var head = (tag & 3) switch { 1 => 2, 2 => 3, _ => 5 };
        if (input.Length < head) return DecompressionStatus.Invalid;
        var length = (tag & 3) == 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
        long distance = head switch
        {
            2 => ((tag & 0xe0) << 3) | input[1],
            3 => BinaryPrimitives.ReadUInt16LittleEndian(input[1..]),
            _ => BinaryPrimitives.ReadUInt32LittleEndian(input[1..]),
        };
        input = input[head..];
        if (distance == 0 || distance > output.Length - start) return DecompressionStatus.Invalid;
        return output.AppendMatch((int)distance, length) ? DecompressionStatus.Whole : DecompressionStatus.Cut;
    }

    private static bool TryReadLength(ref ReadOnlySpan<byte> input, out long length)
    {
        length = 0;
        for (var i = 0; i < Math.Min(LongestLength, input.Length); i++)
        {
            length |= (long)(input[i] & 0x7f) << (7 * i);
            if (input[i] >= 0x80) continue;
            input = input[(i + 1)..];
            return length <= uint.MaxValue;
        }

        return false;
    }
}
