namespace Wirehook.Packets.Decoding;

/// <summary>Bounds of IP defragmentation. What exceeds them is given up, oldest first, and counted.</summary>
/// <param name="Datagrams">Incomplete datagrams held at once.</param>
/// <param name="Bytes">Bytes of all held fragments together (Linux: <c>ipfrag_high_thresh</c>).</param>
/// <param name="FragmentsPerDatagram">Fragments of one datagram.</param>
/// <param name="TimeoutNanoseconds">Packet time after the first fragment when an incomplete datagram is given up (Linux: <c>ipfrag_time</c>, 30 s).</param>
public sealed record DefragmentationLimits(
    int Datagrams = 4096, int Bytes = 16 << 20, int FragmentsPerDatagram = 1024, long TimeoutNanoseconds = 30_000_000_000);
