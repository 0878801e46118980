using System.Buffers.Binary;
using System.Text;

namespace Wirehook.Dissection.Protocols.Cassandra;

/// <summary>
/// Reads the notations of the CQL binary protocol (native_protocol_v4.spec §3) in order. Beyond the end everything reads as zero or empty, and
/// <see cref="Failed"/> says so.
/// </summary>
internal ref struct CassandraCursor(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    /// <summary>Whether something was read beyond the end.</summary>
    public bool Failed { get; private set; }

    /// <summary>What is not read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte ReadByte()
    {
        var bytes = ReadRaw(1);
        return bytes.IsEmpty ? (byte)0 : bytes[0];
    }

    /// <summary>A [short].</summary>
    public int ReadShort()
    {
        var bytes = ReadRaw(2);
        return bytes.IsEmpty ? 0 : BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    /// <summary>An [int].</summary>
    public int ReadInt()
    {
        var bytes = ReadRaw(4);
        return bytes.IsEmpty ? 0 : BinaryPrimitives.ReadInt32BigEndian(bytes);
    }

    /// <summary>A [long].</summary>
    public long ReadLong()
    {
        var bytes = ReadRaw(8);
        return bytes.IsEmpty ? 0 : BinaryPrimitives.ReadInt64BigEndian(bytes);
    }

    /// <summary>A [string], or [short bytes].</summary>
    public ReadOnlySpan<byte> ReadShortBytes() => ReadRaw(ReadShort());

    /// <summary>A [string] as text.</summary>
    public string ReadString() => Encoding.UTF8.GetString(ReadShortBytes());

    /// <summary>A [long string].</summary>
    public ReadOnlySpan<byte> ReadLongString() => ReadRaw(ReadInt());

    /// <summary>[bytes]: the length is negative for null (-1) and for a value that is not set (-2).</summary>
    public ReadOnlySpan<byte> ReadBytes(out int length)
    {
        length = ReadInt();
        return length <= 0 ? default : ReadRaw(length);
    }

    /// <summary>The next <paramref name="count"/> bytes; none where there are fewer.</summary>
    public ReadOnlySpan<byte> ReadRaw(int count)
    {
        if (count < 0 || count > _rest.Length)
        {
            Failed = true;
            _rest = default;
            return default;
        }

        var bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }
}
