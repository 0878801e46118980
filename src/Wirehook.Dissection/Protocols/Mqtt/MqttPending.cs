using Wirehook.Dissection.Pairing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Mqtt;

/// <summary>A packet that waits for its acknowledgement.</summary>
internal sealed class MqttPending : PendingMessage
{
    /// <summary>The packet.</summary>
    public required MqttPacket Packet { get; set; }

    /// <summary>Who sent it.</summary>
    public required Direction Direction { get; init; }

    /// <summary>When its first byte was captured.</summary>
    public required Timestamp Started { get; init; }

    /// <inheritdoc/>
    internal override void Detach() => Packet = Packet.Detach();
}
