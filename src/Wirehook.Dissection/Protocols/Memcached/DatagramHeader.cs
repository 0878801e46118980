using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.Memcached;

/// <summary>The 8 bytes in front of each UDP datagram (protocol.txt, UDP protocol).</summary>
/// <param name="Id">Chosen by the client, repeated by the server.</param>
/// <param name="Sequence">Place of the datagram in its message.</param>
/// <param name="Total">Datagrams of the message.</param>
/// <param name="Reserved">0 by the specification.</param>
internal readonly record struct DatagramHeader(ushort Id, ushort Sequence, ushort Total, ushort Reserved)
{
    /// <summary>Bytes of the header.</summary>
    public const int Length = 8;

    /// <summary>Reads a header that makes sense.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out DatagramHeader header)
    {
        header = default;
        if (data.Length <= Length) return false;
        header = new DatagramHeader(
            BinaryPrimitives.ReadUInt16BigEndian(data), BinaryPrimitives.ReadUInt16BigEndian(data[2..]),
            BinaryPrimitives.ReadUInt16BigEndian(data[4..]), BinaryPrimitives.ReadUInt16BigEndian(data[6..]));
        return header.Total > 0 && header.Sequence < header.Total;
    }
}
