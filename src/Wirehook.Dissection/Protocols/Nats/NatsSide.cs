using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Nats;

/// <summary>How far one direction of a connection has been read.</summary>
internal sealed class NatsSide
{
    /// <summary>When the first byte of the message that is not complete was captured.</summary>
    public Timestamp? Started { get; set; }

    /// <summary>Whether it is unknown where the next message begins.</summary>
    public bool IsLost { get; set; }

    /// <summary>Bytes of the present message that are still to be passed over.</summary>
    public long Remaining { get; set; }

    /// <summary>Bytes of the message that is passed over; 0 where its item was emitted.</summary>
    public int PassedSize { get; set; }

    /// <summary>What is kept of it.</summary>
    public ReadOnlyMemory<byte> Kept { get; set; }
}
