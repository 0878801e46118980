using Wirehook.Dissection.Pairing;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Icmp;

/// <summary>A request that waits for its reply.</summary>
internal sealed class IcmpPending : PendingMessage
{
    /// <summary>The message as captured.</summary>
    public required ReadOnlyMemory<byte> Message { get; init; }

    /// <summary>Who asks.</summary>
    public required Direction Direction { get; init; }
}
