using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Icmp;

/// <summary>A request that waits for its reply.</summary>
internal sealed class IcmpPending : PendingMessage
{
    /// <summary>The message as captured.</summary>
    public required ReadOnlyMemory<byte> Message { get; set; }

    /// <summary>Who asks.</summary>
    public required Direction Direction { get; init; }

    /// <inheritdoc/>
    internal override void Detach() => Message = ByteArena.Detach(Message);
}
