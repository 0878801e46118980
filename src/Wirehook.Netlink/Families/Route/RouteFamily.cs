using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families;
using Wirehook.Netlink.Families.Route;
using Wirehook.Netlink.State;
using FieldsOf = Wirehook.Netlink.Families.FieldsOf<Wirehook.Netlink.Families.Route.RouteObject>;

[assembly: NetlinkFamily(typeof(RouteFamily))]

namespace Wirehook.Netlink.Families.Route;

/// <summary>IPv4 and IPv6 routes: RTM_NEWROUTE and RTM_DELROUTE.</summary>
internal sealed class RouteFamily : NetlinkFamily
{
    private const byte MainTable = 254;
    private const byte Unicast = 1;
    private const byte FromKernel = 2;
    private readonly ulong _flags;

    public RouteFamily() => _flags = 1UL << Fields.Select(f => f.Name).ToList().IndexOf("flags");

    public override string Name => "route";

    public override IReadOnlyList<NetlinkMessageType> Messages { get; } =
    [
        new(24, "RTM_NEWROUTE", NetlinkAction.New),
        new(25, "RTM_DELROUTE", NetlinkAction.Delete),
        new(RouteRequests.GetRoute, "RTM_GETROUTE", NetlinkAction.Get),
    ];

    public override IReadOnlyList<int> Groups => [7, 11];

    public override IReadOnlyList<byte[]> Dumps { get; } = [RouteRequests.All(RouteRequests.IPv4), RouteRequests.All(RouteRequests.IPv6)];

    public override IReadOnlyDictionary<string, long> Constants { get; } = Symbols.Constants(
        ("RTN_", RouteSymbols.Types), ("RTPROT_", RouteSymbols.Protocols), ("RT_TABLE_", RouteSymbols.Tables), ("RT_SCOPE_", CommonConstants.Scopes),
        ("RTM_F_", RouteSymbols.MessageFlags), ("RTNH_F_", RouteSymbols.NextHopFlags));

    public override IReadOnlyList<NetworkField> Fields { get; } =
    [
        FieldsOf.Prefix("dst", "The destination; 0.0.0.0/0 and ::/0 are the default.", r => NetworkValue.From(r.Destination, r.DestinationLength), "destination") with
        {
            Differs = static (a, b) => ((RouteObject)a).Destination != ((RouteObject)b).Destination || ((RouteObject)a).DestinationLength != ((RouteObject)b).DestinationLength,
        },
        FieldsOf.Prefix("src", "Only packets from here (IPv6).", r => r.SourceLength == 0 ? default : NetworkValue.From(r.Source, r.SourceLength), "source") with
        {
            Differs = static (a, b) => ((RouteObject)a).HasOtherSource((RouteObject)b),
        },
        FieldsOf.Address("gateway", "The next router; absent on the link, and for routes with several nexthops.", r => r.Gateway, "via"),
        FieldsOf.Number("oif", "The index of the interface to leave by; absent for routes with several nexthops.", r => r.OutInterface == 0 ? null : r.OutInterface),
        FieldsOf.Number("iif", "The index of the interface that packets came in by.", r => r.InInterface == 0 ? null : r.InInterface),
        FieldsOf.Number("table", "The routing table (RT_TABLE_…): 254 is main, 255 local.", r => r.Table) with { Symbols = RouteSymbols.Tables },
        FieldsOf.Number("protocol", "Who made the route (RTPROT_…).", r => r.Protocol) with { Symbols = RouteSymbols.Protocols },
        FieldsOf.Number("scope", "The scope (RT_SCOPE_…).", r => r.Scope) with { Symbols = CommonConstants.Scopes },
        FieldsOf.Number("type", "The kind of route (RTN_…): 1 is unicast.", r => r.Type) with { Symbols = RouteSymbols.Types },
        FieldsOf.Number("priority", "The metric: the lowest wins.", r => r.Priority, "metric"),
        FieldsOf.Address("prefsrc", "The source address that Linux prefers.", r => r.PreferredSource),
        FieldsOf.List("nexthops", "The ways of a multipath route, such as 'via 10.0.0.1 dev eth0 weight 1'.", r => r.NextHopTexts) with
        {
            Differs = static (a, b) => ((RouteObject)a).HasOtherNextHops((RouteObject)b),
        },
        FieldsOf.Number("nexthop_id", "The nexthop object that it uses.", r => r.NextHopId == 0 ? null : r.NextHopId, "nhid"),
        FieldsOf.Number("family", "The address family: 2 for IPv4, 10 for IPv6.", r => r.AddressFamily) with { Symbols = CommonConstants.AddressFamilies },
        FieldsOf.Number("tos", "Only packets of this type of service (IPv4).", r => r.Tos),
        FieldsOf.Number("flags", "Flags (RTM_F_… and RTNH_F_…).", r => r.Flags) with { Symbols = RouteSymbols.Flags, IsBitSet = true },
        FieldsOf.Number("mtu", "The MTU of the path, in bytes.", r => r.Metrics?.Mtu),
        FieldsOf.Number("advmss", "The segment size to advertise, in bytes.", r => r.Metrics?.AdvertisedSegment),
        FieldsOf.Number("window", "The largest window, in bytes.", r => r.Metrics?.Window),
        FieldsOf.Number("hoplimit", "The hop limit of packets.", r => r.Metrics?.HopLimit),
        FieldsOf.Number("initcwnd", "The initial congestion window, in segments.", r => r.Metrics?.InitialWindow),
        FieldsOf.Text("congctl", "The congestion control algorithm.", r => r.Metrics?.Congestion),
        FieldsOf.Number("mark", "The mark that packets must have.", r => r.Mark),
        FieldsOf.Number("pref", "The router preference (IPv6).", r => r.Preference) with { Symbols = RouteSymbols.Preferences },
        FieldsOf.Number("encap", "The kind of lightweight tunnel (LWTUNNEL_ENCAP_…).", r => r.Encapsulation),
        FieldsOf.Number("expires", "Seconds until the route expires.", r => r.Expires) with { IsState = false },
    ];

    public override IReadOnlyList<EventName> EventNames => RouteEvents.All;

    public override bool TryDecode(in NetlinkMessage message, out NetlinkObject decoded)
    {
        decoded = RouteDecoder.Decode(this, message.Body)!;
        return decoded is not null;
    }

    public override bool IsInScope(in NetlinkMessage request, NetlinkObject dumped) => RouteRequests.Covers(request.Body, (RouteObject)dumped);

    /// <summary>What an administrator or daemon replaced is taken for changed also when only a dump shows it. The kernel's own routes stand side by side.</summary>
    public override bool Replaces(NetlinkObject decoded, NetlinkObject cached, bool isAnnounced)
    {
        var (route, other) = ((RouteObject)decoded, (RouteObject)cached);
        if (!route.HasSameKey(other)) return false;
        if (isAnnounced) return !route.IsIPv6 || route.IsMerging == other.IsMerging;
        return route.Protocol == other.Protocol && route.Protocol != FromKernel && (!route.IsIPv6 || route.IsMerging == other.IsMerging);
    }

    public override NetlinkObject? Remaining(NetlinkObject deleted, NetlinkObject cached) => ((RouteObject)cached).Without((RouteObject)deleted);

    public override void Describe(in NetworkChange change, List<string> names)
    {
        var route = (RouteObject)change.Current;
        var isDefault = route is { DestinationLength: 0, Table: MainTable, Type: Unicast };
        RouteEvents.Describe(change, isDefault, _flags, names);
    }

    internal override void AddAudits(RouteAudit audit, ObjectTable cached, Queue<byte[]> requests)
    {
        if (RouteRequests.Audit(audit, cached, RouteRequests.IPv4) is { } first) requests.Enqueue(first);
        if (RouteRequests.Audit(audit, cached, RouteRequests.IPv6) is { } second) requests.Enqueue(second);
    }
}
