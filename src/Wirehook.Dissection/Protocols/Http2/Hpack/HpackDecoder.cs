using Wirehook.Dissection.Engine;

namespace Wirehook.Dissection.Protocols.Http2.Hpack;

/// <summary>
/// Decodes the header blocks of one direction (RFC 7541). References to entries that were inserted before the capture began, or in bytes that were lost, are
/// counted as unknown: a field is right or missing, never wrong.
/// </summary>
/// <param name="memory">What the table's entries count against; null where nothing is kept.</param>
/// <param name="listLimit">Most bytes that the fields of a block may have together, by the measure of RFC 7541 §4.1.</param>
/// <param name="cache">Literals that came before, on any connection; null for none.</param>
internal sealed class HpackDecoder(DissectionMemory? memory, int listLimit, HpackLiteralCache? cache = null)
{
    private const int IndexMask = 0x7f;
    private static readonly HeaderField Nameless = new([], 0);
    private readonly HpackTable _table = new(memory);
    private HeaderField[] _fields = new HeaderField[16];
    private byte[] _scratch = [];
    private int _scratchLength;
    private int _count;
    private int _size;

    /// <summary>The fields of the latest block that are known.</summary>
    public ReadOnlySpan<HeaderField> Fields => _fields.AsSpan(0, _count);

    /// <summary>How many fields of the latest block refer to what was not seen.</summary>
    public int Unknown { get; private set; }

    /// <summary>Whether fields of the latest block were left out because all together are beyond the limit.</summary>
    public bool Overflow { get; private set; }

    /// <summary>Insertions were missed: what the table holds can no longer be referred to.</summary>
    public void Lose() => _table.Lose();

    /// <summary>The connection is over.</summary>
    public void Clear()
    {
        _table.Clear();
        (_fields, _count, _scratch) = ([], 0, []);
    }

    /// <summary>Decodes one whole block. False where it is no HPACK, or refers to entries that were never there; what came before the error is kept.</summary>
    public bool Decode(ReadOnlySpan<byte> block)
    {
        (_count, _size, Unknown, Overflow) = (0, 0, 0, false);
        while (!block.IsEmpty)
        {
            if (DecodeOne(ref block)) continue;
            Lose();
            return false;
        }

        return true;
    }

    private bool DecodeOne(ref ReadOnlySpan<byte> block)
    {
        var first = block[0];
        if (first >= 0x80) return TryInteger(ref block, IndexMask, out var index) && AddIndexed(index);
        if (first >= 0x40) return DecodeLiteral(ref block, 0x3f, insert: true);
        if (first < 0x20) return DecodeLiteral(ref block, 0x0f, insert: false);
        if (!TryInteger(ref block, 0x1f, out var capacity)) return false;
        _table.Resize(capacity);
        return true;
    }

    private bool AddIndexed(long index)
    {
        if (index == 0) return false;
        var field = Find(index);
        if (field is null && !_table.MayMiss) return false;
        Add(field ?? Nameless);
        return true;
    }

    private HeaderField? Find(long index) =>
        index <= HpackStaticTable.Length ? HpackStaticTable.At((int)index) : index > int.MaxValue ? null : _table.At((int)index - HpackStaticTable.Length - 1);

    private bool DecodeLiteral(ref ReadOnlySpan<byte> block, int mask, bool insert)
    {
        var coded = block;
        if (!TryInteger(ref block, mask, out var index)) return false;

        // A literal that names an entry of the dynamic table means something else each time.
        var cacheable = cache is not null && index <= HpackStaticTable.Length;
        if (cacheable)
        {
            var rest = block;
            if ((index == 0 && !TrySkipString(ref rest)) || !TrySkipString(ref rest)) return false;
            coded = coded[..(coded.Length - rest.Length)];
            cacheable = coded.Length <= HpackLiteralCache.LongestLiteral;
            if (cacheable && cache!.Find(coded, out _) is { } known)
            {
                block = rest;
                Use(known, insert);
                return true;
            }
        }

        if (DecodeField(ref block, index) is not { } field) return false;
        if (cacheable)
        {
            cache!.Find(coded, out var slot);
            cache.Add(slot, coded, field);
        }

        Use(field, insert);
        return true;
    }

    private void Use(HeaderField field, bool insert)
    {
        Add(field);
        if (insert) _table.Insert(field);
    }

    private HeaderField? DecodeField(ref ReadOnlySpan<byte> block, long index)
    {
        _scratchLength = 0;
        HeaderField? named = null;
        if (index > 0 && (named = Find(index)) is null)
        {
            // The entry keeps its place in the table, under a name that nothing refers to.
            if (!_table.MayMiss) return null;
            named = Nameless;
        }

        if (named is null && !AppendString(ref block)) return null;
        if (named is not null) Append(named.Name);
        var nameLength = _scratchLength;
        if (!AppendString(ref block)) return null;
        var bytes = _scratch.AsSpan(0, _scratchLength).ToArray();
        return named is null ? new HeaderField(bytes, nameLength) : new HeaderField(bytes, named);
    }

    private static bool TrySkipString(ref ReadOnlySpan<byte> block)
    {
        if (!TryInteger(ref block, 0x7f, out var length) || length > block.Length) return false;
        block = block[(int)length..];
        return true;
    }

    private void Add(HeaderField field)
    {
        if (field.IsUnknown)
        {
            Unknown++;
            return;
        }

        // A table entry of kilobytes costs one byte each time that it is referred to (RFC 7541 §7.3).
        _size += field.Size;
        if (_size > listLimit)
        {
            Overflow = true;
            return;
        }

        if (_count == _fields.Length) Array.Resize(ref _fields, Math.Max(16, _count * 2));
        _fields[_count++] = field;
    }

    /// <summary>An integer with a prefix of the bits in <paramref name="mask"/> (RFC 7541 §5.1).</summary>
    private static bool TryInteger(ref ReadOnlySpan<byte> block, int mask, out long value)
    {
        value = 0;
        if (block.IsEmpty) return false;
        value = block[0] & mask;
        block = block[1..];
        if (value < mask) return true;
        for (var shift = 0; shift <= 28 && !block.IsEmpty; shift += 7)
        {
            var b = block[0];
            block = block[1..];
            value += (long)(b & 0x7f) << shift;
            if (b < 0x80) return true;
        }

        return false;
    }

    /// <summary>Appends a string, Huffman-coded or not (RFC 7541 §5.2), to the scratch.</summary>
    private bool AppendString(ref ReadOnlySpan<byte> block)
    {
        if (block.IsEmpty) return false;
        var coded = block[0] >= 0x80;
        if (!TryInteger(ref block, 0x7f, out var length) || length > block.Length) return false;
        var bytes = block[..(int)length];
        block = block[(int)length..];
        if (!coded)
        {
            Append(bytes);
            return true;
        }

        Reserve(HpackHuffman.MaxDecodedLength(bytes.Length));
        var count = HpackHuffman.Decode(bytes, _scratch.AsSpan(_scratchLength));
        _scratchLength += Math.Max(0, count);
        return count >= 0;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_scratch.AsSpan(_scratchLength));
        _scratchLength += bytes.Length;
    }

    private void Reserve(int more)
    {
        if (_scratchLength + more > _scratch.Length) Array.Resize(ref _scratch, Math.Max(_scratch.Length * 2, _scratchLength + more));
    }
}
