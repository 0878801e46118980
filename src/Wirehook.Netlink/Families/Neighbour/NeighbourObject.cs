using Wirehook.Packets;

namespace Wirehook.Netlink.Families.Neighbour;

/// <summary>A neighbour, or an entry of a bridge's or tunnel's forwarding database, as a message of struct ndmsg told it. What the members mean is said by
/// <see cref="NeighbourFamily"/>'s fields.</summary>
internal sealed class NeighbourObject(NetlinkFamily family) : NetlinkObject
{
    private const byte Bridge = 7;
    private const uint Proxy = 8;

    public override NetlinkFamily Family { get; } = family;
    public override int InterfaceIndex => Index;

    public override int IdentityHash => IsForwarding
        ? Families.IdentityHash.Of((ulong)string.GetHashCode(LinkAddress, StringComparison.Ordinal), Master ?? (uint)Index, Vlan ?? 0)
        : Families.IdentityHash.Of((uint)Index, (Destination ?? default).High, (Destination ?? default).Low);

    public byte AddressFamily { get; init; }
    public int Index { get; init; }
    public ushort State { get; init; }
    public byte Type { get; init; }
    public uint Flags { get; set; }
    public IpAddress? Destination { get; set; }
    public string? LinkAddress { get; set; }
    public ushort? Vlan { get; set; }
    public ushort? Port { get; set; }
    public uint? Vni { get; set; }
    public uint? Master { get; set; }
    public string? MasterName { get; private set; }
    public uint? NextHopId { get; set; }
    public byte? Protocol { get; set; }
    public uint? Probes { get; set; }

    /// <summary>Whether it belongs to a forwarding database rather than to ARP or neighbour discovery.</summary>
    public bool IsForwarding => AddressFamily == Bridge;

    /// <summary>Whether Linux answers for the address instead of knowing where it is.</summary>
    public bool IsProxy => (Flags & Proxy) != 0;

    /// <summary>A bridge knows one port per address and VLAN, so that the port is state; a tunnel knows several remotes per address.</summary>
    public override string ToString() => NeighbourText.Describe(this);

    public override bool IsSameObject(NetlinkObject other)
    {
        if (other is not NeighbourObject neighbour || neighbour.AddressFamily != AddressFamily) return false;
        if (!IsForwarding) return neighbour.Index == Index && neighbour.Destination == Destination && neighbour.IsProxy == IsProxy;
        if (neighbour.LinkAddress != LinkAddress || neighbour.Vlan != Vlan || neighbour.Master != Master) return false;
        return Master is not null
            || (neighbour.Index == Index && neighbour.Destination == Destination && neighbour.Vni == Vni && neighbour.Port == Port && neighbour.NextHopId == NextHopId);
    }

    public override void ResolveNames(IInterfaceNames names)
    {
        if (Master is { } master) MasterName = names.NameOf((int)master);
    }
}
