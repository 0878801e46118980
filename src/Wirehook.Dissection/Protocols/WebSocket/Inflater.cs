using System.Buffers;

namespace Wirehook.Dissection.Protocols.WebSocket;

/// <summary>How the expansion of a compressed message ended.</summary>
internal enum InflateStatus : byte
{
    /// <summary>The whole message is there.</summary>
    Whole,

    /// <summary>It refers to bytes that are not known; what comes out is not what was sent.</summary>
    Unknown,

    /// <summary>It is no deflate data.</summary>
    Damaged,

    /// <summary>It expands to more than the limit.</summary>
    TooLong,
}

/// <summary>
/// Expands raw deflate data (RFC 1951) message by message against a window that outlives the message: what the framework's decoder, whose window cannot be
/// taken out or bounded, does not do. One for all connections of an engine; it keeps nothing between messages but its tables.
/// </summary>
internal sealed class Inflater
{
    private const int LengthSymbols = 288;
    private const int DistanceSymbols = 30;
    private const int LongestMatch = 258;
    private const int EndOfBlock = 256;
    private static readonly ushort[] LengthBase = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
    private static readonly byte[] LengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
    private static readonly ushort[] DistanceBase =
        [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
    private static readonly byte[] DistanceExtra = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
    private static readonly byte[] CodeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
    private readonly HuffmanCode _fixedLengths = new(LengthSymbols);
    private readonly HuffmanCode _fixedDistances = new(DistanceSymbols);
    private readonly HuffmanCode _codeLengths = new(CodeLengthOrder.Length);
    private readonly HuffmanCode _lengths = new(LengthSymbols);
    private readonly HuffmanCode _distances = new(DistanceSymbols + 2);
    private readonly ArrayBufferWriter<byte> _spilled = new();
    private DeflateWindow _window = null!;
    private int _from;
    private long _limit;
    private bool _unknown;

    public Inflater()
    {
        Span<byte> lengths = stackalloc byte[LengthSymbols];
        lengths[..144].Fill(8);
        lengths[144..256].Fill(9);
        lengths[256..280].Fill(7);
        lengths[280..].Fill(8);
        _fixedLengths.TryBuild(lengths);
        lengths[..DistanceSymbols].Fill(5);
        _fixedDistances.TryBuild(lengths[..DistanceSymbols]);
    }

    /// <summary>Expands one message and notes it in <paramref name="window"/>.</summary>
    /// <param name="data">The message's payload, unmasked.</param>
    /// <param name="window">What it may refer to.</param>
    /// <param name="limit">Most bytes that may come out.</param>
    /// <param name="expanded">What came out; valid until the next call.</param>
    public InflateStatus Inflate(ReadOnlySpan<byte> data, DeflateWindow window, long limit, out ReadOnlySpan<byte> expanded)
    {
        (_window, _from, _limit, _unknown) = (window, window.End, limit, false);
        _spilled.ResetWrittenCount();
        var bits = new DeflateBits(data);
        var status = InflateStatus.Whole;
        bool last;
        do status = ReadBlock(ref bits, out last);
        while (status == InflateStatus.Whole && !last && !bits.IsAtEnd);
        if (status == InflateStatus.Whole && _unknown) status = InflateStatus.Unknown;
        expanded = window.Bytes.AsSpan(_from, window.End - _from);
        if (_spilled.WrittenCount > 0)
        {
            _spilled.Write(expanded);
            expanded = _spilled.WrittenSpan;
        }

        if (expanded.Length > limit)
        {
            expanded = expanded[..(int)limit];
            status = InflateStatus.TooLong;
        }

        if (status != InflateStatus.Whole) window.Forget();
        return status;
    }

    private InflateStatus ReadBlock(ref DeflateBits bits, out bool last)
    {
        last = bits.Read(1) != 0;
        switch (bits.Read(2))
        {
            case 0:
                return CopyStored(ref bits);
            case 1:
                return ReadCodes(ref bits, _fixedLengths, _fixedDistances);
            case 2:
                return ReadTables(ref bits) ? ReadCodes(ref bits, _lengths, _distances) : InflateStatus.Damaged;
            default:
                return InflateStatus.Damaged;
        }
    }

    private InflateStatus CopyStored(ref DeflateBits bits)
    {
        bits.Align();
        var (length, inverse) = (bits.Read(16), bits.Read(16));
        if (length < 0 || inverse != (~length & 0xffff)) return InflateStatus.Damaged;
        while (length > 0)
        {
            if (!TryMakeRoom(1)) return InflateStatus.TooLong;
            var copied = bits.CopyTo(_window.Bytes.AsSpan(_window.End, Math.Min(length, _window.Bytes.Length - _window.End)));
            if (copied == 0) return InflateStatus.Damaged;
            _window.End += copied;
            length -= copied;
        }

        return InflateStatus.Whole;
    }

    private InflateStatus ReadCodes(ref DeflateBits bits, HuffmanCode lengths, HuffmanCode distances)
    {
        var (bytes, end) = (_window.Bytes, _window.End);
        while (true)
        {
            var symbol = lengths.Read(ref bits);
            if (end + LongestMatch > bytes.Length)
            {
                _window.End = end;
                if (!TryMakeRoom(LongestMatch)) return InflateStatus.TooLong;
                (bytes, end) = (_window.Bytes, _window.End);
            }

            if ((uint)symbol < EndOfBlock)
            {
                bytes[end++] = (byte)symbol;
                continue;
            }

            _window.End = end;
            if (symbol == EndOfBlock) return InflateStatus.Whole;
            var length = ReadMatch(ref bits, symbol - EndOfBlock - 1, distances, out var distance);
            if (length == 0) return InflateStatus.Damaged;
            CopyMatch(bytes, end, length, distance);
            end += length;
        }
    }

    /// <summary>Length and distance of a match (RFC 1951 §3.2.5); 0 where there are none.</summary>
    private static int ReadMatch(ref DeflateBits bits, int at, HuffmanCode distances, out int distance)
    {
        distance = 0;
        if ((uint)at >= LengthBase.Length) return 0;
        var length = LengthBase[at] + bits.Read(LengthExtra[at]);
        var symbol = distances.Read(ref bits);
        if (symbol is < 0 or >= DistanceSymbols) return 0;
        var extra = bits.Read(DistanceExtra[symbol]);
        distance = DistanceBase[symbol] + extra;
        return length < LengthBase[at] || extra < 0 ? 0 : length;
    }

    private void CopyMatch(byte[] bytes, int end, int length, int distance)
    {
        var from = end - distance;
        if (from < _window.KnownFrom) _unknown = true;
        var target = bytes.AsSpan(end, length);
        if (from < 0)
        {
            target.Clear();
            return;
        }

        // A match may reach into what it makes: then its beginning repeats.
        while (distance < target.Length)
        {
            bytes.AsSpan(from, distance).CopyTo(target);
            target = target[distance..];
            distance *= 2;
        }

        bytes.AsSpan(from, target.Length).CopyTo(target);
    }

    /// <summary>The two codes of a block that brings its own (RFC 1951 §3.2.7).</summary>
    private bool ReadTables(ref DeflateBits bits)
    {
        var (literals, distances, codes) = (bits.Read(5) + 257, bits.Read(5) + 1, bits.Read(4) + 4);
        if (literals < 257 || distances < 1 || codes < 4 || literals > LengthSymbols) return false;
        Span<byte> lengths = stackalloc byte[LengthSymbols + DistanceSymbols + 2];
        lengths.Clear();
        for (var i = 0; i < codes; i++)
        {
            var length = bits.Read(3);
            if (length < 0) return false;
            lengths[CodeLengthOrder[i]] = (byte)length;
        }

        if (!_codeLengths.TryBuild(lengths[..CodeLengthOrder.Length])) return false;
        lengths.Clear();
        return ReadLengths(ref bits, lengths[..(literals + distances)]) && lengths[EndOfBlock] != 0
            && _lengths.TryBuild(lengths[..literals]) && _distances.TryBuild(lengths.Slice(literals, distances));
    }

    private bool ReadLengths(ref DeflateBits bits, scoped Span<byte> lengths)
    {
        for (var at = 0; at < lengths.Length;)
        {
            var symbol = _codeLengths.Read(ref bits);
            if (symbol is >= 0 and < 16)
            {
                lengths[at++] = (byte)symbol;
                continue;
            }

            if (symbol < 0 || (symbol == 16 && at == 0)) return false;
            var value = symbol == 16 ? lengths[at - 1] : (byte)0;
            var repeat = symbol switch { 16 => 3 + bits.Read(2), 17 => 3 + bits.Read(3), _ => 11 + bits.Read(7) };
            if (repeat < 3 || at + repeat > lengths.Length) return false;
            lengths.Slice(at, repeat).Fill(value);
            at += repeat;
        }

        return true;
    }

    /// <summary>Makes room in the window; what this message put there is set aside before it moves. False beyond the limit.</summary>
    private bool TryMakeRoom(int count)
    {
        if (_window.End + count <= _window.Bytes.Length || _window.TryGrow()) return true;
        _spilled.Write(_window.Bytes.AsSpan(_from, _window.End - _from));
        _window.Slide();
        _from = _window.End;
        return _spilled.WrittenCount <= _limit;
    }
}
