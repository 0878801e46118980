namespace Wirehook.Packets.Reassembly;

/// <summary>What is kept of the packet that carried a segment.</summary>
/// <param name="Packet">Its number in the capture.</param>
/// <param name="Elapsed">Packet time of its arrival.</param>
/// <param name="Timestamp">Its capture time.</param>
/// <param name="Acknowledged">Whether <paramref name="Acknowledgment"/> is valid (the ACK flag).</param>
/// <param name="Acknowledgment">Sequence number up to which its sender had received the other direction.</param>
internal readonly record struct SegmentStamp(long Packet, long Elapsed, Timestamp Timestamp, bool Acknowledged, uint Acknowledgment);
