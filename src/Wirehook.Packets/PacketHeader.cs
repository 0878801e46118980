namespace Wirehook.Packets;

/// <summary>What a capture says of one packet besides its bytes.</summary>
/// <param name="Timestamp">When the packet was captured.</param>
/// <param name="CaptureLength">Bytes kept in the capture.</param>
/// <param name="Length">Bytes on the wire; never less than <paramref name="CaptureLength"/>.</param>
/// <param name="Link">How the packet's first bytes are to be read.</param>
/// <param name="Interface">Index of the interface in its source, 0 where the source knows only one.</param>
public readonly record struct PacketHeader(Timestamp Timestamp, int CaptureLength, int Length, LinkType Link, int Interface = 0)
{
    /// <summary>Whether the capture kept less than was on the wire.</summary>
    public bool Truncated => CaptureLength < Length;
}
