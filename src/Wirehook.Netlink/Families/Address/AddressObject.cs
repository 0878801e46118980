using Wirehook.Packets;

namespace Wirehook.Netlink.Families.Address;

/// <summary>An IP address of an interface as a message of struct ifaddrmsg told it. What the members mean is said by <see cref="AddressFamily"/>'s fields.</summary>
internal sealed class AddressObject(NetlinkFamily family) : NetlinkObject
{
    private const byte IPv6 = 10;

    public override NetlinkFamily Family { get; } = family;
    public override int InterfaceIndex => Index;
    public override int IdentityHash => Families.IdentityHash.Of((uint)Index, Own.High, Own.Low);

    public byte AddressFamily { get; init; }
    public byte PrefixLength { get; init; }
    public byte Scope { get; init; }
    public int Index { get; init; }
    public uint Flags { get; set; }
    public IpAddress? Local { get; set; }
    public IpAddress? Address { get; set; }
    public IpAddress? Broadcast { get; set; }
    public IpAddress? Anycast { get; set; }
    public string? Label { get; set; }
    public uint? Priority { get; set; }
    public byte? Protocol { get; set; }
    public uint? PreferredLifetime { get; set; }
    public uint? ValidLifetime { get; set; }

    /// <summary>The interface's own address. IPv6 sends IFA_LOCAL only beside a peer's address, which IFA_ADDRESS then is.</summary>
    public IpAddress Own => Local ?? Address ?? default;

    /// <summary>The other end of a point-to-point link.</summary>
    public IpAddress? Peer => Local is { } local && Address is { } address && local != address ? address : null;

    public bool IsIPv4 => AddressFamily != IPv6;

    public override string ToString() => AddressText.Describe(this);

    public override bool IsSameObject(NetlinkObject other)
    {
        if (other is not AddressObject address || address.Index != Index || address.AddressFamily != AddressFamily || address.Own != Own) return false;
        return AddressFamily == IPv6 || (address.PrefixLength == PrefixLength && address.Peer == Peer);
    }
}
