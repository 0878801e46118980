namespace Wirehook.Packets.Flows;

/// <summary>Packets and bytes of one flow so far, in each direction; retransmissions and packets without payload included.</summary>
public sealed class FlowTraffic
{
    /// <summary>Packets that the initiator sent.</summary>
    public long ForwardPackets { get; private set; }

    /// <summary>Bytes of the frames that the initiator sent, on the wire.</summary>
    public long ForwardBytes { get; private set; }

    /// <summary>Packets that the responder sent.</summary>
    public long ReversePackets { get; private set; }

    /// <summary>Bytes of the frames that the responder sent, on the wire.</summary>
    public long ReverseBytes { get; private set; }

    /// <summary>Time of the latest packet.</summary>
    public Timestamp Latest { get; private set; }

    internal void Count(Direction direction, in DecodedPacket packet, Timestamp timestamp)
    {
        Latest = timestamp;
        if (direction == Direction.Forward)
        {
            ForwardPackets++;
            ForwardBytes += packet.FrameLength;
        }
        else
        {
            ReversePackets++;
            ReverseBytes += packet.FrameLength;
        }
    }
}
