using System.Runtime.InteropServices;
using Wirehook.Netlink.Codec;

namespace Wirehook.Netlink.Families.Address;

/// <summary>Reads struct ifaddrmsg and its attributes (linux/if_addr.h).</summary>
internal static class AddressDecoder
{
    private const int FixedLength = 8;

    public static AddressObject? Decode(AddressFamily family, ReadOnlySpan<byte> body)
    {
        if (body.Length < FixedLength || body[0] is not (2 or 10)) return null;
        var isIPv4 = body[0] == 2;
        if (body[1] > (isIPv4 ? 32 : 128)) return null;
        var address = new AddressObject(family)
        {
            AddressFamily = body[0],
            PrefixLength = body[1],
            Flags = body[2],
            Scope = body[3],
            Index = MemoryMarshal.Read<int>(body[4..]),
        };
        foreach (var attribute in NetlinkAttributes.Behind(body, FixedLength)) Read(address, attribute);
        return address.Index > 0 && (address.Local ?? address.Address) is { } own && (own.IsIPv4 || !isIPv4) ? address : null;
    }

    private static void Read(AddressObject address, in NetlinkAttribute attribute)
    {
        switch (attribute.Type)
        {
            case AddressAttribute.Address: address.Address = attribute.Address; break;
            case AddressAttribute.Local: address.Local = attribute.Address; break;
            case AddressAttribute.Label: address.Label = attribute.Text; break;
            case AddressAttribute.Broadcast: address.Broadcast = attribute.Address; break;
            case AddressAttribute.Anycast: address.Anycast = attribute.Address; break;
            case AddressAttribute.CacheInfo when attribute.Value.Length >= 8:
                address.PreferredLifetime = MemoryMarshal.Read<uint>(attribute.Value);
                address.ValidLifetime = MemoryMarshal.Read<uint>(attribute.Value[4..]);
                break;
            case AddressAttribute.Flags: address.Flags = attribute.UInt32 ?? address.Flags; break;
            case AddressAttribute.Priority: address.Priority = attribute.UInt32; break;
            case AddressAttribute.Protocol: address.Protocol = attribute.Byte; break;
        }
    }
}

/// <summary>Attribute numbers of linux/if_addr.h.</summary>
internal static class AddressAttribute
{
    public const ushort Address = 1;
    public const ushort Local = 2;
    public const ushort Label = 3;
    public const ushort Broadcast = 4;
    public const ushort Anycast = 5;
    public const ushort CacheInfo = 6;
    public const ushort Flags = 8;
    public const ushort Priority = 9;
    public const ushort Protocol = 11;
}
