using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Framing;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Redis;

/// <summary>
/// Dissects one Redis connection. Replies come in the order of the commands, except for what the server sends on its own: pushed messages, further
/// confirmations of a subscription, lines of MONITOR, and the stream that a replica gets.
/// </summary>
internal sealed class RedisDissector : StreamDissector
{
    private const int LongestInline = 64 << 10;
    private static readonly ItemError Incomplete = ItemError.Gap("Part of the message was not captured.");
    private readonly FlowContext _context;
    private readonly OrderedPairing<RedisRequest> _pairing;
    private readonly RedisReplyPolicy _policy = new();
    private readonly int _wholeLimit;
    private readonly long _itemsBefore;
    private MessageFramer<RespScanner> _commands;
    private MessageFramer<RespScanner> _replies;
    private RedisReplication? _replication;
    private Direction? _client;
    private bool _commandSinceLoss;
    private RedisBacklog _backlog;

    public RedisDissector(FlowContext context)
    {
        _context = context;
        _itemsBefore = context.ItemCount;
        _wholeLimit = MessageFramer<RespScanner>.WholeLimit(context);
        _pairing = new OrderedPairing<RedisRequest>(context, (request, error) => Emit(request, default, default, error));
        if (context.AtStart) return;
        _commands.Lose();
        _replies.Lose();
    }

    /// <inheritdoc/>
    public override StreamStep Dissect(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        _client ??= RedisDetection.FindClient(_context.Flow, direction, data);
        if (direction == _client)
        {
            if (_backlog.MustWait(_pairing.Count, data.Length, timestamp, _context.Options)) return StreamStep.AwaitOther();
            var step = ReadCommand(data, _backlog.TimeOfNext(timestamp));
            _backlog.OnStep(step);
            return step;
        }

        if (_replication is not null) return _replication.Read(data, timestamp);
        return _backlog.ComesFirst && _pairing.Count == 0 && !_replies.IsInside ? StreamStep.AwaitOther() : ReadReply(data, timestamp);
    }

    /// <inheritdoc/>
    public override void OnGap(Direction direction, ReadOnlySpan<byte> undigested, long length, Timestamp timestamp)
    {
        if (_client is not null && direction != _client && _replication is not null)
        {
            _replication.OnGap(undigested, length);
            return;
        }

        ref var side = ref SideOf(direction);
        undigested = DigestBacklog(direction, undigested, timestamp);
        if (_client is not null && side.TrySkip(undigested, length)) return;
        Lose(ref side);
    }

    /// <inheritdoc/>
    public override void OnDirectionEnd(Direction direction, ReadOnlySpan<byte> undigested, Timestamp timestamp)
    {
        DigestBacklog(direction, undigested, timestamp);
        if (direction != _client) _backlog.Close();
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd? end, Timestamp timestamp) => _pairing.Flush(end);

    /// <summary>What waits for the other direction is digested now, because nothing can come between any more. What is left of the bytes.</summary>
    private ReadOnlySpan<byte> DigestBacklog(Direction direction, ReadOnlySpan<byte> undigested, Timestamp timestamp)
    {
        if (!_backlog.ComesFirst) return undigested;
        _backlog.Close();
        while (!undigested.IsEmpty && Dissect(direction, undigested, timestamp) is { Kind: StreamStepKind.Consume or StreamStepKind.Resync } step) undigested = undigested[step.Count..];
        _backlog.Reopen();
        return undigested;
    }

    private ref MessageFramer<RespScanner> SideOf(Direction direction)
    {
        if (direction == (_client ?? Direction.Forward)) return ref _commands;
        return ref _replies;
    }

    private void Lose(ref MessageFramer<RespScanner> side)
    {
        side.Lose();
        _commandSinceLoss = false;
        _policy.OnLoss();
        _pairing.OnGap();
    }

    /// <summary>What came is not RESP: the stream is another protocol's, or the place in it is lost.</summary>
    private StreamStep Mislead(ref MessageFramer<RespScanner> side, int length)
    {
        if (_context.ItemCount == _itemsBefore && _pairing.Count == 0) return StreamStep.Reject("not-redis");
        Lose(ref side);
        return StreamStep.Resync(length);
    }

    private StreamStep ReadCommand(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (_commands.Lost && FindCommand(data) is { } search) return search;
        if (!_commands.IsInside && data[0] != '*') return ReadInline(data, timestamp);
        switch (_commands.Advance(data, timestamp, _wholeLimit, out var step, out var length))
        {
            case ScanResult.Incomplete:
                return step;
            case ScanResult.Invalid:
                return Mislead(ref _commands, data.Length);
        }

        AddCommand(new RedisBytes(_commands.Take(_context, data[..length]), false), timestamp);
        return StreamStep.Consume(length);
    }

    /// <summary>A line of words, as a person types it (redis.io/topics/protocol, Inline commands); empty lines mean nothing.</summary>
    private StreamStep ReadInline(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        var started = _commands.Begin(timestamp);
        var end = data.IndexOf((byte)'\n');
        if (end < 0) return data.Length > LongestInline ? Mislead(ref _commands, data.Length) : StreamStep.NeedMore();
        var line = data[..end].TrimEnd((byte)'\r').Trim((byte)' ');
        if (line.IsEmpty)
        {
            _commands.Reset();
            return StreamStep.Consume(end + 1);
        }

        var space = line.IndexOf((byte)' ');
        var name = space < 0 ? line : line[..space];
        var sure = _context.ItemCount > _itemsBefore || _pairing.Count > 0;
        if (sure ? !RedisCommands.IsName(name) : !RedisCommands.IsKnown(name)) return Mislead(ref _commands, data.Length);
        _commands.Reset();
        AddCommand(new RedisBytes(new FramedMessage(_context.Arena.Keep(data[..(end + 1)]), end + 1, started, false, false), true), timestamp);
        return StreamStep.Consume(end + 1);
    }

    /// <summary>Looks for the next command where the place in the stream is unknown; null when it is at the front.</summary>
    private StreamStep? FindCommand(ReadOnlySpan<byte> data)
    {
        const int shortest = 64;
        for (var at = 0; at >= 0;)
        {
            var answer = RedisDetection.CheckCommand(data[at..], out var known);
            if (at == 0 && (known || (answer == Detection.Likely && _context.ItemCount == _itemsBefore)))
            {
                _commands.Find();
                return null;
            }

            if (at == 0 && answer == Detection.NeedMore && data.Length < shortest) return StreamStep.NeedMore();
            if (at > 0 && (known || answer == Detection.NeedMore)) return StreamStep.Resync(at);
            var next = data[(at + 1)..].IndexOf((byte)'*');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return StreamStep.Resync(data.Length);
    }

    private void AddCommand(in RedisBytes content, Timestamp timestamp)
    {
        if (!_policy.TryReadCommand(content, out var command)) return;
        _commandSinceLoss = true;
        var request = new RedisRequest
        {
            Timestamp = timestamp,
            Size = content.Message.Size,
            Content = content,
            Trait = command.Trait,
            MoreReplies = command.Replies - 1,
            Error = content.Message.Broken ? Incomplete : null,
        };
        if (command.Replies > 0) _pairing.Add(request);
        else Emit(request, default, default, request.Error);
    }

    private StreamStep ReadReply(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (_replies.Lost && !IsReplyStart(data)) return StreamStep.Resync(data.Length);
        _replies.Find();
        if (!_replies.IsInside)
        {
            // A master that prepares its data set sends line feeds, so that the replica goes on waiting.
            if (data[0] == '\n') return StreamStep.Consume(data.Length - data.TrimStart((byte)'\n').Length);
            if (data[0] == '$' && _pairing.Next is { Trait: CommandTrait.Replication }) return StartReplication(data, timestamp);
        }

        switch (_replies.Advance(data, timestamp, _wholeLimit, out var step, out var length))
        {
            case ScanResult.Incomplete:
                return step;
            case ScanResult.Invalid:
                return Mislead(ref _replies, data.Length);
        }

        OnReply(_replies.Take(_context, data[..length]), timestamp);
        return StreamStep.Consume(length);
    }

    /// <summary>
    /// Whether a reply starts here, at the front of a segment behind a loss: beyond doubt where the segment holds whole replies and nothing else, and
    /// probable where a command came since, to which the server answers from the start.
    /// </summary>
    private bool IsReplyStart(ReadOnlySpan<byte> data)
    {
        var end = data.IndexOf("\r\n"u8);
        if (end < 1 || !RespScanner.IsHeader(data[..end])) return false;
        if (_commandSinceLoss && _pairing.Count == 1) return true;
        var (scanner, at) = (default(RespScanner), 0);
        while (at < data.Length)
        {
            if (scanner.Scan(data, ref at) != ScanResult.Complete) return false;
        }

        return true;
    }

    private void OnReply(in FramedMessage reply, Timestamp timestamp)
    {
        var error = reply.Broken ? Incomplete : null;
        if (_policy.IsUnasked(reply.Bytes.Span, _pairing.Next, _pairing.Count))
        {
            Emit(null, reply, timestamp, error);
            return;
        }

        var request = _pairing.Take(out var because);
        Emit(request, reply, timestamp, request is null ? error ?? because : request.Error ?? error);
        if (request is null) return;
        _policy.OnAnswered(request, reply.Bytes.Span);
        if (request.Trait == CommandTrait.Replication) _replication = RedisReplication.Behind(_context, _client!.Value ^ Direction.Reverse, reply.Bytes.Span);
    }

    private StreamStep StartReplication(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (_pairing.Take(out _) is { } request) Emit(request, default, default, request.Error);
        _replication = new RedisReplication(_context, _client!.Value ^ Direction.Reverse, snapshot: true);
        return _replication.Read(data, timestamp);
    }

    private void Emit(RedisRequest? request, in FramedMessage reply, Timestamp answered, ItemError? error)
    {
        var content = request?.Content ?? default;
        var started = request is null ? reply.Started : content.Message.Started;
        _context.Emit(new RedisItem(_context, _client ?? Direction.Forward, started, content, new RedisBytes(reply, false))
        {
            ElapsedMilliseconds = request is null || reply.IsEmpty ? 0 : Math.Max(0, answered.Since(started) / 1_000_000),
            Error = error,
        });
    }
}
