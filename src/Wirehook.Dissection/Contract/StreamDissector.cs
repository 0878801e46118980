using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Contract;

/// <summary>
/// Dissects the two byte streams of one TCP connection. Its state is bounded, and nothing that the peers send makes it throw. It sees each
/// direction's bytes in order, the two directions interleaved as captured; either may be missing altogether, or start in the middle.
/// </summary>
public abstract class StreamDissector
{
    /// <summary>Digests bytes of one direction.</summary>
    /// <param name="direction">Who sent them.</param>
    /// <param name="data">Every byte of this direction that was not digested yet, never empty; valid during the call only.</param>
    /// <param name="timestamp">When the newest of the bytes was captured.</param>
    public abstract StreamStep Dissect(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp);

    /// <summary>
    /// Bytes are missing behind all that was passed to <see cref="Dissect"/>. Undigested bytes are dropped after this call, so a dissector that can
    /// use a message's beginning takes it from <paramref name="undigested"/>.
    /// </summary>
    /// <param name="direction">Whose bytes.</param>
    /// <param name="undigested">Bytes before the gap that were not digested; may be empty.</param>
    /// <param name="length">How many bytes are missing.</param>
    /// <param name="timestamp">When the gap was given up.</param>
    public abstract void OnGap(Direction direction, ReadOnlySpan<byte> undigested, long length, Timestamp timestamp);

    /// <summary>No more bytes come from one side.</summary>
    /// <param name="direction">Which side.</param>
    /// <param name="undigested">Bytes that were never digested; may be empty.</param>
    /// <param name="timestamp">When.</param>
    public virtual void OnDirectionEnd(Direction direction, ReadOnlySpan<byte> undigested, Timestamp timestamp)
    {
    }

    /// <summary>The flow is over (or handed over): emit what is unpaired.</summary>
    /// <param name="end">Why; null for a hand-over.</param>
    /// <param name="timestamp">When.</param>
    public abstract void OnEnd(FlowEnd? end, Timestamp timestamp);
}
