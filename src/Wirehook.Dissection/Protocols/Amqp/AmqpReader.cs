using System.Buffers.Binary;
using System.Text;

namespace Wirehook.Dissection.Protocols.Amqp;

/// <summary>Reads AMQP's data types (AMQP 0-9-1 §4.2.5). Where the bytes end too early, <see cref="Failed"/> is set and everything reads as zero or empty.</summary>
internal ref struct AmqpReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    /// <summary>Whether something was read beyond the end.</summary>
    public bool Failed { get; private set; }

    /// <summary>Whether every byte was read, and none too many.</summary>
    public readonly bool IsAtEnd => !Failed && _rest.IsEmpty;

    /// <summary>Whether something is left to read.</summary>
    public readonly bool HasMore => !Failed && !_rest.IsEmpty;

    public byte Octet()
    {
        var bytes = Bytes(1);
        return bytes.IsEmpty ? (byte)0 : bytes[0];
    }

    public ushort Short()
    {
        var bytes = Bytes(sizeof(ushort));
        return bytes.IsEmpty ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    public uint Long()
    {
        var bytes = Bytes(sizeof(uint));
        return bytes.IsEmpty ? 0 : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    public ulong LongLong()
    {
        var bytes = Bytes(sizeof(ulong));
        return bytes.IsEmpty ? 0 : BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    public ReadOnlySpan<byte> ShortString() => Bytes(Octet());

    /// <summary>A long string, and what is framed as one: a table or an array.</summary>
    public ReadOnlySpan<byte> LongString() => Bytes(Long());

    public string ShortText() => Encoding.UTF8.GetString(ShortString());

    public string LongText() => Encoding.UTF8.GetString(LongString());

    public ReadOnlySpan<byte> Bytes(uint count)
    {
        if (Failed || count > _rest.Length)
        {
            Failed = true;
            _rest = default;
            return default;
        }

        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }
}
