namespace Wirehook.Packets.Flows;

/// <summary>Why a flow ended.</summary>
public enum FlowEnd
{
    /// <summary>Both sides sent FIN.</summary>
    Finished,

    /// <summary>One side sent RST.</summary>
    Reset,

    /// <summary>No packet came for the idle limit.</summary>
    Expired,

    /// <summary>The flow's memory or the flow table's room ran out.</summary>
    Evicted,

    /// <summary>The same 5-tuple opened a new connection.</summary>
    PortReused,

    /// <summary>The capture ended.</summary>
    CaptureEnded,
}

/// <summary>Why bytes of a stream are missing.</summary>
public enum GapReason
{
    /// <summary>A segment was not captured.</summary>
    NotCaptured,

    /// <summary>The capture kept only part of a packet (snap length).</summary>
    SnapLength,

    /// <summary>Out-of-order data waited beyond the memory or time limit and was given up.</summary>
    LimitReached,
}

/// <summary>Learns of flows as they appear and says who follows them.</summary>
public interface IFlowObserver
{
    /// <summary>A flow's first packet was seen. Returns its follower, or null when nobody wants its data.</summary>
    /// <param name="flow">The new flow.</param>
    IFlowHandler? OnFlowStarted(Flow flow);
}

/// <summary>
/// Follows one flow, on one thread; spans are valid only during the call. Each direction's calls are in stream order. Across directions a segment comes only
/// after the bytes of the other direction that its sender had acknowledged came or were reported as a gap, so a response follows its request however the
/// capture ordered them; a timestamp is that of the packet that carried the bytes and may be earlier than the one before.
/// </summary>
public interface IFlowHandler
{
    /// <summary>The next bytes of a TCP stream, in order, each byte once.</summary>
    /// <param name="direction">Who sent them.</param>
    /// <param name="data">The bytes, never empty.</param>
    /// <param name="timestamp">When the packet that carried them was captured.</param>
    void OnData(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp);

    /// <summary>Bytes of a TCP stream are missing here.</summary>
    /// <param name="direction">Whose bytes.</param>
    /// <param name="length">How many are missing.</param>
    /// <param name="reason">Why.</param>
    /// <param name="timestamp">When the gap was given up.</param>
    void OnGap(Direction direction, long length, GapReason reason, Timestamp timestamp);

    /// <summary>One UDP datagram's payload, or one ICMP message or SCTP packet whole.</summary>
    /// <param name="direction">Who sent it.</param>
    /// <param name="data">The payload as captured; may be empty.</param>
    /// <param name="missing">Payload bytes that the capture did not keep.</param>
    /// <param name="timestamp">When it was captured.</param>
    void OnDatagram(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp);

    /// <summary>One side of a TCP stream is complete (FIN reached in order).</summary>
    /// <param name="direction">Whose side.</param>
    /// <param name="timestamp">When.</param>
    void OnDirectionEnd(Direction direction, Timestamp timestamp);

    /// <summary>The flow is over; no call follows.</summary>
    /// <param name="end">Why.</param>
    /// <param name="timestamp">When.</param>
    void OnEnd(FlowEnd end, Timestamp timestamp);
}
