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
    /// Between two clients' ports, TCP takes the lower one for the service's, so that the order in which the capture began makes no difference.
    /// </summary>
    public static bool SenderResponds(in DecodedPacket packet)
    {
        var (source, destination) = (packet.SourcePort, packet.DestinationPort);
        var isTcp = packet.Transport == TransportProtocol.Tcp;
        if (isTcp && (packet.Flags & TcpFlags.Syn) != 0) return (packet.Flags & TcpFlags.Ack) != 0;
        if (source < FirstUserPort) return destination >= FirstUserPort;
        if (source < FirstClientPort) return destination >= FirstClientPort;
        return isTcp && destination >= FirstClientPort && source < destination;
    }
}
