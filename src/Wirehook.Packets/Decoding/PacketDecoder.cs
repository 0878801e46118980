namespace Wirehook.Packets.Decoding;

/// <summary>
/// Reads a captured frame down to its innermost transport header: link layer, VLAN and MPLS tags, IP with defragmentation, tunnels. Every packet that
/// yields no transport is counted with its reason. Not safe for several threads: one decoder per capture.
/// </summary>
public sealed class PacketDecoder
{
    /// <summary>A decoder with its own fragment table.</summary>
    /// <param name="ledger">Where undecoded packets and lost fragments are counted, at the stages <c>decode</c> and <c>defragment</c>.</param>
    /// <param name="limits">Bounds of the fragment table; the defaults where null.</param>
    public PacketDecoder(LossLedger ledger, DefragmentationLimits? limits = null) => throw new NotImplementedException();

    /// <summary>Reads one packet. Never throws, whatever <paramref name="frame"/> holds.</summary>
    /// <param name="header">The packet's description; <see cref="PacketHeader.Link"/> says how to read it.</param>
    /// <param name="frame">Its captured bytes.</param>
    /// <param name="packet">Filled when the status is <see cref="DecodeStatus.Transport"/>. Its payload is a part of <paramref name="frame"/>, or, for a
    /// reassembled datagram, of memory that the next call reuses.</param>
    public DecodeStatus Decode(in PacketHeader header, ReadOnlySpan<byte> frame, ref DecodedPacket packet) => throw new NotImplementedException();
}
