using System.Buffers.Binary;
using Wirehook.Dissection.Contract;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Dns;

/// <summary>DNS over TCP: messages behind a length of two bytes (RFC 1035 §4.2.2), any number in flight (RFC 7766 §6.2.1).</summary>
internal sealed class DnsStreamDissector(FlowContext context) : StreamDissector
{
    private const int LengthPrefix = 2;
    private const int LongestResyncMessage = 16 << 10;
    private const int ResyncLimit = 128 << 10;
    private readonly DnsConversation _conversation = new(context);
    private Side _forward;
    private Side _reverse;
    private bool _accepted;

    /// <inheritdoc/>
    public override StreamStep Dissect(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        ref var side = ref SideOf(direction);
        if (side.Skip > 0)
        {
            var skipped = (int)Math.Min(side.Skip, data.Length);
            side.Skip -= skipped;
            return StreamStep.Resync(skipped);
        }

        return side.Lost ? Resynchronise(ref side, direction, data, timestamp) : DissectMessage(ref side, direction, data, timestamp);
    }

    /// <inheritdoc/>
    /// <remarks>Where the gap ends inside the message that it interrupts, the length says where the next message starts.</remarks>
    public override void OnGap(Direction direction, ReadOnlySpan<byte> undigested, long length, Timestamp timestamp)
    {
        ref var side = ref SideOf(direction);
        if (side.Skip > 0)
        {
            Advance(ref side, length);
            return;
        }

        if (side.Lost || undigested.Length < LengthPrefix)
        {
            side.Lost = true;
            return;
        }

        var whole = LengthPrefix + BinaryPrimitives.ReadUInt16BigEndian(undigested);
        var missing = whole - undigested.Length;
        if (_conversation.Accept(direction, undigested[LengthPrefix..], missing, timestamp)) _accepted = true;
        side.Skip = missing;
        Advance(ref side, length);
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd? end, Timestamp timestamp) => _conversation.End(end);

    private static void Advance(ref Side side, long gap)
    {
        side.Lost = gap > side.Skip;
        side.Skip = side.Lost ? 0 : side.Skip - gap;
    }

    private StreamStep DissectMessage(ref Side side, Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (data.Length < LengthPrefix) return StreamStep.NeedMore(LengthPrefix);
        var whole = LengthPrefix + BinaryPrimitives.ReadUInt16BigEndian(data);
        if (whole >= LengthPrefix + DnsHeader.Length)
        {
            if (data.Length < whole) return StreamStep.NeedMore(whole);
            if (_conversation.Accept(direction, data[LengthPrefix..whole], 0, timestamp))
            {
                _accepted = true;
                return StreamStep.Consume(whole);
            }

            if (_accepted) return StreamStep.Resync(whole);
        }

        if (!_accepted && context.Flow.HandshakeSeen) return StreamStep.Reject("not-dns");
        side.Lost = true;
        return Resynchronise(ref side, direction, data, timestamp);
    }

    /// <summary>Looks for the next length that precedes an unmistakable message.</summary>
    private StreamStep Resynchronise(ref Side side, Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        var at = FindMessage(data, out var needed);
        if (at == 0 && needed >= 0) return StreamStep.NeedMore(needed);
        if (at > 0)
        {
            side.Searched += at;
            return side.Searched > ResyncLimit && !_accepted ? StreamStep.Reject("not-dns") : StreamStep.Resync(at);
        }

        (side.Lost, side.Searched) = (false, 0);
        return DissectMessage(ref side, direction, data, timestamp);
    }

    /// <summary>Where the first possible message starts; <paramref name="needed"/> is -1 where it is there as a whole, otherwise how many bytes tell.</summary>
    private static int FindMessage(ReadOnlySpan<byte> data, out int needed)
    {
        for (var at = 0; at < data.Length; at++)
        {
            needed = 0;
            var rest = data[at..];
            if (rest.Length < LengthPrefix) return at;
            int length = BinaryPrimitives.ReadUInt16BigEndian(rest);
            if (length is < DnsMessageCheck.ShortestWithQuestion or > LongestResyncMessage) continue;
            var message = rest[LengthPrefix..];
            if (message.Length >= length)
            {
                needed = -1;
                if (DnsMessageCheck.IsUnmistakable(message[..length])) return at;
            }
            else if (DnsMessageCheck.MayBecomeUnmistakable(message))
            {
                needed = message.Length < DnsMessageCheck.ShortestWithQuestion ? 0 : LengthPrefix + length;
                return at;
            }
        }

        needed = 0;
        return data.Length;
    }

    private ref Side SideOf(Direction direction)
    {
        if (direction == Direction.Forward) return ref _forward;
        return ref _reverse;
    }

    private struct Side
    {
        public bool Lost;
        public long Skip;
        public long Searched;
    }
}
