namespace Wirehook.Dissection.Protocols.WebSocket;

/// <summary>A canonical Huffman code (RFC 1951 §3.2.2): short codes by a table, long ones bit by bit.</summary>
/// <param name="most">How many symbols it may have.</param>
internal sealed class HuffmanCode(int most)
{
    /// <summary>Bits of the longest code.</summary>
    public const int LongestCode = 15;

    private const int TableBits = 10;
    private readonly ushort[] _table = new ushort[1 << TableBits];
    private readonly ushort[] _counts = new ushort[LongestCode + 1];
    private readonly ushort[] _symbols = new ushort[most];

    /// <summary>Makes the code of symbols whose codes have <paramref name="lengths"/>; false where no such code exists.</summary>
    public bool TryBuild(ReadOnlySpan<byte> lengths)
    {
        Array.Clear(_counts);
        foreach (var length in lengths) _counts[length]++;
        _counts[0] = 0;
        Span<ushort> offsets = stackalloc ushort[LongestCode + 2];
        Span<int> codes = stackalloc int[LongestCode + 2];
        offsets.Clear();
        codes.Clear();
        var free = 1;
        for (var length = 1; length <= LongestCode; length++)
        {
            free = (free << 1) - _counts[length];
            if (free < 0) return false;
            offsets[length + 1] = (ushort)(offsets[length] + _counts[length]);
            codes[length + 1] = (codes[length] + _counts[length]) << 1;
        }

        Array.Clear(_table);
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0) continue;
            _symbols[offsets[length]++] = (ushort)symbol;
            var code = codes[length]++;
            if (length <= TableBits) FillTable(symbol, length, code);
        }

        return true;
    }

    /// <summary>The next symbol; -1 where the bits are no code or the data have ended.</summary>
    public int Read(ref DeflateBits bits)
    {
        bits.Fill();
        var entry = _table[(int)(bits.Peek & ((1 << TableBits) - 1))];
        if (entry != 0 && (entry & 0xf) <= bits.Available)
        {
            bits.Skip(entry & 0xf);
            return entry >> 4;
        }

        return ReadLong(ref bits);
    }

    private void FillTable(int symbol, int length, int code)
    {
        var reversed = 0;
        for (var bit = 0; bit < length; bit++) reversed |= ((code >> bit) & 1) << (length - 1 - bit);
        for (var at = reversed; at < _table.Length; at += 1 << length) _table[at] = (ushort)((symbol << 4) | length);
    }

    private int ReadLong(ref DeflateBits bits)
    {
        var (code, first, index) = (0, 0, 0);
        for (var length = 1; length <= Math.Min(LongestCode, bits.Available); length++)
        {
            code |= (int)(bits.Peek >> (length - 1)) & 1;
            int count = _counts[length];
            if (code - count < first)
            {
                bits.Skip(length);
                return _symbols[index + (code - first)];
            }

            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }

        return -1;
    }
}
