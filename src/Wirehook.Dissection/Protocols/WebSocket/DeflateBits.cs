using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.WebSocket;

/// <summary>The bits of a compressed message, lowest first (RFC 1951 §3.1.1), with the four bytes that the sender left off (RFC 7692 §7.2.1) behind them.</summary>
internal ref struct DeflateBits(ReadOnlySpan<byte> data)
{
    private const int Full = 56;
    private const int Enough = 48;
    private readonly ReadOnlySpan<byte> _data = data;
    private int _at;
    private ulong _bits;
    private int _available;

    /// <summary>The next bits, as many as <see cref="Available"/>.</summary>
    public readonly ulong Peek => _bits;

    /// <summary>How many bits <see cref="Peek"/> has.</summary>
    public readonly int Available => _available;

    /// <summary>Whether no bit is left.</summary>
    public readonly bool IsAtEnd => Available == 0 && _at >= _data.Length + Tail.Length;

    private static ReadOnlySpan<byte> Tail => [0x00, 0x00, 0xff, 0xff];

    /// <summary>Makes at least 48 bits available, or all that there are.</summary>
    public void Fill()
    {
        if (_available < Enough) FillMore();
    }

    /// <summary>Passes over <paramref name="count"/> available bits.</summary>
    public void Skip(int count)
    {
        _bits >>= count;
        _available -= count;
    }

    /// <summary>The next <paramref name="count"/> bits as a number; -1 where there are too few.</summary>
    public int Read(int count)
    {
        Fill();
        if (_available < count) return -1;
        var value = (int)(_bits & ((1UL << count) - 1));
        Skip(count);
        return value;
    }

    /// <summary>Passes over the rest of a byte that was begun.</summary>
    public void Align() => Skip(_available & 7);

    /// <summary>Copies whole bytes, as many as fit and are there; how many those are. Only where no byte is begun.</summary>
    public int CopyTo(Span<byte> target)
    {
        var copied = 0;
        for (; _available > 0 && copied < target.Length; Skip(8)) target[copied++] = (byte)_bits;
        var rest = _data[Math.Min(_at, _data.Length)..];
        rest = rest[..Math.Min(rest.Length, target.Length - copied)];
        rest.CopyTo(target[copied..]);
        _at += rest.Length;
        return copied + rest.Length;
    }

    private void FillMore()
    {
        if (_at + sizeof(ulong) <= _data.Length)
        {
            _bits |= BinaryPrimitives.ReadUInt64LittleEndian(_data[_at..]) << _available;
            var bytes = (63 - _available) >> 3;
            _at += bytes;
            _available += bytes * 8;
            _bits &= ulong.MaxValue >> (64 - _available);
            return;
        }

        for (; _available <= Full && _at < _data.Length + Tail.Length; _at++, _available += 8)
        {
            _bits |= (ulong)(_at < _data.Length ? _data[_at] : Tail[_at - _data.Length]) << _available;
        }
    }
}
