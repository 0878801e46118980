using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Wirehook.Netlink.Codec;
using Wirehook.Packets;

namespace Wirehook.Netlink.Families.SocketDestroy;

/// <summary>A socket that the kernel closed for good, with its last state (struct inet_diag_msg of linux/inet_diag.h).</summary>
internal sealed class DestroyedSocket : NetlinkObject
{
    private const int HeaderLength = 72;
    private const ushort ProtocolAttribute = 10;
    private const byte IPv6 = 10;

    private DestroyedSocket(NetlinkFamily family, ReadOnlySpan<byte> body)
    {
        Family = family;
        (AddressFamily, State, Timer, Retransmissions) = (body[0], body[1], body[2], body[3]);
        (SourcePort, DestinationPort) = (BinaryPrimitives.ReadUInt16BigEndian(body[4..]), BinaryPrimitives.ReadUInt16BigEndian(body[6..]));
        (Source, Destination) = (Address(body[8..]), Address(body[24..]));
        Interface = MemoryMarshal.Read<uint>(body[40..]);
        Cookie = MemoryMarshal.Read<ulong>(body[44..]);
        ReceiveQueue = MemoryMarshal.Read<uint>(body[56..]);
        SendQueue = MemoryMarshal.Read<uint>(body[60..]);
        UserId = MemoryMarshal.Read<uint>(body[64..]);
        Inode = MemoryMarshal.Read<uint>(body[68..]);
    }

    /// <inheritdoc/>
    public override NetlinkFamily Family { get; }

    /// <inheritdoc/>
    public override int InterfaceIndex => (int)Interface;

    /// <inheritdoc/>
    public override int IdentityHash => Cookie.GetHashCode();

    public byte AddressFamily { get; }

    public byte State { get; }

    public byte Timer { get; }

    public byte Retransmissions { get; }

    public ushort SourcePort { get; }

    public ushort DestinationPort { get; }

    public IpAddress Source { get; }

    public IpAddress Destination { get; }

    public uint Interface { get; }

    public ulong Cookie { get; }

    public uint ReceiveQueue { get; }

    public uint SendQueue { get; }

    public uint UserId { get; }

    public uint Inode { get; }

    public byte? Protocol { get; private set; }

    /// <summary>Decodes the body of SOCK_DIAG_BY_FAMILY as the destroy groups announce it.</summary>
    public static DestroyedSocket? Decode(NetlinkFamily family, ReadOnlySpan<byte> body)
    {
        if (body.Length < HeaderLength || body[0] is not (2 or IPv6)) return null;
        var socket = new DestroyedSocket(family, body);
        foreach (var attribute in NetlinkAttributes.Behind(body, HeaderLength))
        {
            if (attribute.Type == ProtocolAttribute) socket.Protocol = attribute.Byte;
        }

        return socket;
    }

    /// <inheritdoc/>
    public override bool IsSameObject(NetlinkObject other) => other is DestroyedSocket socket && socket.Cookie == Cookie;

    /// <inheritdoc/>
    public override string ToString()
    {
        var protocol = Protocol switch
        {
            6 => "TCP",
            17 => "UDP",
            { } number => string.Create(CultureInfo.InvariantCulture, $"protocol {number}"),
            null => "socket",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{protocol} {Source}:{SourcePort} to {Destination}:{DestinationPort} uid {UserId}");
    }

    private IpAddress Address(ReadOnlySpan<byte> words) => AddressFamily == IPv6 ? IpAddress.FromIPv6(words[..16]) : IpAddress.FromIPv4(words[..4]);
}
