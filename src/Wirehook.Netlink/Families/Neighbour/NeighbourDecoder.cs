using System.Runtime.InteropServices;
using Wirehook.Netlink.Codec;

namespace Wirehook.Netlink.Families.Neighbour;

/// <summary>Reads struct ndmsg and its attributes (linux/neighbour.h).</summary>
internal static class NeighbourDecoder
{
    public const int FixedLength = 12;

    /// <summary>The bits of NDA_FLAGS_EXT follow the eight of the fixed part.</summary>
    private const int ExtendedFlagsShift = 8;

    public static NeighbourObject? Decode(NeighbourFamily family, ReadOnlySpan<byte> body)
    {
        if (body.Length < FixedLength || body[0] is not (2 or 7 or 10)) return null;
        var neighbour = new NeighbourObject(family)
        {
            AddressFamily = body[0],
            Index = MemoryMarshal.Read<int>(body[4..]),
            State = MemoryMarshal.Read<ushort>(body[8..]),
            Flags = body[10],
            Type = body[11],
        };
        foreach (var attribute in NetlinkAttributes.Behind(body, FixedLength)) Read(neighbour, attribute);
        return (neighbour.IsForwarding ? neighbour.LinkAddress is null : neighbour.Destination is null) ? null : neighbour;
    }

    private static void Read(NeighbourObject neighbour, in NetlinkAttribute attribute)
    {
        switch (attribute.Type)
        {
            case 1: neighbour.Destination = attribute.Address; break;
            case 2: neighbour.LinkAddress = attribute.HardwareAddress; break;
            case 4: neighbour.Probes = attribute.UInt32; break;
            case 5: neighbour.Vlan = attribute.UInt16; break;
            case 6: neighbour.Port = attribute.UInt16BigEndian; break;
            case 7: neighbour.Vni = attribute.UInt32; break;
            case 9: neighbour.Master = attribute.UInt32; break;
            case 12: neighbour.Protocol = attribute.Byte; break;
            case 13: neighbour.NextHopId = attribute.UInt32; break;
            case 15: neighbour.Flags |= (attribute.UInt32 ?? 0) << ExtendedFlagsShift; break;
        }
    }
}
