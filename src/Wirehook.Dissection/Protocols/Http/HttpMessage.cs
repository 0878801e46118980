using System.Runtime.InteropServices;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>One request or response as it was on the wire: its head and the kept part of its body, by reference into the arena.</summary>
internal sealed class HttpMessage : MemoryHolder
{
    /// <summary>Pieces of a body in different chunks; a body that trickles in must not keep a whole chunk for each.</summary>
    private const int PieceLimit = 8;

    private const int PieceSize = 8 << 10;
    private byte[]? _bytes;
    private int _start;
    private int _length;
    private List<ReadOnlyMemory<byte>>? _earlier;
    private bool _ownsBody;
    private bool _inItem;

    /// <summary>Stands in a sequence of messages where at least one is missing.</summary>
    public static HttpMessage Lost { get; } = NewMark();

    /// <summary>Stands in a sequence of messages where some may be missing.</summary>
    public static HttpMessage PerhapsLost { get; } = NewMark();

    /// <summary>Whether this is a mark of missing messages and no message.</summary>
    public bool IsMark => ReferenceEquals(this, Lost) || ReferenceEquals(this, PerhapsLost);

    /// <summary>Start line and headers, with the empty line.</summary>
    public required ReadOnlyMemory<byte> Head { get; set; }

    /// <summary>Who reads and pairs the message; null for marks and for messages that never wait.</summary>
    public HttpDissector? Owner { get; init; }

    /// <summary>Whether the message left already, and stands here only so that the others are counted right.</summary>
    public bool HasLeft { get; init; }

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
        if (_ownsBody)
        {
            AppendOwn(data);
            return dropped;
        }

        while (!data.IsEmpty)
        {
            var piece = arena.KeepSome(data);
            Attach(piece);
            data = data[piece.Length..];
        }

        if (_earlier is { Count: >= PieceLimit } && KeptBody < _earlier.Count * PieceSize) Gather();
        return dropped;
    }

    /// <summary>The kept body in one piece.</summary>
    public ReadOnlyMemory<byte> Body()
    {
        if (_earlier is not null) Gather();
        return _bytes is null ? default : _bytes.AsMemory(_start, _length);
    }

    /// <summary>What stands for the message after it has left: what the framing of others and the pairing need, and no bytes.</summary>
    /// <param name="error">Why it left.</param>
    public HttpMessage ToStub(ItemError error) => new()
    {
        Head = default,
        HasLeft = true,
        IsRequest = IsRequest,
        Framing = Framing,
        Status = Status,
        IsHead = IsHead,
        IsConnect = IsConnect,
        Started = Started,
        HeadEnded = HeadEnded,
        Ended = Ended,
        Complete = Complete,
        Error = error,
    };

    /// <summary>Reports what the message holds until <see cref="Leave"/>.</summary>
    public void Hold(DissectionMemory memory)
    {
        if (!HasLeft && !_inItem) memory.ReportMessage(this, Held);
    }

    /// <summary>The message is in an item now, or dropped.</summary>
    public void Leave(DissectionMemory memory)
    {
        _inItem = true;
        memory.ReportMessage(this, 0);
    }

    internal override void Release(Timestamp now) => Owner!.Release(this);

    internal override void Expire(Timestamp now) => Owner!.Expire(this, now);

    /// <summary>Moves a short message into arrays of its own; a long one fills most of the chunks that it is in.</summary>
    internal override void OnAged()
    {
        Head = Head.ToArray();
        if (KeptBody is > 0 and < PieceLimit * PieceSize && !_ownsBody) Gather();
    }

    private static HttpMessage NewMark() => new() { Head = default, IsRequest = false, Framing = BodyFraming.None, Started = default, HeadEnded = default };

    private void Gather()
    {
        var whole = new byte[KeptBody];
        var at = 0;
        foreach (var piece in _earlier ?? [])
        {
            piece.CopyTo(whole.AsMemory(at));
            at += piece.Length;
        }

        _bytes.AsSpan(_start, _length).CopyTo(whole.AsSpan(at));
        (_bytes, _start, _length, _earlier, _ownsBody) = (whole, 0, whole.Length, null, true);
    }

    private void AppendOwn(ReadOnlySpan<byte> data)
    {
        if (_length + data.Length > _bytes!.Length) Array.Resize(ref _bytes, Math.Max(_length + data.Length, _bytes.Length * 2));
        data.CopyTo(_bytes.AsSpan(_length));
        _length += data.Length;
    }

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
