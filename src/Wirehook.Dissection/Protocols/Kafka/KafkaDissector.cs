using System.Buffers.Binary;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>Kafka over TCP: cuts both directions into messages by their sizes. Of a message longer than the body limit the beginning is kept.</summary>
internal sealed class KafkaDissector(FlowContext context) : StreamDissector
{
    private const int LongestSaslToken = 64 << 10;
    private static readonly ItemError CutByGap = ItemError.Gap("Part of the message was not captured.");
    private readonly KafkaConversation _conversation = new(context);
    private Side _forward = new() { Lost = !context.AtStart };
    private Side _reverse = new() { Lost = !context.AtStart };
    private Direction? _client;

    private int KeptLimit => Math.Min(context.Options.BodyLimit, context.Options.BufferLimit);

    /// <inheritdoc/>
    public override StreamStep Dissect(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        ref var side = ref SideOf(direction);
        if (side.Skip > 0) return Skip(ref side, data, timestamp);
        if (_client is null && !Settle(direction, data)) return side.Await(data.Length + 1, timestamp);
        if (side.Lost) return Resynchronise(ref side, direction, data, timestamp);
        return direction == _client ? DissectRequest(ref side, direction, data, timestamp) : DissectResponse(ref side, direction, data, timestamp);
    }

    /// <inheritdoc/>
    /// <remarks>A gap that ends inside the message that it interrupts costs only that message, and not even that where its header is there.</remarks>
    public override void OnGap(Direction direction, ReadOnlySpan<byte> undigested, long length, Timestamp timestamp)
    {
        ref var side = ref SideOf(direction);
        var open = side.Skip;
        if (open == 0 && !side.Lost && _client is not null && Begin(ref side, direction, undigested, timestamp) is { } begun)
        {
            open = begun.Size - undigested.Length;
            side.Partial = begun;
        }

        if (side.Partial is { } cut)
        {
            cut.Error = CutByGap;
            Complete(ref side, cut, timestamp);
        }

        side.Leave();
        if (length > 0 && open >= length) side.Skip = open - length;
        else side.Lost = true;
    }

    /// <inheritdoc/>
    public override void OnDirectionEnd(Direction direction, ReadOnlySpan<byte> undigested, Timestamp timestamp)
    {
        ref var side = ref SideOf(direction);
        if (side.Skip > 0 || side.Lost || _client is null || undigested.IsEmpty) return;
        if (Begin(ref side, direction, undigested, timestamp) is { } begun) Complete(ref side, begun, timestamp);
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd? end, Timestamp timestamp)
    {
        Abandon(ref _forward, timestamp);
        Abandon(ref _reverse, timestamp);
        _conversation.End(end);
    }

    /// <summary>Decides who is the client, by the first bytes that look like a request; false where more bytes tell.</summary>
    private bool Settle(Direction direction, ReadOnlySpan<byte> data)
    {
        var likeness = KafkaRequestCheck.Check(data);
        if (likeness == KafkaLikeness.NeedMore) return false;
        _client = likeness == KafkaLikeness.None ? direction ^ Direction.Reverse : direction;
        return true;
    }

    private StreamStep DissectRequest(ref Side side, Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (!KafkaRequestHeader.TryRead(data, out var header, out var needed))
        {
            if (needed > data.Length) return side.Await(needed, timestamp);
            return DissectToken(ref side, data, timestamp);
        }

        var kept = (int)Math.Min(header.WholeLength, Math.Max(KeptLimit, header.Length));
        if (data.Length < kept) return side.Await(kept, timestamp);
        return Take(ref side, MakeRequest(ref side, direction, header, data[..kept], timestamp), header.WholeLength, kept, timestamp);
    }

    private StreamStep DissectResponse(ref Side side, Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (data.Length < KafkaRequestHeader.SizeLength) return side.Await(KafkaRequestHeader.SizeLength, timestamp);
        var size = BinaryPrimitives.ReadInt32BigEndian(data);
        if (_conversation.ExpectsTokens && size is >= 0 and < 4) return DissectToken(ref side, data, timestamp);
        if (data.Length < KafkaMessage.ResponseHeadLength) return side.Await(KafkaMessage.ResponseHeadLength, timestamp);
        if (size is < 4 or > KafkaRequestHeader.MostBytes) return Refuse(ref side);
        if (_conversation.ExpectsTokens && !_conversation.IsWaiting(KafkaMessage.CorrelationOf(data))) return DissectToken(ref side, data, timestamp);
        var whole = KafkaRequestHeader.SizeLength + (long)size;
        var kept = (int)Math.Min(whole, Math.Max(KeptLimit, KafkaMessage.ResponseHeadLength));
        if (data.Length < kept) return side.Await(kept, timestamp);
        return Take(ref side, MakeResponse(ref side, direction, data[..kept], whole, timestamp), whole, kept, timestamp);
    }

    /// <summary>Tokens of authentication behind a SASL handshake of version 0 have a size and no header.</summary>
    private StreamStep DissectToken(ref Side side, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        var size = BinaryPrimitives.ReadInt32BigEndian(data);
        if (!_conversation.ExpectsTokens || size is < 0 or > LongestSaslToken) return Refuse(ref side);
        var whole = KafkaRequestHeader.SizeLength + size;
        if (data.Length < whole) return side.Await(whole, timestamp);
        side.Leave();
        return StreamStep.Consume(whole);
    }

    private KafkaMessage MakeRequest(ref Side side, Direction direction, KafkaRequestHeader header, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        var kept = context.Arena.Keep(data);
        _conversation.NoteRequest(header, kept);
        return new KafkaMessage
        {
            Direction = direction,
            Started = side.TakeStart(timestamp),
            Timestamp = timestamp,
            Data = kept,
            Size = header.WholeLength,
            Key = header.Key,
            Version = header.Version,
            HeadLength = header.Length,
            ClientIdLength = header.ClientIdLength,
            CorrelationId = header.CorrelationId,
        };
    }

    private KafkaMessage MakeResponse(ref Side side, Direction direction, ReadOnlySpan<byte> data, long whole, Timestamp timestamp) => new()
    {
        Direction = direction,
        Started = side.TakeStart(timestamp),
        Timestamp = timestamp,
        Data = context.Arena.Keep(data),
        Size = whole,
        CorrelationId = KafkaMessage.CorrelationOf(data),
    };

    /// <summary>A message whose kept bytes are all there: complete, or with a rest that passes by.</summary>
    private StreamStep Take(ref Side side, KafkaMessage message, long whole, int kept, Timestamp timestamp)
    {
        if (whole == kept)
        {
            message.IsWhole = true;
            Complete(ref side, message, timestamp);
        }
        else
        {
            (side.Partial, side.Skip) = (message, whole - kept);
            _conversation.Hold(message);
            context.Losses.BodyBytes.Add(whole - kept);
        }

        return StreamStep.Consume(kept);
    }

    private StreamStep Skip(ref Side side, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        var skipped = (int)Math.Min(side.Skip, data.Length);
        side.Skip -= skipped;
        if (side.Partial is not { } message) return StreamStep.Resync(skipped);
        if (side.Skip > 0) return StreamStep.Consume(skipped);
        message.IsWhole = true;
        Complete(ref side, message, timestamp);
        return StreamStep.Consume(skipped);
    }

    private void Complete(ref Side side, KafkaMessage message, Timestamp timestamp)
    {
        side.Partial = null;
        message.Timestamp = timestamp;
        _conversation.Complete(message, isRequest: message.Direction == _client);
    }

    /// <summary>The message of which only the beginning is there, where that is enough to say which it is.</summary>
    private KafkaMessage? Begin(ref Side side, Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (direction == _client) return KafkaRequestHeader.TryRead(data, out var header, out _) ? MakeRequest(ref side, direction, header, data, timestamp) : null;
        if (data.Length < KafkaMessage.ResponseHeadLength || !_conversation.IsWaiting(KafkaMessage.CorrelationOf(data))) return null;
        return MakeResponse(ref side, direction, data, KafkaRequestHeader.SizeLength + (long)BinaryPrimitives.ReadUInt32BigEndian(data), timestamp);
    }

    private void Abandon(ref Side side, Timestamp timestamp)
    {
        if (side.Partial is { } message) Complete(ref side, message, timestamp);
        side.Leave();
    }

    /// <summary>What comes next is no message: another protocol, or the next message has to be found behind it.</summary>
    private StreamStep Refuse(ref Side side)
    {
        if (!_conversation.HasBegun) return StreamStep.Reject("not-kafka");
        side.Leave();
        side.Lost = true;
        return StreamStep.Resync(1);
    }

    /// <summary>Looks for the next message: a request that continues the client's, or a response to one that waits.</summary>
    private StreamStep Resynchronise(ref Side side, Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        var at = direction == _client ? _conversation.FindRequest(data, out var needed) : _conversation.FindResponse(data, out needed);
        if (at > 0) return StreamStep.Resync(at);
        if (needed > 0) return StreamStep.NeedMore(needed);
        side.Lost = false;
        return Dissect(direction, data, timestamp);
    }

    private ref Side SideOf(Direction direction)
    {
        if (direction == Direction.Forward) return ref _forward;
        return ref _reverse;
    }

    /// <summary>Where one direction stands.</summary>
    private struct Side
    {
        /// <summary>Where the next message begins is unknown.</summary>
        public bool Lost;

        /// <summary>Bytes of a message that are not kept.</summary>
        public long Skip;

        /// <summary>The message to which they belong, or null.</summary>
        public KafkaMessage? Partial;
        private Timestamp? _started;

        /// <summary>Waits for the rest of a message whose first byte has come.</summary>
        public StreamStep Await(int total, Timestamp timestamp)
        {
            _started ??= timestamp;
            return StreamStep.NeedMore(total);
        }

        /// <summary>When the first byte of the message that is now there came.</summary>
        public Timestamp TakeStart(Timestamp timestamp)
        {
            var started = _started ?? timestamp;
            _started = null;
            return started;
        }

        public void Leave() => (Skip, Partial, _started) = (0, null, null);
    }
}
