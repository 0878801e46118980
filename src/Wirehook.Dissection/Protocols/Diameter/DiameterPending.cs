using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Diameter;

/// <summary>A request that waits for its answer.</summary>
internal sealed class DiameterPending : PendingMessage
{
    /// <summary>The message.</summary>
    public required ReadOnlyMemory<byte> Message { get; set; }

    /// <summary>Who asks.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Its command, which the answer repeats.</summary>
    public required int Command { get; init; }

    /// <summary>When its first byte was captured.</summary>
    public required Timestamp Begun { get; init; }

    /// <inheritdoc/>
    internal override void Detach() => Message = ByteArena.Detach(Message);
}
