using System.Runtime.InteropServices;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>One request or response as it was on the wire: its head and the kept part of its body, by reference into the arena.</summary>
internal sealed class HttpMessage
{
    private byte[]? _bytes;
    private int _start;
    private int _length;
    private List<ReadOnlyMemory<byte>>? _earlier;

    /// <summary>Stands in a sequence of messages where at least one is missing.</summary>
    public static HttpMessage Lost { get; } = NewMark();

    /// <summary>Stands in a sequence of messages where some may be missing.</summary>
    public static HttpMessage PerhapsLost { get; } = NewMark();

    /// <summary>Whether this is a mark of missing messages and no message.</summary>
    public bool IsMark => ReferenceEquals(this, Lost) || ReferenceEquals(this, PerhapsLost);

    /// <summary>Start line and headers, with the empty line.</summary>
    public required ReadOnlyMemory<byte> Head { get; init; }

    public required bool IsRequest { get; init; }

    public required BodyFraming Framing { get; set; }

    /// <summary>Status code of a response.</summary>
    public int Status { get; init; }

    public bool IsHead { get; init; }

    public bool IsConnect { get; init; }

    /// <summary>Whether this is a request without version, or its response without head (HTTP/0.9, RFC 1945 §4.1 and §6).</summary>
    public bool IsSimple { get; init; }

    public bool AsksUpgrade { get; init; }

    public bool HasTransferEncoding { get; init; }

    /// <summary>When the first byte came.</summary>
    public required Arrival Started { get; init; }

    /// <summary>When the head's last byte came.</summary>
    public required Arrival HeadEnded { get; init; }

    /// <summary>When the last byte so far came.</summary>
    public Arrival Ended { get; set; }

    /// <summary>Bytes on the wire, head and framing included, lost ones too.</summary>
    public long Size { get; set; }

    /// <summary>Bytes of the body without the chunked framing, kept or not.</summary>
    public long BodySize { get; set; }

    /// <summary>Bytes of the body that are kept.</summary>
    public int KeptBody { get; private set; }

    /// <summary>Whether part of the body is not there: cut by the limit, lost in a gap, or never sent.</summary>
    public bool Truncated { get; set; }

    /// <summary>Whether bytes of the message are missing, or where it ends is unknown.</summary>
    public bool Broken { get; set; }

    /// <summary>Whether nothing more of this message comes.</summary>
    public bool Complete { get; set; }

    /// <summary>Why the message is incomplete or invalid, or null.</summary>
    public ItemError? Error { get; set; }

    /// <summary>Whether the start line says HTTP/1.0.</summary>
    public bool IsVersion10
    {
        get
        {
            var head = Head.Span;
            if (!IsRequest) return head.StartsWith("HTTP/1.0 "u8);
            var line = HttpStartLine.TrimLineEnd(head[..Math.Max(0, head.IndexOf((byte)'\n'))]);
            return line.EndsWith("0"u8);
        }
    }

    /// <summary>Whether every byte from the start line to the end of the body was seen, kept or not.</summary>
    public bool IsWhole => Complete && !Broken;

    /// <summary>
    /// Whether statistics count the message: it is whole and has a head with its empty line. The bare line and the bare bytes of HTTP/0.9 are in an item but
    /// not counted, because nothing but their place says that they are messages.
    /// </summary>
    public bool IsCounted => IsWhole && (!IsSimple || HttpHead.FindEnd(Head.Span, 0) >= 0);

    public bool HasBody => Framing is BodyFraming.Chunked or BodyFraming.Close or BodyFraming.Invalid || BodySize > 0;

    /// <summary>Bytes that this message holds while it waits for its partner.</summary>
    public int Held => Head.Length + KeptBody + 256;

    /// <summary>Keeps body bytes as far as the limit allows. Returns how many were not kept.</summary>
    public int AppendBody(ReadOnlySpan<byte> data, ByteArena arena, int limit)
    {
        BodySize += data.Length;
        var dropped = Math.Max(0, data.Length - (limit - KeptBody));
        if (dropped > 0) Truncated = true;
        data = data[..^dropped];
        KeptBody += data.Length;
        while (!data.IsEmpty)
        {
            var piece = arena.KeepSome(data);
            Attach(piece);
            data = data[piece.Length..];
        }

        return dropped;
    }

    /// <summary>The kept body in one piece.</summary>
    public ReadOnlyMemory<byte> Body()
    {
        var last = _bytes is null ? default : _bytes.AsMemory(_start, _length);
        if (_earlier is null) return last;
        var whole = new byte[KeptBody];
        var at = 0;
        foreach (var piece in _earlier)
        {
            piece.CopyTo(whole.AsMemory(at));
            at += piece.Length;
        }

        last.CopyTo(whole.AsMemory(at));
        (_bytes, _start, _length, _earlier) = (whole, 0, whole.Length, null);
        return whole;
    }

    private static HttpMessage NewMark() => new() { Head = default, IsRequest = false, Framing = BodyFraming.None, Started = default, HeadEnded = default };

    private void Attach(ReadOnlyMemory<byte> piece)
    {
        MemoryMarshal.TryGetArray(piece, out var segment);
        if (ReferenceEquals(segment.Array, _bytes) && segment.Offset == _start + _length)
        {
            _length += segment.Count;
            return;
        }

        if (_bytes is not null) (_earlier ??= []).Add(_bytes.AsMemory(_start, _length));
        (_bytes, _start, _length) = (segment.Array, segment.Offset, segment.Count);
    }
}
