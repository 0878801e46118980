using Wirehook.Packets.Reassembly;

namespace Wirehook.Packets.Flows;

/// <summary>What the table keeps of one flow. Entries are reused, so that a steady stream of short flows makes no garbage of them.</summary>
internal sealed class FlowEntry
{
    /// <summary>Neighbours in the <see cref="ExpiryQueue"/> that holds the entry.</summary>
    public FlowEntry? Older, Newer;

    /// <summary>The queue that holds the entry.</summary>
    public ExpiryQueue? Queue;

    /// <summary>Elapsed packet time at which the entry was last put at its queue's end.</summary>
    public long QueuedAt;

    /// <summary>Hash of the key in the <see cref="FlowIndex"/>.</summary>
    public uint Hash;

    /// <summary>The transport part of the key.</summary>
    public TransportProtocol Transport;

    /// <summary>Ports of the key.</summary>
    public ushort InitiatorPort, ResponderPort;

    /// <summary>Addresses of the key.</summary>
    public IpAddress Initiator, Responder;

    /// <summary>The flow; null once it ended and the entry only lingers.</summary>
    public Flow? Flow;

    /// <summary>Who follows the flow; null when nobody does.</summary>
    public IFlowHandler? Handler;

    /// <summary>Counts the flow's packets; null unless somebody wants to know.</summary>
    public FlowTraffic? Traffic;

    /// <summary>Sequence state of a TCP flow; null for every other.</summary>
    public TcpConnection? Tcp;

    /// <summary>Place in the list of flows that wait for missing bytes; -1 outside it.</summary>
    public int WaitingIndex = -1;

    /// <summary>Whether <paramref name="packet"/> belongs to this flow, and if so who sent it.</summary>
    public bool Matches(in DecodedPacket packet, out Direction direction)
    {
        if (packet.SourcePort == InitiatorPort && packet.DestinationPort == ResponderPort
            && packet.Source == Initiator && packet.Destination == Responder && packet.Transport == Transport)
        {
            direction = Direction.Forward;
            return true;
        }

        direction = Direction.Reverse;
        return packet.SourcePort == ResponderPort && packet.DestinationPort == InitiatorPort
            && packet.Source == Responder && packet.Destination == Initiator && packet.Transport == Transport;
    }
}
