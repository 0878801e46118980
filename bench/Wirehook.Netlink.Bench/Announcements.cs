using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Wirehook.Netlink.Codec;

namespace Wirehook.Netlink.Bench;

/// <summary>Announcements with the attributes that Linux 6 sends.</summary>
internal static class Announcements
{
    private const int Interfaces = 200;

    /// <summary>IPv4 routes to /32 destinations through one of 200 interfaces; replacements of those with another gateway.</summary>
    public static List<byte[]> Routes(int count, byte gateway)
    {
        var datagrams = new List<byte[]>(count);
        for (var i = 0; i < count; i++)
        {
            Span<byte> fixedPart = [2, 32, 0, 0, 254, 3, 0, 1, 0, 0, 0, 0];
            var destination = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(destination, 0x0A00_0000 + i);
            datagrams.Add(Message(24, 0x100, [
                .. fixedPart,
                .. Attribute(15, BitConverter.GetBytes(254)),
                .. Attribute(1, destination),
                .. Attribute(5, [192, 168, (byte)(i % Interfaces), gateway]),
                .. Attribute(4, BitConverter.GetBytes(i % Interfaces + 1)),
            ]));
        }

        return datagrams;
    }

    /// <summary>200 interfaces that go up and down, with all attributes of a veth.</summary>
    public static List<byte[]> Links(int count)
    {
        var datagrams = new List<byte[]>(count);
        for (var i = 0; i < count; i++) datagrams.Add(Link(i % Interfaces + 1, i / Interfaces % 2 == 0));
        return datagrams;
    }

    private static byte[] Link(int index, bool isUp)
    {
        var fixedPart = new byte[16];
        fixedPart[2] = 1;
        MemoryMarshal.Write(fixedPart.AsSpan(4), index);
        MemoryMarshal.Write(fixedPart.AsSpan(8), isUp ? 0x11043u : 0x1002u);
        byte[] mac = [2, 0x42, 0, 0, (byte)(index >> 8), (byte)index];
        return Message(16, 0, [
            .. fixedPart, .. Text(3, "veth" + index), .. Number(13, 1000), .. Attribute(16, [(byte)(isUp ? 6 : 2)]), .. Attribute(17, [0]), .. Number(4, 1500),
            .. Number(50, 68), .. Number(51, 65535), .. Number(27, 0), .. Number(30, 0), .. Number(61, 0), .. Number(31, 2), .. Number(40, 65535), .. Number(41, 65536),
            .. Number(58, 65536), .. Number(59, 524280), .. Number(60, 65535), .. Number(63, 65536), .. Number(64, 65536), .. Number(32, 2),
            .. Attribute(33, [(byte)(isUp ? 1 : 0)]), .. Text(6, "noqueue"), .. Number(35, (uint)index), .. Number(47, 1), .. Number(48, 1), .. Attribute(39, [0]),
            .. Attribute(14, new byte[32]), .. Attribute(1, mac), .. Attribute(2, [255, 255, 255, 255, 255, 255]), .. Attribute(23, new byte[200]),
            .. Attribute(7, new byte[96]), .. Attribute(43, Attribute(2, [0])), .. Attribute(18, [.. Text(1, "veth")]), .. Number(5, (uint)(index ^ 1)),
            .. Attribute(26, new byte[640]),
        ]);
    }

    private static byte[] Text(ushort type, string text) => Attribute(type, [.. Encoding.UTF8.GetBytes(text), 0]);

    private static byte[] Number(ushort type, uint value) => Attribute(type, BitConverter.GetBytes(value));

    private static byte[] Attribute(ushort type, ReadOnlySpan<byte> value)
    {
        var attribute = new byte[4 + ((value.Length + 3) & ~3)];
        MemoryMarshal.Write(attribute, (ushort)(4 + value.Length));
        MemoryMarshal.Write(attribute.AsSpan(2), type);
        value.CopyTo(attribute.AsSpan(4));
        return attribute;
    }

    private static byte[] Message(ushort type, ushort flags, ReadOnlySpan<byte> body)
    {
        var message = new byte[NetlinkMessage.HeaderLength + body.Length];
        MemoryMarshal.Write(message, (uint)message.Length);
        MemoryMarshal.Write(message.AsSpan(4), type);
        MemoryMarshal.Write(message.AsSpan(6), flags);
        body.CopyTo(message.AsSpan(NetlinkMessage.HeaderLength));
        return message;
    }
}
