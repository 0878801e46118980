using Wirehook.Packets;

namespace Wirehook.Netlink.Families.Route;

/// <summary>A route as a message of struct rtmsg told it. What the members mean is said by <see cref="RouteFamily"/>'s fields.</summary>
/// <remarks>Routes of one key (table, destination, metric and so on) may exist side by side. IPv4 tells them apart by everything they are made of. IPv6 makes one route with
/// several nexthops of those that have gateways, and keeps the others apart by interface.</remarks>
internal sealed class RouteObject(NetlinkFamily family) : NetlinkObject
{
    private const byte IPv6 = 10;
    private const uint Cloned = 0x200;
    private const byte FromKernel = 2;
    private const byte FromAdvertisement = 9;

    /// <summary>Set in every hash, so that 0 means not computed yet.</summary>
    private const int HashKnown = int.MinValue;

    private int _hash;

    public override NetlinkFamily Family { get; } = family;
    public override int InterfaceIndex => NextHops is null ? (int)OutInterface : 0;
    public override bool IsTransient => (Flags & Cloned) != 0;

    public override int IdentityHash => _hash != 0 ? _hash : _hash = Families.IdentityHash.Of(
        Destination.High,
        Destination.Low,
        (ulong)Table << 32 | Priority,
        (ulong)AddressFamily << 32 | (uint)DestinationLength << 24 | (uint)SourceLength << 16 | (IsIPv6 ? 0u : Tos)) | HashKnown;

    public byte AddressFamily { get; init; }
    public byte DestinationLength { get; init; }
    public byte SourceLength { get; init; }
    public byte Tos { get; init; }
    public byte Protocol { get; init; }
    public byte Scope { get; init; }
    public byte Type { get; init; }
    public uint Flags { get; init; }
    public uint Table { get; set; }
    public IpAddress Destination { get; set; }
    public IpAddress Source { get; set; }
    public IpAddress? Gateway { get; private set; }
    public uint OutInterface { get; private set; }
    public uint InInterface { get; set; }
    public uint Priority { get; set; }
    public IpAddress? PreferredSource { get; set; }
    public uint NextHopId { get; set; }
    public uint? Mark { get; set; }
    public byte? Preference { get; set; }
    public ushort? Encapsulation { get; set; }
    public uint? Expires { get; set; }
    public RouteMetrics? Metrics { get; set; }

    /// <summary>The nexthops in a fixed order where there are several; null otherwise.</summary>
    public NextHop[]? NextHops { get; private set; }

    /// <summary>The nexthops in words.</summary>
    public IReadOnlyList<string>? NextHopTexts { get; private set; }

    public bool IsIPv6 => AddressFamily == IPv6;

    /// <summary>Whether IPv6 merges it with others of its key: it has gateways, and neither advertisements nor nexthop objects made it.</summary>
    public bool IsMerging => NextHopId == 0 && (Gateway is not null || NextHops is not null) && Protocol is not (FromKernel or FromAdvertisement);

    public IpAddress GatewayAddress
    {
        set => Gateway = value;
    }

    public uint OutInterfaceIndex
    {
        set => OutInterface = value;
    }

    /// <summary>Sets the nexthops of a multipath route; one alone is no different from a gateway.</summary>
    public void SetNextHops(List<NextHop> hops)
    {
        (Gateway, OutInterface, NextHops) = (null, 0, null);
        if (hops.Count > 1)
        {
            hops.Sort();
            NextHops = [.. hops];
        }
        else if (hops.Count == 1)
        {
            (Gateway, OutInterface) = (hops[0].Gateway, (uint)hops[0].InterfaceIndex);
        }
    }

    public bool HasSameKey(RouteObject other) =>
        other.AddressFamily == AddressFamily && other.Table == Table && other.Priority == Priority && other.DestinationLength == DestinationLength
        && other.Destination == Destination && other.SourceLength == SourceLength && other.Source == Source && (IsIPv6 || other.Tos == Tos);

    public override string ToString() => RouteText.Describe(this);

    public override bool IsSameObject(NetlinkObject other)
    {
        if (other is not RouteObject route || !HasSameKey(route) || route.NextHopId != NextHopId) return false;
        if (IsIPv6) return NextHopId != 0 || (IsMerging && route.IsMerging) || (IsMerging == route.IsMerging && HasSamePath(route) && route.Type == Type);
        return route.Type == Type && route.Scope == Scope && route.Protocol == Protocol && route.PreferredSource == PreferredSource
            && route.Metrics == Metrics && (NextHopId != 0 || HasSamePath(route));
    }

    /// <summary>Whether a packet may leave over the interface.</summary>
    public bool Uses(int interfaceIndex)
    {
        if (NextHops is null) return OutInterface == interfaceIndex;
        foreach (var hop in NextHops)
        {
            if (hop.InterfaceIndex == interfaceIndex) return true;
        }

        return false;
    }

    /// <summary>What is left of an IPv6 route when some of its nexthops were announced as deleted; null for nothing.</summary>
    public RouteObject? Without(RouteObject deleted)
    {
        if (!IsIPv6 || !IsMerging) return null;
        if (NextHops is null) return deleted.Contains(new(Gateway, (int)OutInterface, 1, 0)) ? null : this;
        var left = new List<NextHop>(NextHops.Length);
        foreach (var hop in NextHops)
        {
            if (!deleted.Contains(hop)) left.Add(hop);
        }

        if (left.Count == 0) return null;
        var rest = (RouteObject)MemberwiseClone();
        rest.SetNextHops(left);
        rest.DescribeNextHops(null);
        return rest;
    }

    public bool HasOtherSource(RouteObject other) =>
        other.SourceLength != SourceLength || (SourceLength > 0 && other.Source != Source);

    /// <summary>Whether the nexthops of a multipath route differ in more than names.</summary>
    public bool HasOtherNextHops(RouteObject other)
    {
        if (NextHops is null || other.NextHops is null) return NextHops is not null || other.NextHops is not null;
        if (NextHops.Length != other.NextHops.Length) return true;
        for (var i = 0; i < NextHops.Length; i++)
        {
            var (own, its) = (NextHops[i], other.NextHops[i]);
            if (!own.IsSamePath(its) || own.Weight != its.Weight || own.Flags != its.Flags) return true;
        }

        return false;
    }

    public override void ResolveNames(IInterfaceNames names) => DescribeNextHops(names);

    private bool Contains(in NextHop hop)
    {
        if (NextHops is null) return Gateway == hop.Gateway && OutInterface == hop.InterfaceIndex;
        foreach (var own in NextHops)
        {
            if (own.IsSamePath(hop)) return true;
        }

        return false;
    }

    private bool HasSamePath(RouteObject other)
    {
        if (other.Gateway != Gateway || other.OutInterface != OutInterface || other.NextHops?.Length != NextHops?.Length) return false;
        for (var i = 0; i < (NextHops?.Length ?? 0); i++)
        {
            if (!NextHops![i].IsSamePath(other.NextHops![i]) || NextHops[i].Weight != other.NextHops[i].Weight) return false;
        }

        return true;
    }

    private void DescribeNextHops(IInterfaceNames? names)
    {
        NextHopTexts = null;
        if (NextHops is null) return;
        var texts = new string[NextHops.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            if (names is not null) NextHops[i] = NextHops[i] with { InterfaceName = names.NameOf(NextHops[i].InterfaceIndex) };
            texts[i] = NextHops[i].ToString();
        }

        NextHopTexts = texts;
    }
}

/// <summary>Metrics of a route (RTAX_…); null where not set.</summary>
internal sealed record RouteMetrics(uint? Mtu, uint? Window, uint? AdvertisedSegment, uint? HopLimit, uint? InitialWindow, string? Congestion);
