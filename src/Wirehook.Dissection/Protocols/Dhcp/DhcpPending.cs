using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Dhcp;

/// <summary>A request that waits for its response.</summary>
internal sealed class DhcpPending : PendingMessage
{
    /// <summary>The dissector of the flow that carried it.</summary>
    public required DhcpDissector Asker { get; init; }

    /// <summary>The context of that flow.</summary>
    public required FlowContext Context { get; init; }

    /// <summary>The message as captured.</summary>
    public required ReadOnlyMemory<byte> Message { get; set; }

    /// <summary>Who asks.</summary>
    public required Direction Direction { get; init; }

    /// <summary>What the message is.</summary>
    public required int Kind { get; init; }

    /// <inheritdoc/>
    internal override void Detach() => Message = ByteArena.Detach(Message);
}
