using System.Runtime.InteropServices;
using Wirehook.Netlink.Families;

namespace Wirehook.Netlink.Tests;

/// <summary>Messages of the four chief families.</summary>
internal static class Samples
{
    public const uint Up = 1;
    public const uint LowerUp = 0x10000;

    public static NetlinkFamily Family(string name) => NetlinkFamily.All.Single(f => f.Name == name);

    public static byte[] LinkBody(int index, string? name, uint flags = 0, uint? mtu = 1500, byte family = 0, params byte[][] attributes)
    {
        var header = new byte[16];
        header[0] = family;
        header[2] = 1;
        MemoryMarshal.Write(header.AsSpan(4), index);
        MemoryMarshal.Write(header.AsSpan(8), flags);
        return Bytes.Join([
            header,
            name is null ? [] : Bytes.Attribute(3, name),
            mtu is { } value ? Bytes.Attribute(4, value) : [],
            .. attributes,
        ]);
    }

    public static byte[] NewLink(int index, string? name, uint flags = 0, uint? mtu = 1500, byte family = 0, params byte[][] attributes) =>
        Bytes.Message(16, LinkBody(index, name, flags, mtu, family, attributes));

    public static byte[] DelLink(int index, string name, params byte[][] attributes) => Bytes.Message(17, LinkBody(index, name, attributes: attributes));
}
