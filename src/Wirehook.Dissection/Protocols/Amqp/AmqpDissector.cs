using Wirehook.Dissection.Contract;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Amqp;

/// <summary>AMQP 0-9-1 over TCP: cuts both directions into frames (§4.2.3). A body passes through as it comes; every other frame is read whole.</summary>
internal sealed class AmqpDissector(FlowContext context) : StreamDissector
{
    private readonly AmqpConversation _conversation = new(context);
    private Side _forward;
    private Side _reverse;

    /// <inheritdoc/>
    public override StreamStep Dissect(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        ref var side = ref SideOf(direction);
        if (side.Skip > 0) return Skip(ref side, data);
        if (side.InBody) return DissectBody(ref side, data, timestamp);
        if (side.Lost) return Resynchronise(ref side, direction, data, timestamp);
        if (data[0] == AmqpModule.ProtocolHeader[0]) return DissectProtocolHeader(ref side, direction, data, timestamp);
        return DissectFrame(ref side, direction, data, timestamp);
    }

    /// <inheritdoc/>
    /// <remarks>A gap that ends inside the frame that it interrupts costs only that frame.</remarks>
    public override void OnGap(Direction direction, ReadOnlySpan<byte> undigested, long length, Timestamp timestamp)
    {
        ref var side = ref SideOf(direction);
        var open = side.Skip;
        if (side.InBody) open = side.BodyLeft + 1;
        else if (!side.Lost && undigested.Length >= AmqpFrame.HeadLength && AmqpFrame.TryRead(undigested, out var frame)) open = frame.WholeLength - undigested.Length;
        side.Leave();
        if (length > 0 && open >= length) side.Skip = open - length;
        else side.Lost = true;
        _conversation.OnGap(direction);
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd? end, Timestamp timestamp) => _conversation.End(end);

    private static StreamStep Skip(ref Side side, ReadOnlySpan<byte> data)
    {
        var skipped = (int)Math.Min(side.Skip, data.Length);
        side.Skip -= skipped;
        return StreamStep.Resync(skipped);
    }

    private StreamStep DissectProtocolHeader(ref Side side, Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        var header = AmqpModule.ProtocolHeader;
        if (data.Length < header.Length && header.StartsWith(data)) return StreamStep.NeedMore(header.Length);
        if (!data.StartsWith(header)) return Refuse(ref side, direction, data, timestamp);
        return StreamStep.Consume(header.Length);
    }

    private StreamStep DissectFrame(ref Side side, Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (data.Length < AmqpFrame.HeadLength) return side.Await(AmqpFrame.HeadLength, timestamp);
        if (!AmqpFrame.TryRead(data, out var frame)) return Refuse(ref side, direction, data, timestamp);
        if (frame.Type == AmqpFrameType.Body) return BeginBody(ref side, direction, frame, data, timestamp);
        if (frame.WholeLength > context.Options.HeadLimit)
        {
            side.Skip = frame.WholeLength;
            _conversation.OnGap(direction);
            return Skip(ref side, data);
        }

        var whole = (int)frame.WholeLength;
        if (data.Length < whole) return side.Await(whole, timestamp);
        if (data[whole - 1] != AmqpFrame.End) return Refuse(ref side, direction, data, timestamp);
        var started = side.TakeStart(timestamp);
        return Digest(direction, frame, data[AmqpFrame.HeadLength..(whole - 1)], started, timestamp) ? StreamStep.Consume(whole) : StreamStep.Resync(whole);
    }

    /// <summary>Passes a whole frame on. False where it is none of the protocol's.</summary>
    private bool Digest(Direction direction, AmqpFrame frame, ReadOnlySpan<byte> payload, Timestamp started, Timestamp timestamp)
    {
        switch (frame.Type)
        {
            case AmqpFrameType.Heartbeat:
                return true;
            case AmqpFrameType.Header:
                return AmqpProperties.Fits(payload) && _conversation.OnHeader(direction, frame.Channel, payload, (int)frame.WholeLength, timestamp);
            default:
                if (AmqpFrame.ReadMethod(payload) is not { } method)
                {
                    _conversation.OnGap(direction);
                    return false;
                }

                _conversation.OnMethod(new AmqpMessage
                {
                    Method = method,
                    Channel = frame.Channel,
                    Direction = direction,
                    Started = started,
                    Timestamp = timestamp,
                    Arguments = context.Arena.Keep(AmqpFrame.ArgumentsOf(payload)),
                    Size = frame.WholeLength,
                    IsWhole = true,
                });
                return true;
        }
    }

    private StreamStep BeginBody(ref Side side, Direction direction, AmqpFrame frame, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        side.TakeStart(timestamp);
        if (_conversation.FindContent(direction, frame.Channel, frame.Length) is not { } content) return Refuse(ref side, direction, data, timestamp);
        (side.InBody, side.Content, side.BodyLength, side.BodyLeft) = (true, content, frame.Length, frame.Length);
        return StreamStep.Consume(AmqpFrame.HeadLength);
    }

    private StreamStep DissectBody(ref Side side, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        var content = side.Content!;
        if (side.BodyLeft > 0)
        {
            var part = (int)Math.Min(side.BodyLeft, data.Length);
            side.BodyLeft -= part;
            _conversation.OnBodyPart(content, data[..part]);
            return StreamStep.Consume(part);
        }

        var length = side.BodyLength;
        side.Leave();
        if (data[0] != AmqpFrame.End)
        {
            side.Lost = true;
            _conversation.OnGap(content.Direction);
            return StreamStep.Resync(1);
        }

        _conversation.OnBodyEnd(content, length, AmqpFrame.HeadLength + (int)length + 1, timestamp);
        return StreamStep.Consume(1);
    }

    /// <summary>What begins <paramref name="data"/> is no frame: the next one has to be found. Detection was beyond doubt, so the stream is not rejected.</summary>
    private StreamStep Refuse(ref Side side, Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        side.Leave();
        side.Lost = true;
        _conversation.OnGap(direction);
        return Resynchronise(ref side, direction, data, timestamp);
    }

    /// <summary>Looks for the next frame that is unmistakable.</summary>
    private StreamStep Resynchronise(ref Side side, Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        for (var at = 0; at < data.Length; at++)
        {
            if (!AmqpFrame.IsUnmistakable(data[at..], context.Options.HeadLimit, out var needed))
            {
                if (needed == 0) continue;
                return at > 0 ? StreamStep.Resync(at) : StreamStep.NeedMore(needed);
            }

            if (at > 0) return StreamStep.Resync(at);
            side.Lost = false;
            return DissectFrame(ref side, direction, data, timestamp);
        }

        return StreamStep.Resync(data.Length);
    }

    private ref Side SideOf(Direction direction)
    {
        if (direction == Direction.Forward) return ref _forward;
        return ref _reverse;
    }

    /// <summary>Where one direction stands.</summary>
    private struct Side
    {
        /// <summary>Where the next frame begins is unknown.</summary>
        public bool Lost;

        /// <summary>Bytes of a frame that cannot be used.</summary>
        public long Skip;

        /// <summary>Inside a body frame, its end octet included.</summary>
        public bool InBody;

        public AmqpMessage? Content;
        public uint BodyLength;
        public long BodyLeft;
        private Timestamp? _started;

        /// <summary>Waits for the rest of a frame whose first byte has come.</summary>
        public StreamStep Await(int total, Timestamp timestamp)
        {
            _started ??= timestamp;
            return StreamStep.NeedMore(total);
        }

        /// <summary>When the first byte of the frame that is now whole came.</summary>
        public Timestamp TakeStart(Timestamp timestamp)
        {
            var started = _started ?? timestamp;
            _started = null;
            return started;
        }

        public void Leave() => (InBody, Content, BodyLength, BodyLeft, Skip, _started) = (false, null, 0, 0, 0, null);
    }
}
