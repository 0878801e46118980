namespace Wirehook.Netlink.Families.Route;

/// <summary>Names of a route's numbers (linux/rtnetlink.h).</summary>
internal static class RouteSymbols
{
    /// <summary>RTN_…</summary>
    public static Dictionary<string, long> Types { get; } = Symbols.Of(
        ("UNSPEC", 0), ("UNICAST", 1), ("LOCAL", 2), ("BROADCAST", 3), ("ANYCAST", 4), ("MULTICAST", 5), ("BLACKHOLE", 6), ("UNREACHABLE", 7), ("PROHIBIT", 8), ("THROW", 9),
        ("NAT", 10), ("XRESOLVE", 11));

    /// <summary>RTPROT_…</summary>
    public static Dictionary<string, long> Protocols { get; } = Symbols.Of(
        ("UNSPEC", 0), ("REDIRECT", 1), ("KERNEL", 2), ("BOOT", 3), ("STATIC", 4), ("GATED", 8), ("RA", 9), ("MRT", 10), ("ZEBRA", 11), ("BIRD", 12), ("DNROUTED", 13),
        ("XORP", 14), ("NTK", 15), ("DHCP", 16), ("MROUTED", 17), ("KEEPALIVED", 18), ("BABEL", 42), ("OPENR", 99), ("BGP", 186), ("ISIS", 187), ("OSPF", 188), ("RIP", 189),
        ("EIGRP", 192));

    /// <summary>RT_TABLE_…</summary>
    public static Dictionary<string, long> Tables { get; } = Symbols.Of(("UNSPEC", 0), ("COMPAT", 252), ("DEFAULT", 253), ("MAIN", 254), ("LOCAL", 255));

    /// <summary>RTM_F_…</summary>
    public static Dictionary<string, long> MessageFlags { get; } = Symbols.Of(
        ("NOTIFY", 0x100), ("CLONED", 0x200), ("EQUALIZE", 0x400), ("PREFIX", 0x800), ("OFFLOAD", 0x4000), ("TRAP", 0x8000), ("OFFLOAD_FAILED", 0x2000_0000));

    /// <summary>RTNH_F_…</summary>
    public static Dictionary<string, long> NextHopFlags { get; } = Symbols.Of(("DEAD", 0x1), ("PERVASIVE", 0x2), ("ONLINK", 0x4), ("LINKDOWN", 0x10), ("UNRESOLVED", 0x20));

    /// <summary>Both kinds of flags, which share the field.</summary>
    public static Dictionary<string, long> Flags { get; } = new(MessageFlags.Concat(NextHopFlags), StringComparer.OrdinalIgnoreCase);

    /// <summary>RFC 4191 router preferences (ICMPV6_ROUTER_PREF_…).</summary>
    public static Dictionary<string, long> Preferences { get; } = Symbols.Of(("MEDIUM", 0), ("HIGH", 1), ("LOW", 3));
}
