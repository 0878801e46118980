using System.Runtime.InteropServices;
using System.Text;

namespace Wirehook.Tests;

/// <summary>Announcements of network interfaces as the kernel sends them (linux/rtnetlink.h), for tests that need some network change.</summary>
public static class LinkMessage
{
    /// <summary>IFF_UP.</summary>
    public const uint Up = 1;

    /// <summary>IFF_LOWER_UP: there is a carrier.</summary>
    public const uint LowerUp = 0x10000;

    private const int NetlinkHeaderLength = 16;
    private const int InterfaceHeaderLength = 16;
    private const ushort NewLink = 16;
    private const ushort DeleteLink = 17;
    private const int NameAttribute = 3;
    private const int MtuAttribute = 4;

    /// <summary>RTM_NEWLINK.</summary>
    public static byte[] New(int index, string name, uint flags = Up, uint mtu = 1500, params byte[][] attributes) =>
        Netlink(NewLink, Body(index, name, flags, mtu, attributes));

    /// <summary>RTM_DELLINK.</summary>
    public static byte[] Delete(int index, string name) => Netlink(DeleteLink, Body(index, name, 0, 1500));

    /// <summary>A netlink message.</summary>
    public static byte[] Netlink(ushort type, byte[] body)
    {
        var message = new byte[NetlinkHeaderLength + body.Length];
        MemoryMarshal.Write(message, (uint)message.Length);
        MemoryMarshal.Write(message.AsSpan(4), type);
        body.CopyTo(message.AsSpan(NetlinkHeaderLength));
        return message;
    }

    /// <summary>A netlink attribute, padded.</summary>
    public static byte[] Attribute(int type, params byte[] value)
    {
        var attribute = new byte[4 + ((value.Length + 3) & ~3)];
        MemoryMarshal.Write(attribute, (ushort)(4 + value.Length));
        MemoryMarshal.Write(attribute.AsSpan(2), (ushort)type);
        value.CopyTo(attribute.AsSpan(4));
        return attribute;
    }

    private static byte[] Body(int index, string name, uint flags, uint mtu, params byte[][] attributes)
    {
        var header = new byte[InterfaceHeaderLength];
        header[2] = 1;
        MemoryMarshal.Write(header.AsSpan(4), index);
        MemoryMarshal.Write(header.AsSpan(8), flags);
        MemoryMarshal.Write(header.AsSpan(12), uint.MaxValue); // ifi_change: the kernel says all of it of a new interface
        byte[] text = [.. Encoding.UTF8.GetBytes(name), 0];
        return [.. header, .. Attribute(NameAttribute, text), .. Attribute(MtuAttribute, BitConverter.GetBytes(mtu)), .. attributes.SelectMany(a => a)];
    }
}
