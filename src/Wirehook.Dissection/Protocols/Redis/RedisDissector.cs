using Wirehook.Dissection.Contract;
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
    private RedisSide _commands;
    private RedisSide _replies;
    private RedisReplication? _replication;
    private Direction? _client;
    private bool _commandSinceLoss;

    public RedisDissector(FlowContext context)
    {
        _context = context;
        _itemsBefore = context.ItemCount;
        _wholeLimit = Math.Min(context.Options.BodyLimit, context.Options.BufferLimit / 2);
        _pairing = new OrderedPairing<RedisRequest>(context, (request, error) => Emit(request, default, 0, null, false, error));
        if (context.AtStart) return;
        _commands.Lose();
        _replies.Lose();
    }

    /// <inheritdoc/>
    public override StreamStep Dissect(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        _client ??= RedisDetection.FindClient(_context.Flow, direction, data);
        if (direction == _client) return ReadCommand(data, timestamp);
        return _replication is not null ? _replication.Read(data, timestamp) : ReadReply(data, timestamp);
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
        if (_client is not null && side.TrySkip(undigested, length)) return;
        Lose(ref side);
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd? end, Timestamp timestamp) => _pairing.Flush(end);

    private ref RedisSide SideOf(Direction direction)
    {
        if (direction == (_client ?? Direction.Forward)) return ref _commands;
        return ref _replies;
    }

    private void Lose(ref RedisSide side)
    {
        side.Lose();
        _commandSinceLoss = false;
        _policy.OnLoss();
        _pairing.OnGap();
    }

    /// <summary>What came is not RESP: the stream is another protocol's, or the place in it is lost.</summary>
    private StreamStep Mislead(ref RedisSide side, int length)
    {
        if (_context.ItemCount == _itemsBefore && _pairing.Count == 0) return StreamStep.Reject("not-redis");
        Lose(ref side);
        return StreamStep.Resync(length);
    }

    private StreamStep ReadCommand(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (_commands.Lost && FindCommand(data) is { } search) return search;
        _commands.Begin(timestamp);
        if (!_commands.IsInside && data[0] != '*') return ReadInline(data, timestamp);
        if (_commands.Advance(data, _wholeLimit, out var length, out var valid) is { } step) return step;
        if (!valid) return Mislead(ref _commands, data.Length);
        var (started, broken) = (_commands.Started, _commands.Broken);
        var content = _commands.Take(_context, data[..length], out var size);
        AddCommand(content, size, started, timestamp, broken);
        return StreamStep.Consume(length);
    }

    /// <summary>A line of words, as a person types it (redis.io/topics/protocol, Inline commands); empty lines mean nothing.</summary>
    private StreamStep ReadInline(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        var end = data.IndexOf((byte)'\n');
        if (end < 0) return data.Length > LongestInline ? Mislead(ref _commands, data.Length) : StreamStep.NeedMore();
        var line = data[..end].TrimEnd((byte)'\r').Trim((byte)' ');
        var started = _commands.Started;
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
        AddCommand(new RedisBytes(_context.Arena.Keep(data[..(end + 1)]), true, false), end + 1, started, timestamp, broken: false);
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

    private void AddCommand(in RedisBytes content, long size, Timestamp started, Timestamp timestamp, bool broken)
    {
        if (!_policy.TryReadCommand(content, out var command)) return;
        _commandSinceLoss = true;
        var request = new RedisRequest
        {
            Timestamp = timestamp,
            Started = started,
            Size = size,
            Content = content,
            Trait = command.Trait,
            MoreReplies = command.Replies - 1,
            Error = broken ? Incomplete : null,
        };
        if (command.Replies > 0) _pairing.Add(request);
        else Emit(request, default, 0, null, false, request.Error);
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

        _replies.Begin(timestamp);
        if (_replies.Advance(data, _wholeLimit, out var length, out var valid) is { } step) return step;
        if (!valid) return Mislead(ref _replies, data.Length);
        var (started, broken) = (_replies.Started, _replies.Broken);
        var content = _replies.Take(_context, data[..length], out var size);
        OnReply(content, size, started, timestamp, broken);
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
            if (scanner.Scan(data, ref at) != RespScan.Complete) return false;
        }

        return true;
    }

    private void OnReply(in RedisBytes content, long size, Timestamp started, Timestamp timestamp, bool broken)
    {
        var error = broken ? Incomplete : null;
        var waiting = _pairing.Next;
        if (_policy.IsUnasked(content.Bytes.Span, waiting, _pairing.Count))
        {
            Emit(null, content, size, timestamp, broken, error, started);
            return;
        }

        var request = _pairing.Take(out var because);
        if (request is null)
        {
            Emit(null, content, size, timestamp, broken, error ?? because, started);
            return;
        }

        Emit(request, content, size, timestamp, broken, request.Error ?? error);
        _policy.OnAnswered(request, content.Bytes.Span);
        if (request.Trait == CommandTrait.Replication) _replication = RedisReplication.Behind(_context, _client!.Value ^ Direction.Reverse, content.Bytes.Span);
    }

    private StreamStep StartReplication(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (_pairing.Take(out _) is { } request) Emit(request, default, 0, null, false, request.Error);
        _replication = new RedisReplication(_context, _client!.Value ^ Direction.Reverse, snapshot: true);
        return _replication.Read(data, timestamp);
    }

    private void Emit(RedisRequest? request, in RedisBytes response, long responseSize, Timestamp? answered, bool broken, ItemError? error, Timestamp started = default)
    {
        _context.Emit(new RedisItem(_context, _client ?? Direction.Forward, request?.Started ?? started, request?.Content ?? default, response)
        {
            RequestSize = request?.Size ?? 0,
            ResponseSize = responseSize,
            ElapsedMilliseconds = request is not null && answered is { } end ? Math.Max(0, end.Since(request.Started) / 1_000_000) : 0,
            RequestIsBroken = request?.Error is not null,
            ResponseIsBroken = broken,
            Error = error,
        });
    }
}
