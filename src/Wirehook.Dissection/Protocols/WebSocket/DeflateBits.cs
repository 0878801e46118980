using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.WebSocket;

/// <summary>The bits of a compressed message, lowest first (RFC 1951 §3.1.1), with the four bytes that the sender left off (RFC 7692 §7.2.1) behind them.</summary>
internal ref struct DeflateBits(ReadOnlySpan<byte> data)
{
    private const int Full = 56;
    private readonly ReadOnlySpan<byte> _data = data;
    private int _at;

    /// <summary>The next bits, as many as <see cref="Available"/>.</summary>
    public ulong Peek { get; private set; }

    /// <summary>How many bits <see cref="Peek"/> has.</summary>
    public int Available { get; private set; }

    /// <summary>Whether no bit is left.</summary>
    public readonly bool IsAtEnd => Available == 0 && _at >= _data.Length + Tail.Length;

    private static ReadOnlySpan<byte> Tail => [0x00, 0x00, 0xff, 0xff];

    /// <summary>Makes at least 48 bits available, or all that there are.</summary>
    public void Fill()
    {
        if (Available >= 48) return;
        if (_at + sizeof(ulong) <= _data.Length)
        {
            Peek |= BinaryPrimitives.ReadUInt64LittleEndian(_data[_at..]) << Available;
            var bytes = (63 - Available) >> 3;
            _at += bytes;
            Available += bytes * 8;
            Peek &= ulong.MaxValue >> (64 - Available);
            return;
        }

        for (; Available <= Full && _at < _data.Length + Tail.Length; _at++, Available += 8)
        {
            Peek |= (ulong)(_at < _data.Length ? _data[_at] : Tail[_at - _data.Length]) << Available;
        }
    }

    /// <summary>Passes over <paramref name="count"/> available bits.</summary>
    public void Skip(int count)
    {
        Peek >>= count;
        Available -= count;
    }

    /// <summary>The next <paramref name="count"/> bits as a number; -1 where there are too few.</summary>
    public int Read(int count)
    {
        Fill();
        if (Available < count) return -1;
        var value = (int)(Peek & ((1UL << count) - 1));
        Skip(count);
        return value;
    }

    /// <summary>Passes over the rest of a byte that was begun.</summary>
    public void Align() => Skip(Available & 7);
}
