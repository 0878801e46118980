using Wirehook.Packets.Flows;

namespace Wirehook.Packets.Reassembly;

/// <summary>Tells a new connection on known addresses and ports from retransmissions and late packets of the one before.</summary>
internal static class PortReuse
{
    /// <summary>A SYN may come this many bytes after the data that follows it, when the capture is out of order or the data came with it.</summary>
    private const int LateSynReach = 1 << 16;

    /// <summary>Data this far from a closed connection's end is not a late copy of its bytes.</summary>
    private const int ClosedReach = 1 << 20;

    /// <summary>Whether <paramref name="packet"/> opens another connection than <paramref name="known"/>.</summary>
    /// <param name="known">The connection seen on these addresses and ports.</param>
    /// <param name="direction">The packet's direction in it.</param>
    /// <param name="packet">A TCP packet.</param>
    /// <param name="closed">Whether the known connection is over.</param>
    public static bool IsNewConnection(TcpConnection known, Direction direction, in DecodedPacket packet, bool closed)
    {
        ref var stream = ref known.Stream(direction);
        if ((packet.Flags & (TcpFlags.Syn | TcpFlags.Rst)) == TcpFlags.Syn)
        {
            return (packet.Flags & TcpFlags.Ack) == 0
                ? !IsOwnSyn(stream, packet.Sequence)
                : !IsOwnSyn(stream, packet.Sequence) && !IsOwnSynAck(stream, known.Opposite(direction), packet.Acknowledgment);
        }

        return closed && !packet.Payload.IsEmpty && stream.Synchronised
            && Math.Abs((long)(int)(packet.Sequence - stream.Next)) > ClosedReach;
    }

    private static bool IsOwnSyn(in TcpStream stream, uint sequence)
    {
        if (stream.SynSeen) return sequence == stream.Initial;
        if (stream.Synchronised) return (int)(stream.Initial - sequence) is >= 0 and < LateSynReach;
        return !stream.Holds || (int)(stream.Held!.First.Sequence - sequence) is > 0 and <= LateSynReach;
    }

    /// <summary>A responder may answer one SYN with several initial numbers; what they acknowledge says which SYN they answer.</summary>
    private static bool IsOwnSynAck(in TcpStream stream, in TcpStream opposite, uint acknowledgment) =>
        !stream.Moved && opposite.Synchronised && (int)(acknowledgment - opposite.Initial) is > 0 and <= LateSynReach;
}
