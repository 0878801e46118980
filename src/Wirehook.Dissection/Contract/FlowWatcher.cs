using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Contract;

/// <summary>
/// Looks at one flow beside its dissector, whatever its protocol: at its payload, or only at its beginning, its counted packets and its end. Its state is
/// bounded, and nothing that the peers send makes it throw.
/// </summary>
public abstract class FlowWatcher
{
    /// <summary>The next bytes of a TCP stream in order, or one datagram's payload.</summary>
    /// <param name="direction">Who sent them.</param>
    /// <param name="data">The bytes; empty only for an empty datagram.</param>
    /// <param name="missing">Bytes of the datagram that the capture did not keep; 0 for a stream.</param>
    /// <param name="timestamp">When they were captured.</param>
    public virtual void OnPayload(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp)
    {
    }

    /// <summary>Bytes of a TCP stream are missing here.</summary>
    /// <param name="direction">Whose bytes.</param>
    /// <param name="length">How many are missing.</param>
    /// <param name="timestamp">When the gap was given up.</param>
    public virtual void OnGap(Direction direction, long length, Timestamp timestamp)
    {
    }

    /// <summary>The flow is over, and its dissector has emitted what it had.</summary>
    /// <param name="end">Why.</param>
    /// <param name="timestamp">When.</param>
    public abstract void OnEnd(FlowEnd end, Timestamp timestamp);
}
