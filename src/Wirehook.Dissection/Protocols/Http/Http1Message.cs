using System.Text;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>A message of HTTP/1: start line and headers are kept as they were on the wire, by reference into the arena.</summary>
internal sealed class Http1Message : HttpMessage
{
    private bool _inItem;

    /// <summary>Stands in a sequence of messages where at least one is missing.</summary>
    public static Http1Message Lost { get; } = NewMark();

    /// <summary>Stands in a sequence of messages where some may be missing.</summary>
    public static Http1Message PerhapsLost { get; } = NewMark();

    /// <summary>Whether this is a mark of missing messages and no message.</summary>
    public bool IsMark => ReferenceEquals(this, Lost) || ReferenceEquals(this, PerhapsLost);

    /// <summary>Start line and headers, with the empty line.</summary>
    public required ReadOnlyMemory<byte> Head { get; set; }

    /// <summary>Who reads and pairs the message; null for marks and for messages that never wait.</summary>
    public HttpDissector? Owner { get; init; }

    /// <summary>Whether the message left already, and stands here only so that the others are counted right.</summary>
    public bool HasLeft { get; init; }

    /// <summary>How the end of the body is known.</summary>
    public required BodyFraming Framing { get; set; }

    /// <summary>Whether the method is HEAD.</summary>
    public bool IsHead { get; init; }

    /// <summary>Whether this is a request without version, or its response without head (HTTP/0.9, RFC 1945 §4.1 and §6).</summary>
    public bool IsSimple { get; init; }

    /// <summary>Whether there is an Upgrade header.</summary>
    public bool AsksUpgrade { get; init; }

    /// <summary>Whether there is a Transfer-Encoding header.</summary>
    public bool HasTransferEncoding { get; init; }

    /// <summary>Where in the head the value of Content-Type is.</summary>
    public (int Start, int Length) ContentTypeAt { get; init; }

    /// <summary>When the first byte came.</summary>
    public required Arrival Started { get; init; }

    /// <summary>When the head's last byte came.</summary>
    public required Arrival HeadEnded { get; init; }

    /// <summary>When the last byte so far came.</summary>
    public Arrival Ended { get; set; }

    /// <inheritdoc/>
    public override Timestamp StartedAt => Started.Time;

    /// <summary>
    /// Whether statistics count the message: it is whole and has a head with its empty line. The bare line and the bare bytes of HTTP/0.9 are in an item but
    /// not counted, because nothing but their place says that they are messages.
    /// </summary>
    public override bool IsCounted => IsWhole && (!IsSimple || HttpHead.FindEnd(Head.Span, 0) >= 0);

    /// <inheritdoc/>
    public override bool HasBody => Framing is BodyFraming.Chunked or BodyFraming.Close or BodyFraming.Invalid || BodySize > 0;

    /// <summary>Bytes that this message holds while it waits for its partner.</summary>
    public override int Held => Head.Length + KeptBody + 256 + (Follower?.Held ?? 0);

    /// <inheritdoc/>
    public override Protocol Protocol => IsSimple ? HttpModule.Http09 : IsVersion10 ? HttpModule.Http10 : HttpModule.Http11;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> ContentType => Head.Span.Slice(ContentTypeAt.Start, ContentTypeAt.Length);

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Target
    {
        get
        {
            if (!IsRequest) return default;
            var line = StartLine;
            if (IsSimple) return line[Math.Min(4, line.Length)..];
            HttpStartLine.SplitRequest(line, out _, out var target, out _);
            return line[target];
        }
    }

    /// <inheritdoc/>
    public override string StatusText
    {
        get
        {
            if (IsSimple) return "";
            var line = StartLine;
            var space = line.IndexOf((byte)' ');
            var reason = space < 0 ? default : line[(space + 1)..];
            space = reason.IndexOf((byte)' ');
            if (space < 0) return "";
            reason = reason[(space + 1)..];
            return reason.SequenceEqual("OK"u8) ? "OK" : Encoding.UTF8.GetString(reason);
        }
    }

    /// <inheritdoc/>
    public override string Version => Head.Span.StartsWith("HTTP/1.1 "u8) ? "HTTP/1.1" : ReadVersion(Head.Span);

    private bool IsVersion10 => IsRequest ? StartLine.EndsWith("0"u8) : Head.Span.StartsWith("HTTP/1.0 "u8);

    private ReadOnlySpan<byte> StartLine
    {
        get
        {
            var head = Head.Span;
            return HttpStartLine.TrimLineEnd(head[..Math.Max(0, head.IndexOf((byte)'\n'))]);
        }
    }

    /// <inheritdoc/>
    public override void ReadRequestLine(out string method, out string target, out string version)
    {
        var line = StartLine;
        if (IsSimple)
        {
            (method, target, version) = ("GET", Encoding.UTF8.GetString(line[4..]), "HTTP/0.9");
            return;
        }

        HttpStartLine.SplitRequest(line, out var methodAt, out var targetAt, out var versionAt);
        method = KnownMethod(line[methodAt]) ?? Encoding.UTF8.GetString(line[methodAt]);
        target = Encoding.UTF8.GetString(line[targetAt]);
        version = line[versionAt].SequenceEqual("HTTP/1.1"u8) ? "HTTP/1.1" : Encoding.UTF8.GetString(line[versionAt]);
    }

    /// <inheritdoc/>
    public override string Find(ReadOnlySpan<byte> name) => HeaderLines.Find(Head.Span, name);

    /// <inheritdoc/>
    public override FieldMap Headers() => HeaderFields.Headers(Head.Span);

    /// <inheritdoc/>
    public override FieldMap RequestCookies() => HeaderFields.RequestCookies(Head.Span);

    /// <inheritdoc/>
    public override FieldMap ResponseCookies() => HeaderFields.ResponseCookies(Head.Span);

    /// <summary>What stands for the message after it has left: what the framing of others and the pairing need, and no bytes.</summary>
    /// <param name="error">Why it left.</param>
    public Http1Message ToStub(ItemError error) => new()
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

    /// <summary>Moves a short message into arrays of its own.</summary>
    internal override void OnAged()
    {
        Head = Head.ToArray();
        MoveBody();
    }

    private static Http1Message NewMark() => new() { Head = default, IsRequest = false, Framing = BodyFraming.None, Started = default, HeadEnded = default };

    private static string ReadVersion(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty) return "HTTP/0.9";
        var end = head.IndexOfAny((byte)' ', (byte)'\r', (byte)'\n');
        return Encoding.UTF8.GetString(head[..end]);
    }

    private static string? KnownMethod(ReadOnlySpan<byte> method) => method switch
    {
        [(byte)'G', (byte)'E', (byte)'T'] => "GET",
        [(byte)'P', (byte)'O', (byte)'S', (byte)'T'] => "POST",
        [(byte)'P', (byte)'U', (byte)'T'] => "PUT",
        [(byte)'H', (byte)'E', (byte)'A', (byte)'D'] => "HEAD",
        _ => null,
    };
}
