namespace Wirehook.Packets.Flows;

/// <summary>Says who opened a flow whose opening is not in the capture.</summary>
internal static class InitiatorGuess
{
    /// <summary>Below it lie the system ports (RFC 6335 §6).</summary>
    private const ushort FirstUserPort = 1024;

    /// <summary>From here on Linux and others take ports for clients.</summary>
    private const ushort FirstClientPort = 32768;

    /// <summary>
    /// Whether the sender of a flow's first packet answers rather than asks. The SYN's sender, or the SYN-ACK's receiver, opened the flow. Without them it is
    /// the first packet's sender, unless that packet comes from a service's port and goes to a client's: below 1024 to any other, or below 32768 to one above.
    /// </summary>
    public static bool SenderResponds(in DecodedPacket packet)
    {
        if (packet.Transport == TransportProtocol.Tcp && (packet.Flags & TcpFlags.Syn) != 0) return (packet.Flags & TcpFlags.Ack) != 0;
        if (packet.SourcePort < FirstUserPort) return packet.DestinationPort >= FirstUserPort;
        return packet.SourcePort < FirstClientPort && packet.DestinationPort >= FirstClientPort;
    }
}
