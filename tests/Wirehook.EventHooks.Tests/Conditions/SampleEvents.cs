using System.Buffers.Binary;
using System.Text;
using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families;
using Wirehook.Packets;

namespace Wirehook.EventHooks.Tests.Conditions;

/// <summary>Events made from netlink messages that are written here byte by byte.</summary>
internal static class SampleEvents
{
    public const int Up = 0x1;
    public const int Running = 0x40;
    public const int Promiscuous = 0x100;
    private const int IflaIfname = 3;
    private const int IflaMtu = 4;
    private const int IflaOperstate = 16;

    /// <summary>A message of rtnetlink about a link.</summary>
    public static NetlinkObject LinkState(string name, uint mtu = 1500, int flags = Up | Running, byte operstate = 6, int index = 7)
    {
        var body = new List<byte>();
        body.AddRange([0, 0, 1, 0]);
        body.AddRange(BitConverter.GetBytes(index));
        body.AddRange(BitConverter.GetBytes(flags));
        body.AddRange(BitConverter.GetBytes(0));
        Attribute(body, IflaIfname, [.. Encoding.ASCII.GetBytes(name), 0]);
        Attribute(body, IflaMtu, BitConverter.GetBytes(mtu));
        Attribute(body, IflaOperstate, [operstate]);
        return Decode("link", 16, body);
    }

    public static NetlinkObject AddressState(string address, byte prefixLength, int index = 7)
    {
        var bytes = System.Net.IPAddress.Parse(address).GetAddressBytes();
        var body = new List<byte> { (byte)(bytes.Length == 4 ? 2 : 10), prefixLength, 0, 0 };
        body.AddRange(BitConverter.GetBytes(index));
        Attribute(body, 1, bytes);
        if (bytes.Length == 4) Attribute(body, 2, bytes);
        return Decode("addr", 20, body);
    }

    public static NetworkEvent Link(string name = "eth0", string happened = "link.changed", ushort type = 16, NetlinkObject? state = null, NetlinkObject? before = null,
        string[]? changed = null, long milliseconds = 1000, string inNamespace = "default") => new()
        {
            Sequence = 1,
            Timestamp = At(milliseconds),
            MessageType = type,
            MessageName = type == 17 ? "RTM_DELLINK" : "RTM_NEWLINK",
            Events = happened.Split(','),
            Interface = name,
            InterfaceIndex = 7,
            Namespace = inNamespace,
            Current = state ?? LinkState(name),
            Previous = before,
            Changed = Mask(changed),
        };

    public static NetworkEvent Address(string address = "10.1.2.3", byte prefixLength = 24, string name = "eth0", string happened = "addr.added", ushort type = 20, long milliseconds = 1000) => new()
    {
        Sequence = 2,
        Timestamp = At(milliseconds),
        MessageType = type,
        MessageName = "RTM_NEWADDR",
        Events = [happened],
        Interface = name,
        InterfaceIndex = 7,
        Current = AddressState(address, prefixLength),
    };

    /// <summary>An event that is about no object, of any message type.</summary>
    public static NetworkEvent Plain(string name = "eth0", ushort type = 28, string happened = "neigh.added", long milliseconds = 1000, long sequence = 3) => new()
    {
        Sequence = sequence,
        Timestamp = At(milliseconds),
        MessageType = type,
        Events = [happened],
        Interface = name,
    };

    public static Timestamp At(long milliseconds) => new(milliseconds * 1_000_000);

    private static ulong Mask(string[]? changed)
    {
        var mask = 0UL;
        var fields = NetlinkFamily.All.First(f => f.Name == "link").Fields;
        for (var i = 0; i < fields.Count; i++)
        {
            if (changed?.Contains(fields[i].Name) == true) mask |= 1UL << i;
        }

        return mask;
    }

    private static NetlinkObject Decode(string family, ushort type, List<byte> body)
    {
        var bytes = new byte[NetlinkMessage.HeaderLength + body.Count];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), type);
        body.CopyTo(bytes, NetlinkMessage.HeaderLength);
        ReadOnlySpan<byte> rest = bytes;
        Assert.True(NetlinkMessage.TryRead(ref rest, out var message));
        Assert.True(NetlinkFamily.All.First(f => f.Name == family).TryDecode(in message, out var decoded));
        return decoded;
    }

    private static void Attribute(List<byte> body, ushort type, byte[] value)
    {
        body.AddRange(BitConverter.GetBytes((ushort)(4 + value.Length)));
        body.AddRange(BitConverter.GetBytes(type));
        body.AddRange(value);
        while (body.Count % 4 != 0) body.Add(0);
    }
}
