using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Framing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Redis;

/// <summary>
/// What a master sends to a replica: its data set as a file, of known length or between two equal marks, and then every write as a command that nobody
/// answers. The file makes no item; each command makes one, whose sender is the master.
/// </summary>
internal sealed class RedisReplication(FlowContext context, Direction direction, bool snapshot)
{
    private const int MarkLength = 40;
    private readonly int _wholeLimit = MessageFramer<RespScanner>.WholeLimit(context);
    private MessageFramer<RespScanner> _commands;
    private bool _awaitsHeader = snapshot;
    private long _fileLeft;
    private byte[]? _mark;

    /// <summary>What follows the reply to PSYNC; null where the server refused.</summary>
    public static RedisReplication? Behind(FlowContext context, Direction direction, ReadOnlySpan<byte> reply)
    {
        if (reply.StartsWith("+FULLRESYNC"u8)) return new RedisReplication(context, direction, snapshot: true);
        return reply.StartsWith("+CONTINUE"u8) ? new RedisReplication(context, direction, snapshot: false) : null;
    }

    /// <summary>Digests the master's next bytes.</summary>
    public StreamStep Read(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (_awaitsHeader) return ReadHeader(data);
        if (_fileLeft > 0)
        {
            var part = (int)Math.Min(_fileLeft, data.Length);
            _fileLeft -= part;
            return StreamStep.Consume(part);
        }

        return _mark is not null ? FindMark(data) : ReadCommand(data, timestamp);
    }

    /// <summary>Bytes are missing.</summary>
    public void OnGap(ReadOnlySpan<byte> undigested, long length)
    {
        if (_mark is not null) return;
        if (_fileLeft >= length && !_awaitsHeader)
        {
            _fileLeft -= length;
            return;
        }

        (_awaitsHeader, _fileLeft) = (false, 0);
        if (!_commands.TrySkip(undigested, length)) _commands.Lose();
    }

    private StreamStep ReadHeader(ReadOnlySpan<byte> data)
    {
        const int longestHeader = 64;
        if (data[0] == '\n') return StreamStep.Consume(1);
        var end = data.IndexOf("\r\n"u8);
        if (end < 0) return data.Length > longestHeader ? StreamStep.Reject("not-redis") : StreamStep.NeedMore();
        var header = data[..end];
        _awaitsHeader = false;
        if (header.StartsWith("$EOF:"u8) && header.Length == MarkLength + 5) _mark = header[5..].ToArray();
        else if (header[0] != '$' || !RespScanner.TryReadLength(header[1..], out _fileLeft) || _fileLeft < 0) _commands.Lose();
        return StreamStep.Consume(end + 2);
    }

    private StreamStep FindMark(ReadOnlySpan<byte> data)
    {
        var at = data.IndexOf(_mark);
        if (at >= 0)
        {
            _mark = null;
            return StreamStep.Consume(at + MarkLength);
        }

        return data.Length < MarkLength ? StreamStep.NeedMore() : StreamStep.Consume(data.Length - MarkLength + 1);
    }

    private StreamStep ReadCommand(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (_commands.Lost)
        {
            RedisDetection.CheckCommand(data, out var known);
            if (!known) return StreamStep.Resync(data.Length);
            _commands.Find();
        }

        if (!_commands.IsInside && data[0] == '\n') return StreamStep.Consume(1);
        switch (_commands.Advance(data, timestamp, _wholeLimit, out var step, out var length))
        {
            case ScanResult.Incomplete:
                return step;
            case ScanResult.Invalid:
                _commands.Lose();
                return StreamStep.Resync(data.Length);
        }

        var command = _commands.Take(context, data[..length]);
        context.Emit(new RedisItem(context, direction, command.Started, new RedisBytes(command, false), default));
        return StreamStep.Consume(length);
    }
}
