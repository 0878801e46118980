using System.Runtime.InteropServices;

namespace Wirehook.Netlink.Codec;

/// <summary>Builds the requests that Wirehook sends: dumps.</summary>
public static class NetlinkRequest
{
    /// <summary>A dump request (NLM_F_REQUEST|NLM_F_DUMP); <see cref="SetSequence"/> numbers it before it is sent.</summary>
    /// <param name="type">Such as RTM_GETLINK.</param>
    /// <param name="body">The fixed part and attributes, already aligned.</param>
    public static byte[] Dump(ushort type, ReadOnlySpan<byte> body)
    {
        var request = new byte[NetlinkMessage.HeaderLength + body.Length];
        MemoryMarshal.Write(request, (uint)request.Length);
        MemoryMarshal.Write(request.AsSpan(4), type);
        MemoryMarshal.Write(request.AsSpan(6), (ushort)(NetlinkFlags.Request | NetlinkFlags.Dump));
        body.CopyTo(request.AsSpan(NetlinkMessage.HeaderLength));
        return request;
    }

    /// <summary>Writes <c>nlmsg_seq</c>, by which the answer is told from anything else.</summary>
    public static void SetSequence(Span<byte> request, uint sequence) => MemoryMarshal.Write(request[8..], sequence);

    /// <summary>An attribute with a value of four bytes in host order.</summary>
    public static byte[] Attribute(ushort type, uint value)
    {
        var attribute = new byte[8];
        MemoryMarshal.Write(attribute, (ushort)attribute.Length);
        MemoryMarshal.Write(attribute.AsSpan(2), type);
        MemoryMarshal.Write(attribute.AsSpan(4), value);
        return attribute;
    }
}
