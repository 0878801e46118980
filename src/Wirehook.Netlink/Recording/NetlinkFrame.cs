using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Wirehook.Netlink.Codec;

namespace Wirehook.Netlink.Recording;

/// <summary>
/// A netlink datagram as captures hold it (LINKTYPE_NETLINK): a cooked header of 16 bytes in network order — packet type, ARPHRD_NETLINK, ten bytes
/// without meaning, the netlink protocol — and the datagram.
/// </summary>
public static class NetlinkFrame
{
    /// <summary>Bytes of the cooked header.</summary>
    public const int HeaderLength = 16;

    /// <summary>Bytes of a message that marks lost messages.</summary>
    internal const int OverrunLength = 24;

    private const ushort LinkTypeNetlink = 824;
    private const ushort ToUs = 0;
    private const ushort Outgoing = 4;

    /// <summary>Splits a frame.</summary>
    /// <param name="frame">The captured bytes.</param>
    /// <param name="protocol">The netlink protocol: 0 for NETLINK_ROUTE.</param>
    /// <param name="datagram">What one socket call moved.</param>
    /// <returns>False where the frame is too short or is not from netlink.</returns>
    public static bool TryRead(ReadOnlySpan<byte> frame, out int protocol, out ReadOnlySpan<byte> datagram)
    {
        protocol = 0;
        datagram = default;
        if (frame.Length < HeaderLength || BinaryPrimitives.ReadUInt16BigEndian(frame[2..]) != LinkTypeNetlink) return false;
        protocol = BinaryPrimitives.ReadUInt16BigEndian(frame[14..]);
        datagram = frame[HeaderLength..];
        return true;
    }

    /// <summary>Writes the cooked header.</summary>
    /// <param name="header">At least <see cref="HeaderLength"/> bytes.</param>
    /// <param name="protocol">The netlink protocol.</param>
    /// <param name="outgoing">Whether Wirehook sent the datagram.</param>
    internal static void WriteHeader(Span<byte> header, int protocol, bool outgoing)
    {
        header[..HeaderLength].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(header, outgoing ? Outgoing : ToUs);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], LinkTypeNetlink);
        BinaryPrimitives.WriteUInt16BigEndian(header[14..], (ushort)protocol);
    }

    /// <summary>Writes the message that marks lost messages (NLMSG_OVERRUN): its body is their least number, 64 bits in host order.</summary>
    internal static void WriteOverrun(Span<byte> message, long lostAtLeast)
    {
        message[..OverrunLength].Clear();
        MemoryMarshal.Write(message, (uint)OverrunLength);
        MemoryMarshal.Write(message[4..], NetlinkFlags.Overrun);
        MemoryMarshal.Write(message[16..], lostAtLeast);
    }
}
