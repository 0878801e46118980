using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>
/// Reads the primitive types of Kafka's protocol (kafka.apache.org/protocol, "Protocol Primitive Types"). What cannot be read gives zero or nothing and sets
/// <see cref="Invalid"/> where the bytes contradict the protocol, or <see cref="Ended"/> where there are too few.
/// </summary>
internal ref struct KafkaReader(ReadOnlySpan<byte> data)
{
    private const int LongestVarint = 10;
    private readonly int _length = data.Length;
    private ReadOnlySpan<byte> _rest = data;

    /// <summary>Whether something was read that cannot be.</summary>
    public bool Invalid { get; private set; }

    /// <summary>Whether more was asked for than there is.</summary>
    public bool Ended { get; private set; }

    /// <summary>Whether reading can go on.</summary>
    public readonly bool Ok => !Invalid && !Ended;

    /// <summary>Whether every byte was read, and none too many.</summary>
    public readonly bool IsAtEnd => Ok && _rest.IsEmpty;

    /// <summary>Bytes that were read.</summary>
    public readonly int Position => _length - _rest.Length;

    /// <summary>Bytes that are left.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte Byte()
    {
        var bytes = Bytes(1);
        return bytes.IsEmpty ? (byte)0 : bytes[0];
    }

    public short Int16()
    {
        var bytes = Bytes(sizeof(short));
        return bytes.IsEmpty ? (short)0 : BinaryPrimitives.ReadInt16BigEndian(bytes);
    }

    public int Int32()
    {
        var bytes = Bytes(sizeof(int));
        return bytes.IsEmpty ? 0 : BinaryPrimitives.ReadInt32BigEndian(bytes);
    }

    public long Int64()
    {
        var bytes = Bytes(sizeof(long));
        return bytes.IsEmpty ? 0 : BinaryPrimitives.ReadInt64BigEndian(bytes);
    }

    /// <summary>A number in groups of seven bits, the lowest first.</summary>
    public ulong UnsignedVarint()
    {
        ulong value = 0;
        for (var i = 0; i < LongestVarint; i++)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7f) << (7 * i);
            if (next < 0x80) return value;
        }

        Refuse();
        return 0;
    }

    /// <summary>A signed number: zigzag encoding of an unsigned one.</summary>
    public long Varint()
    {
        var value = UnsignedVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A length in front of a string, bytes or an array; -1 for null.</summary>
    /// <param name="compact">Whether it is written as in flexible versions: one more, as a varint.</param>
    /// <param name="wide">Whether it has 32 bits where it is not compact.</param>
    public int Length(bool compact, bool wide)
    {
        var length = compact ? (long)Math.Min(UnsignedVarint(), int.MaxValue) - 1 : wide ? Int32() : Int16();
        if (length < -1) Refuse();
        return Ok ? (int)length : -1;
    }

    /// <summary>The next <paramref name="count"/> bytes; none where there are fewer.</summary>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (!Ok || count < 0 || count > _rest.Length)
        {
            if (count < 0) Refuse();
            else if (!Invalid) Ended = true;
            return default;
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    /// <summary>All bytes that are left, where there are fewer than asked for.</summary>
    public ReadOnlySpan<byte> TakeRest()
    {
        var taken = _rest;
        _rest = default;
        return taken;
    }

    /// <summary>What was read contradicts the protocol.</summary>
    public void Refuse() => Invalid = true;
}
