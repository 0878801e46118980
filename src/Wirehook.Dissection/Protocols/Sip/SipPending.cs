using Wirehook.Dissection.Pairing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Sip;

/// <summary>A request that waits for its final response; after a provisional one (the telephone rings) for longer.</summary>
internal sealed class SipPending : PendingMessage
{
    private const long LongestRinging = 300_000_000_000;

    /// <summary>The request.</summary>
    public required SipMessage Message { get; set; }

    /// <summary>Who sent it.</summary>
    public required Direction Direction { get; init; }

    /// <summary>When its first byte was captured.</summary>
    public required Timestamp Started { get; init; }

    /// <summary>Whether a provisional response came.</summary>
    public bool IsProceeding { get; set; }

    /// <inheritdoc/>
    internal override void Detach() => Message = Message.Detach();

    internal override void Expire(Timestamp now)
    {
        if (!IsProceeding || now.Since(Timestamp) > LongestRinging) base.Expire(now);
    }
}
