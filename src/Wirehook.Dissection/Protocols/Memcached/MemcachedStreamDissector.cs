using System.Buffers;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Framing;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Memcached;

/// <summary>
/// Dissects one memcached connection. Responses come in the order of the requests; quiet operations may have none, which the next response shows: it is that of
/// a later request.
/// </summary>
internal sealed class MemcachedStreamDissector : StreamDissector
{
    private const int MostStatistics = 64 << 10;
    private static readonly ItemError Incomplete = ItemError.Gap("Part of the message was not captured.");
    private static readonly ItemError Mismatch = ItemError.Dissection("The response does not fit the request whose turn it is.");
    private static readonly ItemError Ambiguous = ItemError.PairNotFound("Which of several quiet requests the response belongs to cannot be known.");
    private readonly FlowContext _context;
    private readonly OrderedPairing<MemcachedPending> _pairing;
    private readonly int _wholeLimit;
    private readonly long _itemsBefore;
    private MessageFramer<MemcachedScanner> _requests;
    private MessageFramer<MemcachedScanner> _responses;
    private Direction? _client;
    private MemcachedPending? _statistics;
    private FramedMessage _statisticsSoFar;
    private ArrayBufferWriter<byte>? _statisticsBytes;
    private bool _requestSinceLoss;
    private bool _watches;

    public MemcachedStreamDissector(FlowContext context)
    {
        _context = context;
        _itemsBefore = context.ItemCount;
        _wholeLimit = MessageFramer<MemcachedScanner>.WholeLimit(context);
        _pairing = new OrderedPairing<MemcachedPending>(context, Leave);
        if (context.AtStart) return;
        _requests.Lose();
        _responses.Lose();
    }

    /// <inheritdoc/>
    public override StreamStep Dissect(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        _client ??= MemcachedDetection.FindClient(_context.Flow, direction, data);
        var isRequest = direction == _client;
        ref var side = ref SideOf(direction);
        if (side.Lost)
        {
            if (!(isRequest ? MemcachedDetection.IsRequest(data) : IsResponseStart(data))) return StreamStep.Resync(data.Length);
            side.Find();
        }

        switch (side.Advance(data, timestamp, _wholeLimit, out var step, out var length))
        {
            case ScanResult.Incomplete:
                return step;
            case ScanResult.Complete when side.IsInside || IsMessage(data[..length], isRequest):
                if (isRequest) OnRequest(side.Take(_context, data[..length]), timestamp);
                else OnResponse(side.Take(_context, data[..length]), timestamp);
                return StreamStep.Consume(length);
            default:
                if (_context.ItemCount == _itemsBefore && _pairing.Count == 0) return StreamStep.Reject("not-memcached");
                Lose(ref side);
                return StreamStep.Resync(data.Length);
        }
    }

    /// <inheritdoc/>
    public override void OnGap(Direction direction, ReadOnlySpan<byte> undigested, long length, Timestamp timestamp)
    {
        ref var side = ref SideOf(direction);
        if (_client is null || !side.TrySkip(undigested, length)) Lose(ref side);
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd? end, Timestamp timestamp)
    {
        if (_statistics is not null) EndStatistics(timestamp, Incomplete);
        _pairing.Flush(end);
    }

    private ref MessageFramer<MemcachedScanner> SideOf(Direction direction)
    {
        if (direction == (_client ?? Direction.Forward)) return ref _requests;
        return ref _responses;
    }

    private void Lose(ref MessageFramer<MemcachedScanner> side)
    {
        side.Lose();
        _requestSinceLoss = false;
        if (_statistics is { } waiting) EndStatistics(waiting.Timestamp, Incomplete);
        _pairing.OnGap();
    }

    /// <summary>Once the protocol is sure, a line whose first word is unknown may be a command or reply of another version.</summary>
    private bool IsMessage(ReadOnlySpan<byte> message, bool isRequest)
    {
        if (BinaryHeader.IsMagic(message[0])) return (message[0] & 1) == 0 == isRequest;
        return (isRequest ? MemcachedDetection.IsRequest(message) : MemcachedDetection.IsResponse(message)) || _context.ItemCount > _itemsBefore;
    }

    /// <summary>Whether a response starts here, at the front of a segment behind a loss: where it is the answer to the one request since, or the segment holds whole responses.</summary>
    private bool IsResponseStart(ReadOnlySpan<byte> data)
    {
        if (!MemcachedDetection.IsResponse(data)) return false;
        if (_requestSinceLoss && _pairing.Count == 1) return true;
        var (scanner, at) = (default(MemcachedScanner), 0);
        while (at < data.Length)
        {
            var start = at;
            if (scanner.Scan(data, ref at) != ScanResult.Complete || !MemcachedDetection.IsResponse(data[start..])) return false;
        }

        return true;
    }

    private void OnRequest(in FramedMessage message, Timestamp timestamp)
    {
        var answering = message.Bytes.IsEmpty ? Answering.Never : MemcachedPending.AnsweringOf(message.Bytes.Span);
        var request = new MemcachedPending { Timestamp = timestamp, Size = message.Size, Message = message, Answering = answering, Error = message.Broken ? Incomplete : null };
        _requestSinceLoss = true;
        if (answering == Answering.Never) Emit(request, default, default, request.Error);
        else _pairing.Add(request);
    }

    private void OnResponse(in FramedMessage message, Timestamp timestamp)
    {
        var bytes = message.Bytes.Span;
        if (_statistics is not null)
        {
            ContinueStatistics(message, timestamp);
            return;
        }

        if (_watches && TextLine.KindOf(bytes) == LineKind.Unknown)
        {
            Emit(null, message, timestamp, message.Broken ? Incomplete : null);
            return;
        }

        while (_pairing.Next is { Answering: Answering.Sometimes } quiet && (_pairing.Count > 1 || !quiet.Fits(bytes)))
        {
            if (quiet.Fits(bytes))
            {
                if (quiet.IsBinary || MemcachedPending.IsIdentified(bytes)) break;
                Emit(null, message, timestamp, Ambiguous);
                return;
            }

            if (_pairing.Take(out _) is { } silent) Emit(silent, default, default, silent.Error);
        }

        Answer(message, timestamp);
    }

    private void Answer(in FramedMessage message, Timestamp timestamp)
    {
        var bytes = message.Bytes.Span;
        if (_pairing.Next is { } next && !next.Fits(bytes))
        {
            Emit(null, message, timestamp, Mismatch);
            _pairing.OnGap();
            return;
        }

        var request = _pairing.Take(out var because);
        if (request is { IsBinary: true } && bytes[1] == BinaryOpcode.Stat && !IsLastStatistic(bytes))
        {
            (_statistics, _statisticsSoFar, _statisticsBytes) = (request, message, new ArrayBufferWriter<byte>());
            _statisticsBytes.Write(bytes);
            return;
        }

        _watches |= request is not null && request.Message.Bytes.Span.StartsWith("watch"u8) && bytes.StartsWith("OK"u8);
        Emit(request, message, timestamp, request is null ? because : request.Error ?? (message.Broken ? Incomplete : null));
    }

    /// <summary>Statistics of the binary protocol come in one message each, the last of them empty: together they are the response.</summary>
    private void ContinueStatistics(in FramedMessage message, Timestamp timestamp)
    {
        var request = _statistics!;
        var bytes = message.Bytes.Span;
        if (!request.Fits(bytes))
        {
            EndStatistics(timestamp, Incomplete);
            OnResponse(message, timestamp);
            return;
        }

        var soFar = _statisticsSoFar;
        var fits = !soFar.Truncated && bytes.Length <= MostStatistics - _statisticsBytes!.WrittenCount;
        if (fits) _statisticsBytes!.Write(bytes);
        _statisticsSoFar = soFar with
        {
            Size = soFar.Size + message.Size,
            Truncated = !fits || message.Truncated,
            Broken = soFar.Broken || message.Broken,
        };
        if (IsLastStatistic(bytes)) EndStatistics(timestamp, request.Error);
    }

    private void EndStatistics(Timestamp timestamp, ItemError? error)
    {
        var (request, response) = (_statistics!, _statisticsSoFar with { Bytes = _statisticsBytes!.WrittenMemory });
        (_statistics, _statisticsBytes) = (null, null);
        Emit(request, response, timestamp, error);
    }

    private static bool IsLastStatistic(ReadOnlySpan<byte> bytes) => !BinaryHeader.TryRead(bytes, out var header) || header.KeyLength == 0 || header.Status != 0;

    /// <summary>A quiet request that leaves without a response lacks nothing.</summary>
    private void Leave(MemcachedPending request, ItemError error) => Emit(request, default, default, request.Answering == Answering.Always ? error : request.Error);

    private void Emit(MemcachedPending? request, in FramedMessage response, Timestamp answered, ItemError? error) =>
        _context.Emit(new MemcachedItem(_context, _client ?? Direction.Forward, request?.Message ?? default, response)
        {
            ElapsedMilliseconds = request is null || response.IsEmpty ? 0 : Math.Max(0, answered.Since(request.Message.Started) / 1_000_000),
            Error = error,
        });
}
