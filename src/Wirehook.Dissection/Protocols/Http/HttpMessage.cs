using System.Runtime.InteropServices;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>One request or response, whatever version of HTTP carries it: what its items read. The kept part of its body lies in the arena.</summary>
internal abstract class HttpMessage : MemoryHolder
{
    /// <summary>Pieces of a body in different chunks; a body that trickles in must not keep a whole chunk for each.</summary>
    private const int PieceLimit = 8;

    private const int PieceSize = 8 << 10;
    private byte[]? _bytes;
    private int _start;
    private int _length;
    private List<ReadOnlyMemory<byte>>? _earlier;
    private bool _ownsBody;

    /// <summary>Whether this is a request and no response.</summary>
    public required bool IsRequest { get; init; }

    /// <summary>Status code of a response; 0 where it has none.</summary>
    public int Status { get; init; }

    /// <summary>Whether the method is CONNECT.</summary>
    public bool IsConnect { get; init; }

    /// <summary>When the first byte came.</summary>
    public abstract Timestamp StartedAt { get; }

    /// <summary>Bytes on the wire, head and framing included, lost ones too.</summary>
    public long Size { get; set; }

    /// <summary>Bytes of the body without the framing, kept or not.</summary>
    public long BodySize { get; set; }

    /// <summary>Bytes of the body that are kept.</summary>
    public int KeptBody { get; private set; }

    /// <summary>How many of the kept bytes lie before the first that is missing; more than are kept where none is.</summary>
    public int WholeUntil { get; private set; } = int.MaxValue;

    /// <summary>Whether part of the body is not there: cut by the limit, lost in a gap, or never sent.</summary>
    public bool Truncated { get; set; }

    /// <summary>Whether bytes of the message are missing, or where it ends is unknown.</summary>
    public bool Broken { get; set; }

    /// <summary>Whether nothing more of this message comes.</summary>
    public bool Complete { get; set; }

    /// <summary>Why the message is incomplete or invalid, or null.</summary>
    public ItemError? Error { get; set; }

    /// <summary>Follows the body as it comes; null where nobody does.</summary>
    public HttpBodyFollower? Follower { get; set; }

    /// <summary>Whether every byte from the head to the end of the body was seen, kept or not.</summary>
    public bool IsWhole => Complete && !Broken;

    /// <summary>Whether statistics count the message.</summary>
    public virtual bool IsCounted => IsWhole;

    /// <summary>Whether there is a body, even an empty one.</summary>
    public abstract bool HasBody { get; }

    /// <summary>The protocol of an item that has this message first.</summary>
    public abstract Protocol Protocol { get; }

    /// <summary>The Content-Type header as sent, empty where there is none.</summary>
    public abstract ReadOnlySpan<byte> ContentType { get; }

    /// <summary>The target of a request as sent, in UTF-8; empty for a response.</summary>
    public abstract ReadOnlySpan<byte> Target { get; }

    /// <summary>Headers whose names or values cannot be known, because what they refer to was sent before the capture began or was lost.</summary>
    public virtual int UnknownHeaders => 0;

    /// <summary>Bytes of the body that are kept in memory, and of the head.</summary>
    public abstract int Held { get; }

    /// <summary>The reason phrase of a response.</summary>
    public abstract string StatusText { get; }

    /// <summary>Such as <c>HTTP/1.1</c>.</summary>
    public abstract string Version { get; }

    /// <summary>Reads what a request line says.</summary>
    public abstract void ReadRequestLine(out string method, out string target, out string version);

    /// <summary>The first value of the header <paramref name="name"/>, given in lower case; empty where there is none.</summary>
    public abstract string Find(ReadOnlySpan<byte> name);

    /// <summary>Headers by canonical name, repeated ones joined by a comma.</summary>
    public abstract FieldMap Headers();

    /// <summary>A request's cookies by name.</summary>
    public abstract FieldMap RequestCookies();

    /// <summary>A response's cookies by name, without attributes.</summary>
    public abstract FieldMap ResponseCookies();

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

    /// <summary>Bytes of the body are missing here.</summary>
    public void OnGap()
    {
        WholeUntil = Math.Min(WholeUntil, KeptBody);
        Truncated = Broken = true;
        Follower?.OnGap();
    }

    /// <summary>The kept body in one piece.</summary>
    public ReadOnlyMemory<byte> Body()
    {
        if (_earlier is not null) Gather();
        return _bytes is null ? default : _bytes.AsMemory(_start, _length);
    }

    /// <summary>Moves the body of a short message into an array of its own; a long one fills most of the chunks that it is in.</summary>
    protected void MoveBody()
    {
        if (KeptBody is > 0 and < PieceLimit * PieceSize && !_ownsBody) Gather();
    }

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
