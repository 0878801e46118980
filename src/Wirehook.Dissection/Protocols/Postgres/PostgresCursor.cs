using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>Reads the parts of a message in order. Beyond its end everything reads as zero or empty, and <see cref="Failed"/> says so.</summary>
internal ref struct PostgresCursor(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    /// <summary>Whether something was read beyond the end.</summary>
    public bool Failed { get; private set; }

    /// <summary>What is not read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte ReadByte()
    {
        var bytes = ReadBytes(1);
        return bytes.IsEmpty ? (byte)0 : bytes[0];
    }

    public int ReadInt16()
    {
        var bytes = ReadBytes(2);
        return bytes.IsEmpty ? 0 : BinaryPrimitives.ReadInt16BigEndian(bytes);
    }

    public int ReadInt32()
    {
        var bytes = ReadBytes(4);
        return bytes.IsEmpty ? 0 : BinaryPrimitives.ReadInt32BigEndian(bytes);
    }

    public long ReadInt64()
    {
        var bytes = ReadBytes(8);
        return bytes.IsEmpty ? 0 : BinaryPrimitives.ReadInt64BigEndian(bytes);
    }

    /// <summary>The bytes before the next NUL, which is read as well.</summary>
    public ReadOnlySpan<byte> ReadText()
    {
        var end = _rest.IndexOf((byte)0);
        if (end < 0)
        {
            Failed = true;
            var all = _rest;
            _rest = default;
            return all;
        }

        var text = _rest[..end];
        _rest = _rest[(end + 1)..];
        return text;
    }

    /// <summary>The next <paramref name="count"/> bytes; none where there are fewer.</summary>
    public ReadOnlySpan<byte> ReadBytes(int count)
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
