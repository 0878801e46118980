namespace Wirehook.Dissection.Protocols.Ldap;

/// <summary>Walks over elements in the Basic Encoding Rules with definite lengths and tags of one byte, which is all that LDAP uses (RFC 4511 §5.1).</summary>
internal ref struct BerReader(ReadOnlySpan<byte> data)
{
    /// <summary>Universal tag of a boolean.</summary>
    public const byte Boolean = 0x01;

    /// <summary>Universal tag of an integer.</summary>
    public const byte Integer = 0x02;

    /// <summary>Universal tag of a string of bytes.</summary>
    public const byte OctetString = 0x04;

    /// <summary>Universal tag of an enumerated value.</summary>
    public const byte Enumerated = 0x0a;

    /// <summary>Universal tag of a sequence.</summary>
    public const byte Sequence = 0x30;

    private ReadOnlySpan<byte> _rest = data;

    /// <summary>Whether nothing follows.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>The next element's tag; 0 at the end.</summary>
    public readonly byte NextTag => _rest.IsEmpty ? (byte)0 : _rest[0];

    /// <summary>Reads a tag and a length.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="headerLength">Bytes of both.</param>
    /// <param name="contentLength">Bytes that follow, as declared.</param>
    /// <param name="open">Where that fails, whether more bytes may change it.</param>
    public static bool TryReadHeader(ReadOnlySpan<byte> data, out int headerLength, out long contentLength, out bool open)
    {
        (headerLength, contentLength, open) = (2, 0, data.Length < 2);
        if (open) return false;
        if (data[1] < 0x80)
        {
            contentLength = data[1];
            return true;
        }

        var count = data[1] & 0x7f;
        headerLength = 2 + count;
        if (count is 0 or > 4) return false;
        open = data.Length < headerLength;
        if (open) return false;
        for (var i = 0; i < count; i++) contentLength = (contentLength << 8) | data[2 + i];
        return contentLength <= int.MaxValue;
    }

    /// <summary>The next element; its content may be cut where the bytes end. False at the end, or where it is not well-formed.</summary>
    public bool TryRead(out byte tag, out ReadOnlySpan<byte> content)
    {
        tag = 0;
        content = default;
        if (_rest.Length < 2 || !TryReadHeader(_rest, out var header, out var length, out _)) return false;
        tag = _rest[0];
        content = _rest[header..(int)Math.Min(header + length, _rest.Length)];
        _rest = _rest[(header + content.Length)..];
        return true;
    }

    /// <summary>The content of the next element, which has this tag; empty, and nothing is read, where it has another.</summary>
    public ReadOnlySpan<byte> Take(byte tag) => NextTag == tag && TryRead(out _, out var content) ? content : default;

    /// <summary>The next element as a number, 0 where it has another tag.</summary>
    public long TakeNumber(byte tag = Integer) => ToNumber(Take(tag));

    /// <summary>The next element, which is a search's filter, as text.</summary>
    public string TakeFilter()
    {
        var start = _rest;
        return TryRead(out _, out _) ? LdapFilter.ToText(start) : "";
    }

    /// <summary>Content of an integer or enumerated value.</summary>
    public static long ToNumber(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty || content.Length > sizeof(long)) return 0;
        long number = (sbyte)content[0];
        foreach (var part in content[1..]) number = (number << 8) | part;
        return number;
    }
}
