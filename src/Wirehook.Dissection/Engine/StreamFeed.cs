using Wirehook.Dissection.Contract;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Engine;

/// <summary>Whether a dissector still follows its stream.</summary>
internal enum StreamFeedState : byte
{
    Following,

    /// <summary>The dissector rejected the stream before it emitted anything, and the bytes are still there.</summary>
    Rejected,

    /// <summary>Another protocol begins.</summary>
    HandedOver,

    /// <summary>The rest of the stream is ignored.</summary>
    Abandoned,
}

/// <summary>Feeds one dissector: spans of the capture where a direction has nothing waiting, otherwise the buffered beginning with the new bytes behind it.</summary>
internal sealed class StreamFeed
{
    private readonly FlowContext _context;
    private readonly StreamDissector _dissector;
    private readonly long _itemsBefore;
    private Side _forward;
    private Side _reverse;
    private bool _retaining;

    public StreamFeed(FlowContext context, ProtocolModule module, bool certain)
    {
        (_context, Module, _retaining) = (context, module, !certain);
        _dissector = module.CreateStreamDissector(context);
        _itemsBefore = context.ItemCount;
    }

    public ProtocolModule Module { get; }

    public StreamFeedState State { get; private set; }

    /// <summary>What the dissector said of the protocol to which it handed the stream over.</summary>
    public Upgrade? Upgrade { get; private set; }

    /// <summary>Bytes of memory that its buffers hold.</summary>
    public int Held => _forward.Held + _reverse.Held;

    public void OnData(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (data.IsEmpty) return;
        ref var side = ref SideOf(direction);
        if (State != StreamFeedState.Following)
        {
            // Detection passes both directions; what follows a decision in the first belongs to whoever comes next.
            side.Undigested.Append(data);
            if (_retaining) side.Retained.Append(data);
            return;
        }

        if (_retaining) Retain(ref side, data);
        if (Digest(direction, ref side, data, timestamp) || side.AwaitsOther) AdvanceOther(direction, timestamp);
    }

    public void OnGap(Direction direction, long length, Timestamp timestamp)
    {
        StopRetaining();
        ref var side = ref SideOf(direction);
        _dissector.OnGap(direction, side.Undigested.Span, length, timestamp);
        side.Forget();
        AdvanceOther(direction, timestamp);
    }

    public void OnDirectionEnd(Direction direction, Timestamp timestamp)
    {
        if (State != StreamFeedState.Following) return;
        ref var side = ref SideOf(direction);
        _dissector.OnDirectionEnd(direction, side.Undigested.Span, timestamp);
        side.Forget();
        AdvanceOther(direction, timestamp);
    }

    public void OnEnd(FlowEnd end, Timestamp timestamp)
    {
        if (_forward.Undigested.Length > 0) OnDirectionEnd(Direction.Forward, timestamp);
        if (_reverse.Undigested.Length > 0) OnDirectionEnd(Direction.Reverse, timestamp);
        if (State == StreamFeedState.Following) _dissector.OnEnd(end, timestamp);
        StopRetaining();
        _forward.Forget();
        _reverse.Forget();
    }

    /// <summary>Moves every byte that the dissector was given to the caller.</summary>
    public void TakeRetained(ref StreamBuffer forward, ref StreamBuffer reverse)
    {
        (forward, reverse) = (_forward.Retained, _reverse.Retained);
        (_forward.Retained, _reverse.Retained) = (default, default);
        _forward.Forget();
        _reverse.Forget();
    }

    /// <summary>Moves the bytes that the dissector left to the caller.</summary>
    public void TakeUndigested(ref StreamBuffer forward, ref StreamBuffer reverse)
    {
        StopRetaining();
        (forward, reverse) = (_forward.Undigested, _reverse.Undigested);
        (_forward.Undigested, _reverse.Undigested) = (default, default);
    }

    private ref Side SideOf(Direction direction)
    {
        if (direction == Direction.Forward) return ref _forward;
        return ref _reverse;
    }

    /// <summary>Passes what waits and <paramref name="data"/> to the dissector. Whether it digested anything.</summary>
    private bool Digest(Direction direction, ref Side side, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (side.Undigested.Length == 0)
        {
            var digested = Run(direction, ref side, data, timestamp);
            side.Undigested.Append(data[digested..]);
            return digested > 0;
        }

        side.Undigested.Append(data);
        var ready = side.Undigested.Length >= side.Needed;
        var count = ready ? Run(direction, ref side, side.Undigested.Span, timestamp) : 0;
        side.Undigested.Drop(count);
        if (side.Undigested.Length > _context.Options.BufferLimit && State == StreamFeedState.Following) Overflow(timestamp);
        return count > 0;
    }

    /// <summary>While the other direction waits for this one, lets it go on; and this one again, as long as either makes a step.</summary>
    private void AdvanceOther(Direction moved, Timestamp timestamp)
    {
        while (State == StreamFeedState.Following)
        {
            var direction = moved ^ Direction.Reverse;
            ref var side = ref SideOf(direction);
            if (!side.AwaitsOther || side.Undigested.Length == 0) return;
            var count = Run(direction, ref side, side.Undigested.Span, timestamp);
            side.Undigested.Drop(count);
            if (count == 0) return;
            moved = direction;
        }
    }

    private int Run(Direction direction, ref Side side, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        var at = 0;
        (side.AwaitsOther, side.Needed) = (false, 0);
        while (at < data.Length)
        {
            var step = _dissector.Dissect(direction, data[at..], timestamp);
            if (_retaining && _context.ItemCount > _itemsBefore) StopRetaining();
            switch (step.Kind)
            {
                case StreamStepKind.Consume when step.Count > 0:
                    at += step.Count;
                    continue;
                case StreamStepKind.Resync when step.Count > 0:
                    at += step.Count;
                    _context.Losses.ResyncBytes.Add(step.Count);
                    continue;
                case StreamStepKind.NeedMore:
                    side.Needed = step.Count;
                    return at;
                case StreamStepKind.AwaitOther:
                    side.AwaitsOther = true;
                    return at;
                case StreamStepKind.HandOver:
                    _dissector.OnEnd(null, timestamp);
                    (State, Upgrade) = (StreamFeedState.HandedOver, step.Upgrade);
                    return at + step.Count;
                default:
                    Reject(timestamp);
                    return at;
            }
        }

        return at;
    }

    private void Reject(Timestamp timestamp)
    {
        if (_retaining)
        {
            State = StreamFeedState.Rejected;
            return;
        }

        _context.Losses.RejectedStreams.Add();
        Abandon(timestamp);
    }

    private void Overflow(Timestamp timestamp)
    {
        _context.Losses.BufferOverflows.Add();
        Abandon(timestamp);
    }

    private void Abandon(Timestamp timestamp)
    {
        State = StreamFeedState.Abandoned;
        _dissector.OnEnd(FlowEnd.Evicted, timestamp);
        StopRetaining();
    }

    private void Retain(ref Side side, ReadOnlySpan<byte> data)
    {
        side.Retained.Append(data);
        if (side.Retained.Length > _context.Options.DetectionLimit) StopRetaining();
    }

    private void StopRetaining()
    {
        _retaining = false;
        _forward.Retained.Clear();
        _reverse.Retained.Clear();
    }

    private struct Side
    {
        public StreamBuffer Undigested;
        public StreamBuffer Retained;
        public int Needed;
        public bool AwaitsOther;

        public readonly int Held => Undigested.Capacity + Retained.Capacity;

        public void Forget()
        {
            Undigested.Clear();
            (Needed, AwaitsOther) = (0, false);
        }
    }
}
