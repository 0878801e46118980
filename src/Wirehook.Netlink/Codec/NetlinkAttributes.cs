using System.Runtime.InteropServices;

namespace Wirehook.Netlink.Codec;

/// <summary>The attributes in a stretch of bytes, one after the other, for <c>foreach</c>. Stops at the first length that cannot be; never throws.</summary>
public ref struct NetlinkAttributes
{
    private const int HeaderLength = 4;
    private ReadOnlySpan<byte> _rest;
    private ReadOnlySpan<byte> _value;
    private ushort _type;

    /// <summary>Begins at the first attribute.</summary>
    /// <param name="bytes">Headers, values and padding; a nested attribute's value, or a message's body behind its fixed part.</param>
    public NetlinkAttributes(ReadOnlySpan<byte> bytes)
    {
        _rest = bytes;
    }

    /// <summary>The attribute that <see cref="MoveNext"/> found.</summary>
    public readonly NetlinkAttribute Current => new(_type, _value);

    /// <summary>Whether bytes are left that form no attribute: the message was cut short or is damaged.</summary>
    public readonly bool IsDamaged => _rest.Length >= HeaderLength;

    /// <summary>Itself, for <c>foreach</c>.</summary>
    public readonly NetlinkAttributes GetEnumerator() => this;

    /// <summary>Goes to the next attribute; false at the end and at damage.</summary>
    public bool MoveNext()
    {
        if (_rest.Length < HeaderLength) return false;
        int length = MemoryMarshal.Read<ushort>(_rest);
        if (length < HeaderLength || length > _rest.Length) return false;
        _type = MemoryMarshal.Read<ushort>(_rest[2..]);
        _value = _rest[HeaderLength..length];
        _rest = _rest[Math.Min(_rest.Length, (length + 3) & ~3)..];
        return true;
    }

    /// <summary>The attributes behind a fixed part of <paramref name="fixedLength"/> bytes; none where the body is shorter.</summary>
    public static NetlinkAttributes Behind(ReadOnlySpan<byte> body, int fixedLength)
    {
        var start = (fixedLength + 3) & ~3;
        return new(start >= body.Length ? default : body[start..]);
    }
}
