using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>Cuts one direction's bytes into messages (RFC 9112). What a response's framing owes to its request, the dissector answers.</summary>
internal sealed class HttpReader(HttpDissector dissector, FlowContext context, bool isServer)
{
    private Arrivals _arrivals;
    private Http1Message? _message;
    private long _remaining;
    private ChunkedBody _chunks;
    private int _headScanned;
    private Timestamp _bodyTime;
    private static readonly ItemError ContradictoryLength = ItemError.Dissection("The head contradicts itself about the length of the body.");
    private bool _searching;
    private bool _anywhere;
    private bool _anyMessage;
    private bool _framingLost;

    /// <summary>Whether nothing more comes from this side.</summary>
    public bool Ended { get; private set; }

    /// <summary>Whether a message's body is being read.</summary>
    public bool IsWithinMessage => _message is not null;

    /// <summary>From here on <paramref name="stub"/> stands for <paramref name="message"/>, if that is being read.</summary>
    public void Replace(Http1Message message, Http1Message stub)
    {
        if (ReferenceEquals(_message, message)) _message = stub;
    }

    public StreamStep Read(ReadOnlySpan<byte> data, in Arrival arrival)
    {
        _arrivals.Note(data.Length, arrival);
        var step = _message is null ? ReadHead(data) : StreamStep.Consume(ReadBody(data, 0));
        if (step.Kind is not (StreamStepKind.Consume or StreamStepKind.Resync)) return step;
        _headScanned = 0;
        _arrivals.Digested(step.Count);
        return step;
    }

    public void OnGap(long length)
    {
        _arrivals.Forget();
        _headScanned = 0;
        _anywhere |= _message is null;
        if (_message is null)
        {
            Lose(hard: true);
            return;
        }

        _message.OnGap();
        _message.Error = ItemError.Gap("Part of the body was not captured.");
        SkipBody(_message, length);
    }

    /// <summary>Nothing more comes from this side.</summary>
    /// <param name="undigested">Bytes that wait.</param>
    /// <param name="arrival">When.</param>
    /// <param name="closed">Whether the side itself closed the connection, which ends a body without length.</param>
    public void OnEnd(ReadOnlySpan<byte> undigested, in Arrival arrival, bool closed)
    {
        Ended = true;
        while (!undigested.IsEmpty)
        {
            var step = Read(undigested, arrival);
            if (step.Kind is not (StreamStepKind.Consume or StreamStepKind.Resync)) break;
            undigested = undigested[step.Count..];
        }

        if (_message is not null) Break(closed);
    }

    private StreamStep ReadHead(ReadOnlySpan<byte> data)
    {
        // RFC 9112 §2.2 allows empty lines before a request; before a response they are a server's slip behind the one before.
        var blank = isServer && !_anyMessage && !data.StartsWith("\r\nHTTP/"u8) ? 0 : HttpStartLine.CountLeadingLineEnds(data);
        if (blank > 0) return StreamStep.Consume(blank);
        if (isServer && dissector.MustYieldToSimple) return StreamStep.AwaitOther();
        if (_headScanned == 0)
        {
            var check = isServer ? CheckResponse(data) : HttpStartLine.CheckRequest(data);
            if (check == StartLineCheck.Incomplete) return StreamStep.NeedMore();
            if (check == StartLineCheck.Invalid && IsSimple(data)) return isServer ? BeginSimpleResponse(data) : ReadSimpleRequest(data);
            if (check == StartLineCheck.Invalid) return dissector.IsTunnel(isServer) ? StreamStep.HandOver(0) : Search(data);
        }

        if (isServer ? dissector.MustYield : dissector.MustAwaitAnswer(data.Length)) return StreamStep.AwaitOther();
        var end = HttpHead.FindEnd(data, _headScanned);
        if (end < 0)
        {
            if (data.Length > context.Options.HeadLimit) return Search(data);
            _headScanned = data.Length;
            return StreamStep.NeedMore();
        }

        if (_searching && !HttpHead.LooksRight(data[..end])) return Search(data);
        (_searching, _anywhere, _anyMessage) = (false, false, true);
        var fields = HttpHead.Read(data[..end]);
        var head = data[..fields.Length];
        return Begin(isServer ? NewResponse(head, fields) : NewRequest(head, fields), data, head.Length);
    }

    private StartLineCheck CheckResponse(ReadOnlySpan<byte> data) =>
        _searching ? HttpStartLine.CheckResponse(data) : HttpStartLine.CheckExpectedResponse(data);

    /// <summary>Whether <paramref name="data"/>, which is no start line, belongs to HTTP/0.9: the connection's first request, or the answer to it.</summary>
    private bool IsSimple(ReadOnlySpan<byte> data)
    {
        if (_anyMessage || _searching) return false;
        return isServer ? dissector.IsSimple : dissector.AllowsSimple && HttpStartLine.CheckSimpleRequest(data) == StartLineCheck.Valid;
    }

    private StreamStep ReadSimpleRequest(ReadOnlySpan<byte> data)
    {
        var end = HttpHead.FindEnd(data, 0);
        if (end < 0 && data.Length <= context.Options.HeadLimit && dissector.MustAwaitSimple(Ended)) return StreamStep.AwaitOther();
        if (end < 0) end = data.IndexOf((byte)'\n') + 1;
        _anyMessage = true;
        dissector.OnSimpleRequest();
        return Begin(NewSimple(data[..end], BodyFraming.None), data, end);
    }

    private StreamStep BeginSimpleResponse(ReadOnlySpan<byte> data)
    {
        _anyMessage = true;
        return Begin(NewSimple(default, BodyFraming.Close), data, 0);
    }

    private Http1Message NewSimple(ReadOnlySpan<byte> head, BodyFraming framing) => new()
    {
        Head = context.Arena.Keep(head),
        Owner = dissector,
        IsRequest = !isServer,
        IsSimple = true,
        Framing = framing,
        Started = _arrivals.At(0),
        HeadEnded = _arrivals.At(Math.Max(0, head.Length - 1)),
    };

    private StreamStep Begin(Http1Message message, ReadOnlySpan<byte> data, int end)
    {
        message.Ended = message.HeadEnded;
        message.Size = end;
        message.Hold(context.Memory);
        if (isServer) dissector.OnResponseHead(message);
        else dissector.OnRequestHead(message);
        switch (message.Framing)
        {
            case BodyFraming.None when isServer && dissector.HandsOver(message):
                Complete(message);
                return StreamStep.HandOver(end, dissector.UpgradeBehind(message));
            case BodyFraming.None:
                Complete(message);
                return StreamStep.Consume(end);
            case BodyFraming.Invalid:
                message.Error = ContradictoryLength;
                message.Truncated = true;
                Complete(message);
                Lose(hard: false);
                return StreamStep.Consume(end);
            default:
                _message = message;
                _chunks = default;
                return StreamStep.Consume(end + ReadBody(data[end..], end));
        }
    }

    private Http1Message NewRequest(ReadOnlySpan<byte> head, in HttpHead fields)
    {
        var framing = fields switch
        {
            { HasTransferEncoding: true } => fields.Chunked ? BodyFraming.Chunked : BodyFraming.Invalid,
            { InvalidLength: true } => BodyFraming.Invalid,
            _ => fields.ContentLength > 0 ? BodyFraming.Length : BodyFraming.None,
        };
        _remaining = fields.ContentLength;
        return new Http1Message
        {
            Head = context.Arena.Keep(head),
            Owner = dissector,
            IsRequest = true,
            Framing = framing,
            IsHead = head.StartsWith("HEAD "u8),
            IsConnect = head.StartsWith("CONNECT "u8),
            AsksUpgrade = fields.Upgrade,
            HasTransferEncoding = fields.HasTransferEncoding,
            ContentTypeAt = fields.ContentType,
            Started = _arrivals.At(0),
            HeadEnded = _arrivals.At(head.Length - 1),
        };
    }

    private Http1Message NewResponse(ReadOnlySpan<byte> head, in HttpHead fields)
    {
        var status = HttpStartLine.ReadStatus(head, out var valid);
        var started = _arrivals.At(0);
        var request = dissector.FindRequestOf(started.Order);
        var framing = fields switch
        {
            _ when status is (>= 100 and < 200) or 204 or 304 || request is { IsHead: true } || (request is { IsConnect: true } && status < 300) => BodyFraming.None,
            { HasTransferEncoding: true } => fields.Chunked ? BodyFraming.Chunked : BodyFraming.Close,
            { InvalidLength: true } => BodyFraming.Close,
            { ContentLength: >= 0 } => fields.ContentLength > 0 ? BodyFraming.Length : BodyFraming.None,
            _ => BodyFraming.Close,
        };
        _remaining = fields.ContentLength;
        return new Http1Message
        {
            Head = context.Arena.Keep(head),
            Owner = dissector,
            IsRequest = false,
            Framing = framing,
            Status = status,
            Error = !valid ? ItemError.Dissection("The status line is malformed.")
                : fields is { InvalidLength: true, HasTransferEncoding: false } ? ContradictoryLength : null,
            HasTransferEncoding = fields.HasTransferEncoding,
            ContentTypeAt = fields.ContentType,
            Started = started,
            HeadEnded = _arrivals.At(head.Length - 1),
        };
    }

    /// <summary>Digests body bytes; <paramref name="offset"/> is how far behind the undigested bytes' beginning they are.</summary>
    private int ReadBody(ReadOnlySpan<byte> data, int offset)
    {
        var message = _message!;
        if (data.IsEmpty) return 0;
        if (message.Follower is not null) _bodyTime = _arrivals.At(offset + data.Length - 1).Time;
        var count = message.Framing switch
        {
            BodyFraming.Length => ReadLength(message, data),
            BodyFraming.Chunked => ReadChunks(message, data),
            _ => Keep(message, data),
        };
        message.Size += count;
        message.Ended = _arrivals.At(offset + count - 1);
        message.Hold(context.Memory);
        if (message.Complete) Complete(message);
        if (_framingLost) Lose(hard: false);
        _framingLost = false;
        return count;
    }

    private int ReadLength(Http1Message message, ReadOnlySpan<byte> data)
    {
        var count = (int)Math.Min(_remaining, data.Length);
        Keep(message, data[..count]);
        _remaining -= count;
        message.Complete = _remaining == 0;
        return count;
    }

    private int ReadChunks(Http1Message message, ReadOnlySpan<byte> data)
    {
        var at = 0;
        while (at < data.Length && !message.Complete)
        {
            var valid = _chunks.Read(data[at..], out var read, out var body);
            Keep(message, body);
            at += read;
            message.Complete = _chunks.Done;
            if (valid) continue;
            message.Error = ItemError.Dissection("The chunked framing of the body is invalid.");
            message.Truncated = message.Broken = true;
            message.Complete = true;
            _framingLost = true;
        }

        return at;
    }

    private int Keep(Http1Message message, ReadOnlySpan<byte> body)
    {
        if (message.HasLeft) return body.Length;
        message.Follower?.OnData(body, _bodyTime);
        var dropped = message.AppendBody(body, context.Arena, context.Options.BodyLimit);
        if (dropped > 0) context.Losses.BodyBytes.Add(dropped);
        return body.Length;
    }

    private void SkipBody(Http1Message message, long length)
    {
        var inside = message.Framing switch
        {
            BodyFraming.Length => length <= _remaining,
            BodyFraming.Chunked => _chunks.Skip(length),
            _ => true,
        };
        var lost = message.Framing == BodyFraming.Length ? Math.Min(length, _remaining) : length;
        message.Size += lost;
        if (inside || message.Framing == BodyFraming.Length) message.BodySize += lost;
        if (message.Framing == BodyFraming.Length) _remaining -= lost;
        if (inside && (message.Framing != BodyFraming.Length || _remaining > 0)) return;
        Complete(message);
        if (inside) return;
        _anywhere = true;
        Lose(hard: message.Framing == BodyFraming.Length);
    }

    private void Break(bool closed)
    {
        var message = _message!;
        if (message.Framing != BodyFraming.Close || !closed)
        {
            message.Truncated = message.Broken = true;
            message.Error ??= ItemError.Connection("The connection ended before the message was complete.");
        }

        Complete(message);
    }

    private void Complete(Http1Message message)
    {
        message.Complete = true;
        _message = null;
        if (isServer) dissector.OnResponse(message);
        else dissector.OnRequestComplete(message);
    }

    /// <summary>
    /// Looks for the next message: anywhere behind lost bytes, because it may begin in the middle of a segment; behind bytes that are no message only
    /// at the next segment, because content may hold anything.
    /// </summary>
    private StreamStep Search(ReadOnlySpan<byte> data)
    {
        if (!_searching) Lose(hard: false);
        _headScanned = 0;
        return StreamStep.Resync(_anywhere ? HttpStartLine.FindNext(data, 1, isServer) : data.Length);
    }

    /// <summary>The framing is lost: from here on a start line is searched, and an unknown number of messages is missing, at least one where <paramref name="hard"/>.</summary>
    private void Lose(bool hard)
    {
        if (_searching && !hard) return;
        _searching = true;
        dissector.OnLost(isServer, hard);
    }
}
