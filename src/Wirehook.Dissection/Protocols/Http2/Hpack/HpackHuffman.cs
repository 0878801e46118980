namespace Wirehook.Dissection.Protocols.Http2.Hpack;

/// <summary>The Huffman code of RFC 7541 appendix B. It is canonical, so that the lengths of its codes say all of it.</summary>
internal static class HpackHuffman
{
    private const int EndOfString = 256;
    private const int FastBits = 10;
    private const int LongestCode = 30;

    private static readonly byte[] Lengths =
    [
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
        13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
        20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
        22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
        20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
        30,
    ];

    // Symbol and length of the code with which each FastBits bits begin; length 0 where the code is longer.
    private static readonly ushort[] FastSymbols = new ushort[1 << FastBits];
    private static readonly byte[] FastLengths = new byte[1 << FastBits];

    // For each length: the first code of it, how many there are, and where their symbols begin in code order.
    private static readonly uint[] FirstCodes = new uint[LongestCode + 1];
    private static readonly int[] Counts = new int[LongestCode + 1];
    private static readonly int[] Offsets = new int[LongestCode + 1];
    private static readonly ushort[] Symbols = MakeTables();

    /// <summary>Most bytes that <paramref name="length"/> coded bytes decode to: no code is shorter than five bits.</summary>
    public static int MaxDecodedLength(int length) => length * 8 / 5;

    /// <summary>Decodes <paramref name="coded"/> into <paramref name="output"/>, which is long enough. Returns the length, or -1 where it is no code.</summary>
    public static int Decode(ReadOnlySpan<byte> coded, Span<byte> output)
    {
        ulong bits = 0;
        var (have, at, written) = (0, 0, 0);
        while (true)
        {
            while (have <= 56 && at < coded.Length)
            {
                bits |= (ulong)coded[at++] << (56 - have);
                have += 8;
            }

            if (have == 0) return written;
            var index = (int)(bits >> (64 - FastBits));
            int length = FastLengths[index];
            var symbol = length > 0 ? FastSymbols[index] : FindLong(bits, out length);
            if (length > have) return IsPadding(bits, have) ? written : -1;
            if (symbol >= EndOfString || length == 0) return -1;
            output[written++] = (byte)symbol;
            bits <<= length;
            have -= length;
        }
    }

    /// <summary>Fewer than eight bits may remain, all ones: the beginning of the end-of-string code (RFC 7541 §5.2).</summary>
    private static bool IsPadding(ulong bits, int have) => have < 8 && bits >> (64 - have) == (1UL << have) - 1;

    private static int FindLong(ulong bits, out int length)
    {
        for (length = FastBits + 1; length <= LongestCode; length++)
        {
            var rank = (uint)(bits >> (64 - length)) - FirstCodes[length];
            if (rank < (uint)Counts[length]) return Symbols[Offsets[length] + (int)rank];
        }

        length = 0;
        return EndOfString;
    }

    private static ushort[] MakeTables()
    {
        var symbols = Enumerable.Range(0, Lengths.Length).OrderBy(s => Lengths[s]).ThenBy(s => s).Select(s => (ushort)s).ToArray();
        var (code, at) = (0u, 0);
        for (var length = 1; length <= LongestCode; length++, code <<= 1)
        {
            (FirstCodes[length], Offsets[length]) = (code, at);
            for (; at < symbols.Length && Lengths[symbols[at]] == length; at++, code++)
            {
                Counts[length]++;
                if (length > FastBits) continue;
                var first = (int)code << (FastBits - length);
                FastSymbols.AsSpan(first, 1 << (FastBits - length)).Fill(symbols[at]);
                FastLengths.AsSpan(first, 1 << (FastBits - length)).Fill((byte)length);
            }
        }

        return symbols;
    }
}
