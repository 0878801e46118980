using Wirehook.Dissection.Pairing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Nats;

/// <summary>A message that waits for its answer.</summary>
internal sealed class NatsPending : PendingMessage
{
    /// <summary>The message.</summary>
    public required NatsMessage Message { get; set; }

    /// <summary>What it does.</summary>
    public required NatsOperation Operation { get; init; }

    /// <summary>Who sent it.</summary>
    public required Direction Direction { get; init; }

    /// <summary>When its first byte was captured.</summary>
    public required Timestamp Started { get; init; }

    /// <inheritdoc/>
    internal override void Detach() => Message = Message.Detach();
}
