using System.Text;
using Wirehook.Dissection.Protocols.Http;

namespace Wirehook.Dissection.Protocols.Http2.Hpack;

/// <summary>Headers that the dissector itself looks at.</summary>
internal enum HeaderKind : byte
{
    Other,
    Method,
    Path,
    Authority,
    Scheme,
    Status,
    ConnectProtocol,
    ContentType,
    Cookie,
    SetCookie,
}

/// <summary>
/// A header as HPACK transfers it, immutable: the static table, a connection's dynamic table and messages share it, and so its texts are made once for all
/// messages that refer to it.
/// </summary>
internal sealed class HeaderField
{
    /// <summary>What a field costs in a table besides its bytes (RFC 7541 §4.1).</summary>
    public const int Overhead = 32;

    private readonly byte[] _bytes;
    private readonly int _nameLength;
    private string? _name;
    private string? _value;

    /// <summary>A field of <paramref name="bytes"/>, whose first <paramref name="nameLength"/> are its name.</summary>
    public HeaderField(byte[] bytes, int nameLength)
        : this(bytes, nameLength, KindOf(bytes.AsSpan(0, nameLength)))
    {
    }

    /// <summary>A field of <paramref name="bytes"/>, which begin with the name of <paramref name="named"/>.</summary>
    public HeaderField(byte[] bytes, HeaderField named)
        : this(bytes, named._nameLength, named.Kind) => _name = named._name;

    private HeaderField(byte[] bytes, int nameLength, HeaderKind kind)
    {
        (_bytes, _nameLength, Kind) = (bytes, nameLength, kind);
        if (kind == HeaderKind.Status) Status = ReadStatus(Value);
    }

    public HeaderKind Kind { get; }

    /// <summary>The status code of a <c>:status</c> field; 0 where it is none.</summary>
    public int Status { get; }

    public ReadOnlySpan<byte> Name => _bytes.AsSpan(0, _nameLength);

    public ReadOnlySpan<byte> Value => _bytes.AsSpan(_nameLength);

    /// <summary>The size by which tables and lists are limited (RFC 7541 §4.1).</summary>
    public int Size => _bytes.Length + Overhead;

    /// <summary>Whether the name begins with a colon: part of the request line or status line (RFC 9113 §8.3).</summary>
    public bool IsPseudo => _nameLength > 0 && _bytes[0] == ':';

    /// <summary>Whether the name refers to what was not seen: the field only keeps its place in a table.</summary>
    public bool IsUnknown => _nameLength == 0;

    /// <summary>The name as HTTP/1 writes it; a pseudo header's as it is.</summary>
    public string CanonicalName => _name ??= HeaderNames.Canonicalise(Name);

    /// <summary>The value as text.</summary>
    public string Text => _value ??= Encoding.UTF8.GetString(Value);

    public static HeaderField Create(string name, string value) =>
        new([.. Encoding.UTF8.GetBytes(name), .. Encoding.UTF8.GetBytes(value)], Encoding.UTF8.GetByteCount(name));

    private static HeaderKind KindOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        5 => name.SequenceEqual(":path"u8) ? HeaderKind.Path : HeaderKind.Other,
        6 => name.SequenceEqual("cookie"u8) ? HeaderKind.Cookie : HeaderKind.Other,
        7 when name.SequenceEqual(":method"u8) => HeaderKind.Method,
        7 when name.SequenceEqual(":status"u8) => HeaderKind.Status,
        7 => name.SequenceEqual(":scheme"u8) ? HeaderKind.Scheme : HeaderKind.Other,
        9 => name.SequenceEqual(":protocol"u8) ? HeaderKind.ConnectProtocol : HeaderKind.Other,
        10 when name.SequenceEqual(":authority"u8) => HeaderKind.Authority,
        10 => name.SequenceEqual("set-cookie"u8) ? HeaderKind.SetCookie : HeaderKind.Other,
        12 => name.SequenceEqual("content-type"u8) ? HeaderKind.ContentType : HeaderKind.Other,
        _ => HeaderKind.Other,
    };

    private static int ReadStatus(ReadOnlySpan<byte> value) =>
        value is [>= (byte)'1' and <= (byte)'9', >= (byte)'0' and <= (byte)'9', >= (byte)'0' and <= (byte)'9']
            ? ((value[0] - '0') * 100) + ((value[1] - '0') * 10) + value[2] - '0'
            : 0;
}
