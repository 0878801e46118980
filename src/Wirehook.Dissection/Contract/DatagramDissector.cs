using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Contract;

/// <summary>Dissects the datagrams of one flow: UDP's payloads, or whole ICMP messages or SCTP packets. Its state is bounded, and nothing that the peers send makes it throw.</summary>
public abstract class DatagramDissector
{
    /// <summary>Digests one datagram. False when it is not this protocol's: it is counted, and where nothing was emitted yet the other modules are asked.</summary>
    /// <param name="direction">Who sent it.</param>
    /// <param name="data">The payload as captured; valid during the call only.</param>
    /// <param name="missing">Payload bytes that the capture did not keep.</param>
    /// <param name="timestamp">When it was captured.</param>
    public abstract bool Dissect(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp);

    /// <summary>The flow is over: emit what is unpaired.</summary>
    /// <param name="end">Why.</param>
    /// <param name="timestamp">When.</param>
    public abstract void OnEnd(FlowEnd end, Timestamp timestamp);
}
