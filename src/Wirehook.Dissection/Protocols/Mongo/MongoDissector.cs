using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Framing;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Mongo;

/// <summary>A request that waits for its response.</summary>
internal sealed class MongoPending : PendingMessage
{
    /// <summary>The request.</summary>
    public required FramedMessage Message { get; set; }

    /// <inheritdoc/>
    public override long Held => base.Held - Size + Message.Bytes.Length;

    /// <inheritdoc/>
    internal override void Detach() => Message = Message.Detach();
}

/// <summary>Dissects one MongoDB connection: a response carries the number of the request that it answers.</summary>
internal sealed class MongoDissector : StreamDissector
{
    private static readonly ItemError Incomplete = ItemError.Gap("Part of the message was not captured.");
    private static readonly ItemError NoRequest = ItemError.PairNotFound("The request was not found in the stream.");
    private static readonly ItemError UnknownOpcode = ItemError.Dissection("The protocol does not have this opcode.");
    private readonly FlowContext _context;
    private readonly KeyedPairing<MongoPending> _pairing;
    private readonly int _wholeLimit;
    private readonly long _itemsBefore;
    private MessageFramer<MongoScanner> _requests;
    private MessageFramer<MongoScanner> _responses;
    private Direction? _client;
    private int? _exhausting;

    public MongoDissector(FlowContext context)
    {
        _context = context;
        _itemsBefore = context.ItemCount;
        _wholeLimit = MessageFramer<MongoScanner>.WholeLimit(context);
        _pairing = new KeyedPairing<MongoPending>(context, (request, error) => Emit(request, default, default, error));
        if (context.AtStart) return;
        _requests.Lose();
        _responses.Lose();
    }

    /// <inheritdoc/>
    public override StreamStep Dissect(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        ref var side = ref SideOf(direction);
        if (side.Lost)
        {
            if (!MongoDetection.IsMessageStart(data)) return Resynchronise(data);
            side.Find();
        }

        _client ??= MongoDetection.FindClient(_context.Flow, direction, data);
        switch (side.Advance(data, timestamp, _wholeLimit, out var step, out var length))
        {
            case ScanResult.Incomplete:
                return step;
            case ScanResult.Complete:
                OnMessage(direction, side.Take(_context, data[..length]), timestamp);
                return StreamStep.Consume(length);
            default:
                if (_context.ItemCount == _itemsBefore && _pairing.Count == 0) return StreamStep.Reject("not-mongodb");
                side.Lose();
                return StreamStep.Resync(data.Length);
        }
    }

    /// <inheritdoc/>
    public override void OnGap(Direction direction, ReadOnlySpan<byte> undigested, long length, Timestamp timestamp)
    {
        ref var side = ref SideOf(direction);
        if (!side.TrySkip(undigested, length)) side.Lose();
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd? end, Timestamp timestamp) => _pairing.Flush(end);

    /// <summary>Finds nothing at the front: a header that is not there as a whole may be one with the next bytes.</summary>
    private static StreamStep Resynchronise(ReadOnlySpan<byte> data)
    {
        const int longestHeader = 32;
        var may = data.Length < longestHeader && (data.Length < MongoHeader.Length || MongoHeader.TryRead(data, out _));
        return may ? StreamStep.NeedMore() : StreamStep.Resync(data.Length);
    }

    private ref MessageFramer<MongoScanner> SideOf(Direction direction)
    {
        if (direction == Direction.Forward) return ref _requests;
        return ref _responses;
    }

    private void OnMessage(Direction direction, in FramedMessage message, Timestamp timestamp)
    {
        if (!MongoHeader.TryRead(message.Bytes.Span, out var header)) return;
        if (direction == _client) OnRequest(header, message, timestamp);
        else OnResponse(header, message, timestamp);
    }

    private void OnRequest(in MongoHeader header, in FramedMessage message, Timestamp timestamp)
    {
        var request = new MongoPending
        {
            Timestamp = timestamp,
            Size = message.Size,
            Message = message,
            Error = message.Broken ? Incomplete : header.IsKnown ? null : UnknownOpcode,
        };
        if (ExpectsResponse(header, message.Bytes.Span)) _pairing.Add(header.RequestId, request);
        else Emit(request, default, default, request.Error);
    }

    private static bool ExpectsResponse(in MongoHeader header, ReadOnlySpan<byte> message) => header.Opcode switch
    {
        MongoOpcode.Insert or MongoOpcode.Update or MongoOpcode.Delete or MongoOpcode.KillCursors => false,
        MongoOpcode.Message or MongoOpcode.Compressed => (MongoContentReader.ReadFlags(header, message) & MongoHeader.MoreToCome) == 0,
        _ => true,
    };

    private void OnResponse(in MongoHeader header, in FramedMessage message, Timestamp timestamp)
    {
        var error = message.Broken ? Incomplete : null;
        var request = _pairing.Take(header.ResponseTo);
        if (request is not null) error ??= request.Error;
        else if (_exhausting != header.ResponseTo) error ??= NoRequest;
        // Behind a response that announces more, each further one answers the one before (OP_MSG, exhaustAllowed).
        var goesOn = (MongoContentReader.ReadFlags(header, message.Bytes.Span) & MongoHeader.MoreToCome) != 0;
        _exhausting = goesOn ? header.RequestId : null;
        Emit(request, message, timestamp, error);
    }

    private void Emit(MongoPending? request, in FramedMessage response, Timestamp answered, ItemError? error) =>
        _context.Emit(new MongoItem(_context, _client ?? Direction.Forward, request?.Message ?? default, response)
        {
            ElapsedMilliseconds = request is null || response.IsEmpty ? 0 : Math.Max(0, answered.Since(request.Message.Started) / 1_000_000),
            Error = error,
        });
}
