namespace Wirehook.Packets.Decoding;

/// <summary>What one call of <see cref="PacketDecoder.Decode"/> came to.</summary>
public enum DecodeStatus
{
    /// <summary>A transport header was read; the packet's fields are filled.</summary>
    Transport,

    /// <summary>The packet is a fragment that waits for the rest of its datagram.</summary>
    FragmentHeld,

    /// <summary>The packet carries no transport that is followed; the reason was counted.</summary>
    NotDecoded,
}
