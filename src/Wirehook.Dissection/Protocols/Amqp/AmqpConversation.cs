using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Amqp;

/// <summary>The channels of one connection: joins contents, pairs methods with their answers, emits items.</summary>
internal sealed class AmqpConversation : IPendingOwner
{
    private const int ChannelLimit = 2048;
    private static readonly ItemError TooManyChannels = ItemError.PairNotFound("The connection has too many channels for all of them to be followed.");
    private static readonly ItemError Closed = ItemError.PairNotFound("The channel or connection was closed before the method was answered.");
    private static readonly ItemError ContentInterrupted = ItemError.Dissection("Another method came before the content was complete.");
    private static readonly ItemError ContentLost = ItemError.Gap("Part of the content was not captured.");
    private static readonly ItemError AnswerUnknown = ItemError.Gap("Whether the close was answered is unknown, because part of the stream was not captured.");
    private static readonly ItemError ContentUnfinished = ItemError.Connection("The stream ended before the content was complete.");
    private readonly FlowContext _context;
    private readonly Dictionary<ushort, AmqpChannel> _channels = [];
    private readonly KeyedPairing<AmqpMessage> _closes;
    private readonly Action<AmqpMessage, ItemError> _leaves;
    private bool _afterGap;
    private bool _closing;

    public AmqpConversation(FlowContext context)
    {
        _context = context;
        _leaves = (request, because) => Emit(request, null, _closing ? Closed : because, expectsAnswer: true);
        _closes = new KeyedPairing<AmqpMessage>(context, _leaves);
    }

    /// <summary>A method came, whole.</summary>
    public void OnMethod(AmqpMessage message)
    {
        if (ChannelOf(message.Channel) is not { } channel)
        {
            Emit(message, null, TooManyChannels, message.Method.IsAnswered);
            return;
        }

        Interrupt(channel, message.Direction, ContentInterrupted);
        if (message.Method.HasContent)
        {
            message.IsWhole = false;
            Wait(channel, message);
        }
        else
        {
            Complete(channel, message);
        }
    }

    /// <summary>A content header came. False where it belongs to no method.</summary>
    public bool OnHeader(Direction direction, ushort number, ReadOnlySpan<byte> header, int size, Timestamp timestamp)
    {
        if (!_channels.TryGetValue(number, out var channel) || channel.ContentOf(direction) is not { Header.IsEmpty: true } message) return false;
        message.Header = _context.Arena.Keep(header);
        message.BodyLeft = AmqpProperties.BodySize(header);
        Count(channel, message, size, timestamp);
        return true;
    }

    /// <summary>The message to which a body frame of <paramref name="length"/> bytes belongs, or null.</summary>
    public AmqpMessage? FindContent(Direction direction, ushort number, uint length)
    {
        if (!_channels.TryGetValue(number, out var channel)) return null;
        return channel.ContentOf(direction) is { Header.IsEmpty: false } message && length <= message.BodyLeft ? message : null;
    }

    /// <summary>Part of a body came.</summary>
    public void OnBodyPart(AmqpMessage message, ReadOnlySpan<byte> part)
    {
        // A message that left because memory ran out keeps nothing more.
        if (message.Owner is null) return;
        var dropped = message.AppendBody(part, _context.Arena, _context.Options.BodyLimit);
        if (dropped > 0) _context.Losses.BodyBytes.Add(dropped);
    }

    /// <summary>A body frame is complete.</summary>
    public void OnBodyEnd(AmqpMessage message, uint length, int size, Timestamp timestamp)
    {
        if (message.Owner is null || !_channels.TryGetValue(message.Channel, out var channel)) return;
        message.BodyLeft -= length;
        Count(channel, message, size, timestamp);
    }

    /// <summary>Bytes of a side are missing: its contents are incomplete, and whose answer comes next is unknown.</summary>
    public void OnGap(Direction direction)
    {
        _afterGap = true;
        _closes.LeaveAll(AnswerUnknown);
        foreach (var channel in _channels.Values)
        {
            Interrupt(channel, direction, ContentLost);
            channel.OnGap();
        }
    }

    /// <summary>The stream is over: everything leaves.</summary>
    public void End(FlowEnd? end)
    {
        foreach (var channel in _channels.Values)
        {
            Interrupt(channel, Direction.Forward, ContentUnfinished);
            Interrupt(channel, Direction.Reverse, ContentUnfinished);
            channel.Flush(end);
        }

        _channels.Clear();
        _closes.Flush(end);
    }

    /// <inheritdoc/>
    public void Leave(PendingMessage message, ItemError because)
    {
        if (_channels.TryGetValue(((AmqpMessage)message).Channel, out var channel)) Interrupt(channel, ((AmqpMessage)message).Direction, because);
    }

    private static long CloseKey(ushort channel, Direction closer) => (channel << 1) | (closer == Direction.Forward ? 0 : 1);

    private AmqpChannel? ChannelOf(ushort number)
    {
        if (_channels.TryGetValue(number, out var channel)) return channel;
        if (_channels.Count >= ChannelLimit) return null;
        channel = new AmqpChannel(_context, _afterGap, _leaves);
        _channels.Add(number, channel);
        return channel;
    }

    /// <summary>Keeps a message until its content is complete.</summary>
    private void Wait(AmqpChannel channel, AmqpMessage message)
    {
        message.Owner = this;
        channel.ContentOf(message.Direction) = message;
        _context.Memory.ReportMessage(message, message.Held);
    }

    private void Count(AmqpChannel channel, AmqpMessage message, int size, Timestamp timestamp)
    {
        message.Size += size;
        message.Timestamp = timestamp;
        if (message.BodyLeft > 0)
        {
            _context.Memory.ReportMessage(message, message.Held);
            return;
        }

        Release(channel, message);
        message.IsWhole = true;
        Complete(channel, message);
    }

    private void Release(AmqpChannel channel, AmqpMessage message)
    {
        message.Owner = null;
        channel.ContentOf(message.Direction) = null;
        _context.Memory.ReportMessage(message, 0);
    }

    /// <summary>The content that a side is sending will not be complete.</summary>
    private void Interrupt(AmqpChannel channel, Direction direction, ItemError because)
    {
        if (channel.ContentOf(direction) is not { } message) return;
        Release(channel, message);
        message.Truncated = true;
        message.Error = because;
        Complete(channel, message);
    }

    private void Complete(AmqpChannel channel, AmqpMessage message)
    {
        if (message.Method.Answers is not null) CompleteAnswer(channel, message);
        else if (!message.Method.IsAnswered || AmqpArguments.HasNoWait(message.Method, message.Arguments.Span)) Emit(message, null, message.Error, expectsAnswer: false);
        else if (message.Method.IsClose) _closes.Add(CloseKey(message.Channel, message.Direction), message);
        else channel.WaitingOf(message.Direction).Add(message);
    }

    private void CompleteAnswer(AmqpChannel channel, AmqpMessage answer)
    {
        var asker = answer.Direction ^ Direction.Reverse;
        if (answer.Method.Answers!.IsClose)
        {
            var close = _closes.Take(CloseKey(answer.Channel, asker));
            Forget(answer.Channel);
            Emit(close, answer, close is null ? ItemError.PairNotFound("The request was not found in the stream.") : null, expectsAnswer: true);
            return;
        }

        var waiting = channel.WaitingOf(asker);
        // An answer to something else shows that a message was missed.
        if (waiting.Next is { } next && next.Method != answer.Method.Answers) waiting.OnGap();
        var request = waiting.Take(out var because);
        Emit(request, answer, answer.Error ?? because, expectsAnswer: true);
    }

    /// <summary>A channel was closed, or with channel 0 the connection: what was asked before gets no answer any more.</summary>
    private void Forget(ushort number)
    {
        _closing = true;
        if (number == 0)
        {
            foreach (var channel in _channels.Values) channel.Flush(null);
        }
        else if (_channels.Remove(number, out var closed))
        {
            Interrupt(closed, Direction.Forward, ContentInterrupted);
            Interrupt(closed, Direction.Reverse, ContentInterrupted);
            closed.Flush(null);
        }

        _closing = false;
    }

    private void Emit(AmqpMessage? request, AmqpMessage? response, ItemError? error, bool expectsAnswer) =>
        _context.Emit(new AmqpItem(_context, request, response, expectsAnswer) { Error = error });
}
