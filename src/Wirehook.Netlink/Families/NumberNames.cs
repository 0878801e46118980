namespace Wirehook.Netlink.Families;

/// <summary>Names of numbers that several families share.</summary>
internal static class NumberNames
{
    /// <summary>Routing tables with names (linux/rtnetlink.h RT_TABLE_*).</summary>
    public static IReadOnlyDictionary<string, long> RoutingTables { get; } = Symbols.Of(("default", 253), ("main", 254), ("local", 255));

    /// <summary>Who made routes, rules and next hops (linux/rtnetlink.h RTPROT_*).</summary>
    public static IReadOnlyDictionary<string, long> RouteOrigins { get; } = Symbols.Of(
        ("unspec", 0), ("redirect", 1), ("kernel", 2), ("boot", 3), ("static", 4), ("gated", 8), ("ra", 9), ("mrt", 10), ("zebra", 11), ("bird", 12),
        ("dnrouted", 13), ("xorp", 14), ("ntk", 15), ("dhcp", 16), ("mrouted", 17), ("keepalived", 18), ("babel", 42), ("openr", 99), ("bgp", 186),
        ("isis", 187), ("ospf", 188), ("rip", 189), ("eigrp", 192));

    /// <summary>Scopes of addresses and routes (linux/rtnetlink.h RT_SCOPE_*).</summary>
    public static IReadOnlyDictionary<string, long> Scopes { get; } = Symbols.Of(("global", 0), ("site", 200), ("link", 253), ("host", 254), ("nowhere", 255));

    /// <summary>IP protocols that carry names here (linux/in.h IPPROTO_*).</summary>
    public static IReadOnlyDictionary<string, long> IpProtocols { get; } = Symbols.Of(
        ("ICMP", 1), ("IGMP", 2), ("IPIP", 4), ("TCP", 6), ("UDP", 17), ("DCCP", 33), ("GRE", 47), ("ESP", 50), ("AH", 51), ("ICMPV6", 58),
        ("SCTP", 132), ("UDPLITE", 136));
}
