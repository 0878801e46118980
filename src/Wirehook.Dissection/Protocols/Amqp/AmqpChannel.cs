using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Amqp;

/// <summary>One channel: the methods of each side that wait for their answer, which come in order, and the content that each side is sending.</summary>
internal sealed class AmqpChannel(FlowContext context, bool afterGap, Action<AmqpMessage, ItemError> leaves)
{
    private OrderedPairing<AmqpMessage>? _forward;
    private OrderedPairing<AmqpMessage>? _reverse;
    private AmqpMessage? _forwardContent;
    private AmqpMessage? _reverseContent;

    /// <summary>The content that the side is sending, or null.</summary>
    public ref AmqpMessage? ContentOf(Direction direction)
    {
        if (direction == Direction.Forward) return ref _forwardContent;
        return ref _reverseContent;
    }

    /// <summary>The methods of the side that wait for their answer.</summary>
    public OrderedPairing<AmqpMessage> WaitingOf(Direction direction) => direction == Direction.Forward ? _forward ??= Make() : _reverse ??= Make();

    /// <summary>Bytes of the connection are missing.</summary>
    public void OnGap()
    {
        _forward?.OnGap();
        _reverse?.OnGap();
    }

    /// <summary>Whoever waits leaves.</summary>
    public void Flush(FlowEnd? end)
    {
        _forward?.Flush(end);
        _reverse?.Flush(end);
    }

    private OrderedPairing<AmqpMessage> Make()
    {
        var pairing = new OrderedPairing<AmqpMessage>(context, leaves);
        if (afterGap) pairing.OnGap();
        return pairing;
    }
}
