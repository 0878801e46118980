using System.Buffers.Binary;

namespace Wirehook.Dissection.Compression;

/// <summary>One LZ4 block (lz4/lz4, lz4_Block_format.md): sequences of literals and a match.</summary>
internal static class Lz4Block
{
    private const int ShortestMatch = 4;
    private const int LengthGoesOn = 15;

    /// <summary>Decodes <paramref name="input"/> behind what <paramref name="output"/> has.</summary>
    /// <param name="input">The block.</param>
    /// <param name="output">Where to.</param>
    /// <param name="windowStart">Where in the output the bytes begin to which matches may point back.</param>
    public static DecompressionStatus Decode(ReadOnlySpan<byte> input, BoundedOutput output, int windowStart)
    {
        while (!input.IsEmpty)
        {
            var token = input[0];
            input = input[1..];
            if (!TryReadLength(ref input, token >> 4, out var literals)) return DecompressionStatus.Invalid;
            var whole = literals <= input.Length;
            var taken = whole ? (int)literals : input.Length;
            if (!output.Append(input[..taken])) return DecompressionStatus.Cut;
            input = input[taken..];
            if (!whole) return DecompressionStatus.Invalid;
            // The last sequence is literals only.
            if (input.IsEmpty) return DecompressionStatus.Whole;
            var status = Match(ref input, token & LengthGoesOn, output, windowStart);
            if (status != DecompressionStatus.Whole) return status;
        }

        return DecompressionStatus.Invalid;
    }

    private static DecompressionStatus Match(ref ReadOnlySpan<byte> input, int lengthInToken, BoundedOutput output, int windowStart)
    {
        if (input.Length < sizeof(ushort)) return DecompressionStatus.Invalid;
        var distance = BinaryPrimitives.ReadUInt16LittleEndian(input);
        input = input[sizeof(ushort)..];
        if (!TryReadLength(ref input, lengthInToken, out var length)) return DecompressionStatus.Invalid;
        if (distance == 0 || distance > output.Length - windowStart) return DecompressionStatus.Invalid;
        return output.AppendMatch(distance, (int)Math.Min(length + ShortestMatch, int.MaxValue / 2)) ? DecompressionStatus.Whole : DecompressionStatus.Cut;
    }

    private static bool TryReadLength(ref ReadOnlySpan<byte> input, int inToken, out long length)
    {
        length = inToken;
        if (inToken < LengthGoesOn) return true;
        for (var i = 0; i < input.Length; i++)
        {
            length += input[i];
            if (input[i] == byte.MaxValue) continue;
            input = input[(i + 1)..];
            return true;
        }

        return false;
    }
}
