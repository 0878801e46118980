using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Ntp;

/// <summary>A request that waits for its response.</summary>
internal sealed class NtpPending : PendingMessage
{
    /// <summary>The packet as captured.</summary>
    public required ReadOnlyMemory<byte> Packet { get; set; }

    /// <summary>Who asks.</summary>
    public required Direction Direction { get; init; }

    /// <inheritdoc/>
    internal override void Detach() => Packet = ByteArena.Detach(Packet);
}
