using Wirehook.Dissection.Engine;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Contract;

/// <summary>
/// A byte stream inside another stream's protocol, such as what TLS encrypts or a channel of a multiplexing protocol carries: its protocol is detected and
/// dissected like that of a connection. Its items belong to the carrying flow. The carrier ends it with <see cref="OnEnd"/>.
/// </summary>
public sealed class CarriedStream
{
    private const int DeepestNesting = 4;
    private readonly StreamSession? _session;
    private bool _ended;

    internal CarriedStream(FlowContext context, ProtocolModule[] modules)
    {
        // Protocols inside protocols without end would let a peer choose the depth of the stack.
        if (context.Depth <= DeepestNesting) _session = new StreamSession(context, modules);
    }

    /// <summary>The next bytes of one direction, in order. Called while the carrier dissects; items may be emitted.</summary>
    /// <param name="direction">Who sent them.</param>
    /// <param name="data">The bytes; may be empty.</param>
    /// <param name="timestamp">When the packet that completed them was captured.</param>
    public void OnData(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (!_ended && !data.IsEmpty) _session?.OnData(direction, data, timestamp);
    }

    /// <summary>Bytes are missing here.</summary>
    /// <param name="direction">Whose bytes.</param>
    /// <param name="length">How many, at least; 0 where that is unknown.</param>
    /// <param name="timestamp">When the gap was given up.</param>
    public void OnGap(Direction direction, long length, Timestamp timestamp)
    {
        if (!_ended) _session?.OnGap(direction, length, GapReason.NotCaptured, timestamp);
    }

    /// <summary>One side is complete.</summary>
    /// <param name="direction">Whose side.</param>
    /// <param name="timestamp">When.</param>
    public void OnDirectionEnd(Direction direction, Timestamp timestamp)
    {
        if (!_ended) _session?.OnDirectionEnd(direction, timestamp);
    }

    /// <summary>
    /// Nobody needs the stream any more: what is unpaired leaves, and that no protocol was recognised is no loss, because the carrier shows the same bytes.
    /// No call has an effect afterwards.
    /// </summary>
    /// <param name="timestamp">When.</param>
    public void GiveUp(Timestamp timestamp)
    {
        if (_ended) return;
        _ended = true;
        _session?.Release(timestamp);
    }

    /// <summary>The stream is over: what is unpaired leaves. No call has an effect afterwards.</summary>
    /// <param name="end">Why.</param>
    /// <param name="timestamp">When.</param>
    public void OnEnd(FlowEnd end, Timestamp timestamp)
    {
        if (_ended) return;
        _ended = true;
        _session?.OnEnd(end, timestamp);
    }
}
