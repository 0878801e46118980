using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>Reads the parts of a packet in order. Beyond its end everything reads as zero or empty, and <see cref="Failed"/> says so.</summary>
internal ref struct MySqlCursor(ReadOnlySpan<byte> data)
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
        return bytes.IsEmpty ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    public uint ReadInt32()
    {
        var bytes = ReadBytes(4);
        return bytes.IsEmpty ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    public ulong ReadInt64()
    {
        var bytes = ReadBytes(8);
        return bytes.IsEmpty ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    /// <summary>A length-encoded integer; fails on the marks of NULL (0xfb) and of an error (0xff).</summary>
    public ulong ReadLength()
    {
        var first = ReadByte();
        switch (first)
        {
            case < 0xfb:
                return first;
            case 0xfc:
                return (ulong)ReadInt16();
            case 0xfd:
                var low = (ulong)ReadInt16();
                return low | ((ulong)ReadByte() << 16);
            case 0xfe:
                return ReadInt64();
            default:
                Fail();
                return 0;
        }
    }

    /// <summary>A length-encoded string.</summary>
    public ReadOnlySpan<byte> ReadString()
    {
        var length = ReadLength();
        if (length <= (ulong)_rest.Length) return ReadBytes((int)length);
        Fail();
        return default;
    }

    /// <summary>The bytes before the next NUL, which is read as well.</summary>
    public ReadOnlySpan<byte> ReadText()
    {
        var end = _rest.IndexOf((byte)0);
        if (end < 0)
        {
            var all = _rest;
            Fail();
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
            Fail();
            return default;
        }

        var bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    /// <summary>Whether the next value of a text row is NULL, which is read then.</summary>
    public bool ReadNull()
    {
        if (_rest.IsEmpty || _rest[0] != 0xfb) return false;
        _rest = _rest[1..];
        return true;
    }

    private void Fail()
    {
        Failed = true;
        _rest = default;
    }
}
