using System.Net;
using System.Runtime.InteropServices;
using Wirehook.Netlink.Families;

namespace Wirehook.Netlink.Tests;

/// <summary>Messages of the four chief families.</summary>
internal static class Samples
{
    public const uint Up = 1;
    public const uint LowerUp = 0x10000;

    public static NetlinkFamily Family(string name) => NetlinkFamily.All.Single(f => f.Name == name);

    public static byte[] LinkBody(int index, string? name, uint flags = 0, uint? mtu = 1500, byte family = 0, uint changedFlags = uint.MaxValue, params byte[][] attributes)
    {
        var header = new byte[16];
        header[0] = family;
        header[2] = 1;
        MemoryMarshal.Write(header.AsSpan(4), index);
        MemoryMarshal.Write(header.AsSpan(8), flags);
        MemoryMarshal.Write(header.AsSpan(12), changedFlags);
        return Bytes.Join([
            header,
            name is null ? [] : Bytes.Attribute(3, name),
            mtu is { } value ? Bytes.Attribute(4, value) : [],
            .. attributes,
        ]);
    }

    public static byte[] NewLink(int index, string? name, uint flags = 0, uint? mtu = 1500, byte family = 0, params byte[][] attributes) =>
        Bytes.Message(16, LinkBody(index, name, flags, mtu, family, attributes: attributes));

    public static byte[] DelLink(int index, string name, params byte[][] attributes) => Bytes.Message(17, LinkBody(index, name, attributes: attributes));

    public static byte[] Address(ushort type, int index, string address, int length = 24, byte flags = 0x80, string? label = null)
    {
        var bytes = IPAddress.Parse(address).GetAddressBytes();
        var header = new byte[8];
        (header[0], header[1], header[2]) = (bytes.Length == 4 ? (byte)2 : (byte)10, (byte)length, flags);
        MemoryMarshal.Write(header.AsSpan(4), index);
        return Bytes.Message(type, Bytes.Join(header, Bytes.Attribute(1, bytes), bytes.Length == 4 ? Bytes.Attribute(2, bytes) : [], label is null ? [] : Bytes.Attribute(3, label)));
    }

    /// <summary>A route in the main table by default.</summary>
    public static byte[] Route(
        ushort type, string prefix, string? gateway, int interfaceIndex, uint priority = 0, ushort flags = 0, byte protocol = 3, uint table = 254, params byte[][] attributes)
    {
        var (address, length) = (IPAddress.Parse(prefix.Split('/')[0]).GetAddressBytes(), byte.Parse(prefix.Split('/')[1]));
        byte[] header = [address.Length == 4 ? (byte)2 : (byte)10, length, 0, 0, (byte)Math.Min(table, 252), protocol, 0, 1, 0, 0, 0, 0];
        return Bytes.Message(
            type,
            Bytes.Join([
                header,
                Bytes.Attribute(15, table),
                length == 0 ? [] : Bytes.Attribute(1, address),
                gateway is null ? [] : Bytes.Attribute(5, IPAddress.Parse(gateway).GetAddressBytes()),
                interfaceIndex == 0 ? [] : Bytes.Attribute(4, (uint)interfaceIndex),
                priority == 0 ? [] : Bytes.Attribute(6, priority),
                .. attributes,
            ]),
            flags);
    }

    /// <summary>RTA_MULTIPATH.</summary>
    public static byte[] NextHops(params (string Gateway, int InterfaceIndex)[] hops) => Bytes.Attribute(9, Bytes.Join([.. hops.Select(Hop)]));

    public static byte[] Neighbour(ushort type, int index, string address, ushort state, byte[]? mac = null, byte flags = 0)
    {
        var bytes = IPAddress.Parse(address).GetAddressBytes();
        var header = new byte[12];
        header[0] = bytes.Length == 4 ? (byte)2 : (byte)10;
        MemoryMarshal.Write(header.AsSpan(4), index);
        MemoryMarshal.Write(header.AsSpan(8), state);
        header[10] = flags;
        return Bytes.Message(type, Bytes.Join(header, Bytes.Attribute(1, bytes), mac is null ? [] : Bytes.Attribute(2, mac)));
    }

    /// <summary>An entry of a bridge's forwarding database.</summary>
    public static byte[] Forwarding(ushort type, int port, int bridge, byte[] mac)
    {
        var header = new byte[12];
        header[0] = 7;
        MemoryMarshal.Write(header.AsSpan(4), port);
        MemoryMarshal.Write(header.AsSpan(8), (ushort)2);
        return Bytes.Message(type, Bytes.Join(header, Bytes.Attribute(2, mac), Bytes.Attribute(9, (uint)bridge)));
    }

    private static byte[] Hop((string Gateway, int InterfaceIndex) hop)
    {
        var gateway = Bytes.Attribute(5, IPAddress.Parse(hop.Gateway).GetAddressBytes());
        var header = new byte[8];
        MemoryMarshal.Write(header, (ushort)(header.Length + gateway.Length));
        MemoryMarshal.Write(header.AsSpan(4), hop.InterfaceIndex);
        return Bytes.Join(header, gateway);
    }
}
