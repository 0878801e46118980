using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Http;
using Wirehook.Dissection.Protocols.Http2.Hpack;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Http2;

/// <summary>Dissects one HTTP/2 connection: what the frames of both directions mean for its streams.</summary>
internal sealed class Http2Dissector : StreamDissector
{
    private const int GoAwayLimit = 64;
    private static readonly ItemError BodyLost = ItemError.Gap("Part of the body was not captured.");
    private static readonly ItemError HeadLost = ItemError.Gap("The beginning of the message was not captured.");
    private static readonly ItemError DamagedBlock = ItemError.Dissection("A header block is damaged or larger than the limit.");
    private static readonly ItemError TooManyHeaders = ItemError.Dissection("The headers are larger than the limit; some are left out.");
    private readonly FlowContext _context;
    private readonly Http2Reader _forward;
    private readonly Http2Reader _reverse;
    private readonly Http2Streams _streams;
    private bool _begun;
    private int _goAways;

    public Http2Dissector(FlowContext context)
    {
        _context = context;
        _streams = new Http2Streams(context);
        _forward = new Http2Reader(this, context, Direction.Forward);
        _reverse = new Http2Reader(this, context, Direction.Reverse);
    }

    /// <summary>Whether anything was seen that only HTTP/2 has.</summary>
    public bool HasSeen { get; set; }

    public override StreamStep Dissect(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (!_begun) Begin(timestamp);
        return ReaderOf(direction).Read(data, timestamp);
    }

    public override void OnGap(Direction direction, ReadOnlySpan<byte> undigested, long length, Timestamp timestamp) =>
        ReaderOf(direction).OnGap(undigested, length, timestamp);

    public override void OnEnd(FlowEnd? end, Timestamp timestamp)
    {
        _streams.CloseAll(end, timestamp);
        _forward.End();
        _reverse.End();
    }

    internal void OnPreface(Direction direction) => (_streams.Client, HasSeen) = (direction, true);

    internal void OnUnseenStart() => _streams.MayMiss = true;

    internal void OnHeaders(Direction direction, in HeaderBlock block, bool valid, Timestamp timestamp)
    {
        var hpack = ReaderOf(direction).Hpack;
        var (status, isHead) = ReadHead(direction, hpack.Fields);
        if (block.Promised != 0)
        {
            OnPromise(direction, block, hpack, timestamp);
            return;
        }

        if (_streams.FindOrOpen(block.StreamId) is not { } stream) return;
        if (direction == _streams.Client && isHead) _streams.OnRequest(block.StreamId);
        if (stream.Tunnel is null && (!stream.RequestLeft || direction != _streams.Client)) AddBlock(stream, direction, block, status, isHead, valid, timestamp);
        if (block.EndStream) OnEndStream(direction, block.StreamId, timestamp);
    }

    internal void OnData(Direction direction, uint id, ReadOnlySpan<byte> body, int size, Timestamp started, Timestamp timestamp)
    {
        var stream = _streams.Find(id) ?? (_streams.MayMiss ? _streams.FindOrOpen(id) : null);
        if (stream is null || (stream.RequestLeft && direction == _streams.Client)) return;
        if (stream.Tunnel is { } tunnel)
        {
            tunnel.OnData(direction, body, timestamp);
            return;
        }

        var message = stream[direction] ??= Headless(direction, started);
        message.Size += size;
        message.EndedAt = timestamp;
        if (body.IsEmpty) return;
        message.Follower?.OnData(body, timestamp);
        var dropped = message.AppendBody(body, _context.Arena, _context.Options.BodyLimit);
        if (dropped > 0) _context.Losses.BodyBytes.Add(dropped);
        _streams.Hold(stream);
    }

    internal void OnEndStream(Direction direction, uint id, Timestamp timestamp)
    {
        if (_streams.Find(id) is not { } stream) return;
        if (stream.Tunnel is { } tunnel)
        {
            tunnel.OnDirectionEnd(direction, timestamp);
            if (stream.TunnelHalfEnded) EndTunnel(stream, tunnel, FlowEnd.Finished, timestamp);
            stream.TunnelHalfEnded = true;
            return;
        }

        if (stream[direction] is not { } message) return;
        (message.Complete, message.EndedAt) = (true, timestamp);
        _streams.OnComplete(stream);
    }

    internal void OnReset(Direction direction, uint id, uint code, Timestamp timestamp)
    {
        if (_streams.Find(id) is not { } stream) return;
        if (stream.Tunnel is { } tunnel) EndTunnel(stream, tunnel, FlowEnd.Reset, timestamp);
        else _streams.Close(stream, ItemError.Connection($"The {NameOf(direction)} reset the stream: {ErrorCode.NameOf(code)}."));
    }

    /// <summary>The sender will not process streams beyond <paramref name="last"/> (RFC 9113 §6.8).</summary>
    internal void OnGoAway(Direction direction, uint last, uint code)
    {
        // A server sends two (§6.8); each costs a walk over the open streams.
        if (++_goAways > GoAwayLimit) return;
        var opensOdd = direction != _streams.Client;
        var error = ItemError.Connection($"The {NameOf(direction)} closed the connection without processing the stream: {ErrorCode.NameOf(code)}.");
        for (var stream = _streams.Oldest; stream is not null;)
        {
            var next = stream.After;
            if (stream.Id > last && (stream.Id & 1) != 0 == opensOdd && stream.Tunnel is null) _streams.Close(stream, error);
            stream = next;
        }
    }

    /// <summary>Bytes of a frame that is no DATA are missing.</summary>
    internal void OnLostFrame(Direction direction, uint id)
    {
        _streams.MayMiss = true;
        if (_streams.Find(id) is { } stream) Break(stream[direction]);
    }

    /// <summary>Bytes of a DATA frame are missing, <paramref name="body"/> of them without its padding.</summary>
    internal void OnLostData(Direction direction, uint id, int body, int length, Timestamp timestamp)
    {
        if ((_streams.Find(id) ?? (_streams.MayMiss ? _streams.FindOrOpen(id) : null)) is not { } stream) return;
        if (stream.Tunnel is { } tunnel)
        {
            tunnel.OnGap(direction, body, timestamp);
            return;
        }

        var message = stream[direction] ??= Headless(direction, timestamp);
        message.Size += length;
        message.BodySize += body;
        Break(message);
    }

    /// <summary>Any number of frames may be missing: what has begun is incomplete.</summary>
    internal void OnLost(Direction direction, long length)
    {
        _streams.MayMiss = true;
        for (var stream = _streams.Oldest; stream is not null; stream = stream.After)
        {
            stream.Tunnel?.OnGap(direction, length, _context.Memory.Now);
            if (stream[direction] is { Complete: false } message) Break(message);
        }
    }

    private static void Break(Http2Message? message)
    {
        if (message is null) return;
        message.OnGap();
        message.Error ??= BodyLost;
    }

    private Http2Reader ReaderOf(Direction direction) => direction == Direction.Forward ? _forward : _reverse;

    private string NameOf(Direction direction) => direction == _streams.Client ? "client" : "server";

    /// <summary>Behind an upgrade the HTTP/1 request is stream 1, and its client goes on as one (RFC 7540 §3.2).</summary>
    private void Begin(Timestamp timestamp)
    {
        _begun = true;
        if (_context.Upgrade is not { Protocol: "h2c" } upgrade) return;
        (_streams.Client, HasSeen) = (upgrade.ClientDirection, true);
        if (upgrade.RequestHead.IsEmpty || _streams.FindOrOpen(1) is not { } stream) return;
        stream[upgrade.ClientDirection] = UpgradedRequest.Read(upgrade, timestamp);
        _streams.OnRequest(1);
        _streams.Hold(stream);
    }

    /// <summary>The status, and whether the block begins a message, which is also how the sides are told apart.</summary>
    private (int Status, bool IsHead) ReadHead(Direction direction, ReadOnlySpan<HeaderField> fields)
    {
        var (status, isHead) = (0, false);
        foreach (var field in fields)
        {
            if (!field.IsPseudo) break;
            isHead = true;
            if (field.Kind == HeaderKind.Status) status = field.Status;
            _streams.Client ??= field.Kind == HeaderKind.Status ? direction ^ Direction.Reverse : direction;
        }

        return (status, isHead);
    }

    private void OnPromise(Direction direction, in HeaderBlock block, HpackDecoder hpack, Timestamp timestamp)
    {
        // Only a server promises (RFC 9113 §8.4).
        var client = direction ^ Direction.Reverse;
        if ((_streams.Client ??= client) != client) return;
        if (_streams.FindOrOpen(block.Promised) is not { } stream || stream[client] is not null) return;
        _streams.OnRequest(block.Promised);
        stream[client] = new Http2Message(hpack.Fields, hpack.Unknown, block.Started)
        {
            IsRequest = true,
            IsBorrowed = true,
            Complete = true,
            Size = block.Size,
            EndedAt = timestamp,
        };
        _streams.Hold(stream);
    }

    private void AddBlock(Http2Stream stream, Direction direction, in HeaderBlock block, int status, bool isHead, bool valid, Timestamp timestamp)
    {
        var hpack = ReaderOf(direction).Hpack;
        var message = stream[direction];
        if (message is null && status is >= 100 and < 200 && !block.EndStream)
        {
            _context.CountInterimResponse(Http2Module.Http2);
            return;
        }

        if (message is null)
        {
            message = NewMessage(direction, hpack, status, isHead, block.Started);
            stream[direction] = message;
            if (!message.IsRequest) HttpPayload.FollowBody(_context, direction ^ Direction.Reverse, stream[direction ^ Direction.Reverse], message);
        }
        else
        {
            message.AddTrailers(hpack.Fields, hpack.Unknown);
        }

        message.Size += block.Size;
        message.EndedAt = timestamp;
        if (!valid) (message.Broken, message.Error) = (true, DamagedBlock);
        if (hpack.Overflow) message.Error = TooManyHeaders;
        _streams.Hold(stream);
        if (status is >= 200 and < 300 && !block.EndStream) OpenTunnel(stream, direction, message);
    }

    private Http2Message NewMessage(Direction direction, HpackDecoder hpack, int status, bool isHead, Timestamp started)
    {
        var isRequest = _streams.Client is { } client ? direction == client : status == 0 && direction == Direction.Forward;
        var headKnown = isHead && (isRequest || status > 0);
        return new Http2Message(hpack.Fields, hpack.Unknown, started)
        {
            IsRequest = isRequest,
            Status = status,
            Broken = !headKnown,
            Error = headKnown ? null : HeadLost,
        };
    }

    private Http2Message Headless(Direction direction, Timestamp started) => new(default, 0, started)
    {
        IsRequest = direction == (_streams.Client ?? Direction.Forward),
        Broken = true,
        Truncated = true,
        Error = HeadLost,
    };

    /// <summary>Behind the success of a CONNECT the stream carries another protocol (RFC 9113 §8.5, RFC 8441).</summary>
    private void OpenTunnel(Http2Stream stream, Direction direction, Http2Message response)
    {
        var client = direction ^ Direction.Reverse;
        if (stream[client] is not { AsksConnect: true } request) return;
        (request.Complete, response.Complete) = (true, true);
        var upgrade = new Upgrade(request.ConnectProtocol?.Text.ToLowerInvariant() ?? "connect")
        {
            RequestHead = request.ToHead(),
            ResponseHead = response.ToHead(),
            ClientDirection = client,
        };
        _streams.Open(stream, _context.Carry(tls: false, atStart: true, upgrade));
    }

    private void EndTunnel(Http2Stream stream, CarriedStream tunnel, FlowEnd end, Timestamp timestamp)
    {
        tunnel.OnEnd(end, timestamp);
        _streams.Close(stream, null);
    }
}
