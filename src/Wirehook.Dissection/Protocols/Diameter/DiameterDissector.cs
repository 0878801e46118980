using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Diameter;

/// <summary>
/// The messages of one connection. An answer repeats the hop-by-hop identifier and the command of its request; either side may ask.
/// </summary>
internal sealed class DiameterDissector : StreamDissector
{
    private static readonly ItemError NoRequest = ItemError.PairNotFound("No request for this answer was captured.");
    private static readonly ItemError TooLong = ItemError.Dissection("The message is longer than the limit for messages; only its header was kept.");
    private readonly FlowContext _context;
    private readonly KeyedPairing<DiameterPending> _pairing;
    private Side _forward;
    private Side _reverse;

    public DiameterDissector(FlowContext context)
    {
        _context = context;
        _pairing = new KeyedPairing<DiameterPending>(context, EmitUnanswered);
        // What begins in the middle of the stream need not begin with a message.
        (_forward.Lost, _reverse.Lost) = (!context.AtStart, !context.AtStart);
    }

    /// <inheritdoc/>
    public override StreamStep Dissect(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        ref var side = ref SideOf(direction);
        if (side.Skip > 0)
        {
            var skipped = (int)Math.Min(side.Skip, data.Length);
            side.Skip -= skipped;
            return StreamStep.Consume(skipped);
        }

        if (side.Lost && Find(ref side, data) is { } sought) return sought;
        if (!side.Begun) (side.Begun, side.BegunAt) = (true, timestamp);
        if (data.Length < DiameterHeader.Size) return DiameterHeader.MayBegin(data) ? StreamStep.NeedMore(DiameterHeader.Size) : Lose(ref side);
        if (!DiameterHeader.TryRead(data, out var header)) return Lose(ref side);
        if (header.Length > _context.Options.HeadLimit)
        {
            Take(direction, data[..DiameterHeader.Size], header, side.BegunAt, timestamp, TooLong);
            (side.Begun, side.Skip) = (false, header.Length - DiameterHeader.Size);
            return StreamStep.Consume(DiameterHeader.Size);
        }

        if (data.Length < header.Length) return StreamStep.NeedMore(header.Length);
        Take(direction, data[..header.Length], header, side.BegunAt, timestamp, null);
        side.Begun = false;
        return StreamStep.Consume(header.Length);
    }

    /// <inheritdoc/>
    public override void OnGap(Direction direction, ReadOnlySpan<byte> undigested, long length, Timestamp timestamp) => SideOf(direction) = new Side { Lost = true };

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd? end, Timestamp timestamp) => _pairing.Flush(end);

    private static long Key(Direction asker, in DiameterHeader header) => ((long)asker << 32) | header.HopByHop;

    /// <summary>What follows is no message: others may know it, or the next message begins later.</summary>
    private StreamStep Lose(ref Side side)
    {
        if (_context.ItemCount == 0 && _pairing.Count == 0) return StreamStep.Reject("no-message");
        side = new Side { Lost = true };
        return StreamStep.Resync(1);
    }

    /// <summary>Looks for the next message; null where it begins right here.</summary>
    private static StreamStep? Find(ref Side side, ReadOnlySpan<byte> data)
    {
        var at = DiameterHeader.FindNext(data);
        if (at < 0) return data.Length < DiameterHeader.ProbeLength ? StreamStep.NeedMore() : StreamStep.Resync(data.Length - DiameterHeader.ProbeLength + 1);
        side.Lost = false;
        return at > 0 ? StreamStep.Resync(at) : null;
    }

    private ref Side SideOf(Direction direction)
    {
        if (direction == Direction.Forward) return ref _forward;
        return ref _reverse;
    }

    private void Take(Direction direction, ReadOnlySpan<byte> message, in DiameterHeader header, Timestamp begun, Timestamp timestamp, ItemError? error)
    {
        var kept = _context.Arena.Keep(message);
        if (header.IsRequest)
        {
            _pairing.Add(Key(direction, header), new DiameterPending
            {
                Message = kept,
                Direction = direction,
                Command = header.Command,
                Begun = begun,
                Timestamp = timestamp,
                Size = header.Length,
                Error = error,
            });
            return;
        }

        var key = Key(direction ^ Direction.Reverse, header);
        var request = _pairing.Find(key) is { } waiting && waiting.Command == header.Command ? _pairing.Take(key) : null;
        _context.Emit(new DiameterItem(_context, request?.Direction ?? (direction ^ Direction.Reverse), request?.Begun ?? begun, request?.Message ?? default, kept)
        {
            RequestSize = request?.Size ?? 0,
            ResponseSize = header.Length,
            ElapsedMilliseconds = request is null ? 0 : Math.Max(0, timestamp.Since(request.Begun) / 1_000_000),
            Error = request is null ? error ?? NoRequest : request.Error ?? error,
        });
    }

    private void EmitUnanswered(DiameterPending request, ItemError because) =>
        _context.Emit(new DiameterItem(_context, request.Direction, request.Begun, request.Message, default) { RequestSize = request.Size, Error = because });

    private struct Side
    {
        public bool Lost;
        public bool Begun;
        public Timestamp BegunAt;
        public long Skip;
    }
}
