namespace Wirehook.Netlink.Families.Link;

/// <summary>Names of a link's numbers (linux/if.h, linux/if_arp.h, linux/if_bridge.h).</summary>
internal static class LinkSymbols
{
    private static readonly string[] StateNames = ["UNKNOWN", "NOTPRESENT", "DOWN", "LOWERLAYERDOWN", "TESTING", "DORMANT", "UP"];

    /// <summary>IFF_…</summary>
    public static Dictionary<string, long> Flags { get; } = Symbols.Of(
        ("UP", 0x1), ("BROADCAST", 0x2), ("DEBUG", 0x4), ("LOOPBACK", 0x8), ("POINTOPOINT", 0x10), ("NOTRAILERS", 0x20), ("RUNNING", 0x40), ("NOARP", 0x80),
        ("PROMISC", 0x100), ("ALLMULTI", 0x200), ("MASTER", 0x400), ("SLAVE", 0x800), ("MULTICAST", 0x1000), ("PORTSEL", 0x2000), ("AUTOMEDIA", 0x4000),
        ("DYNAMIC", 0x8000), ("LOWER_UP", 0x10000), ("DORMANT", 0x20000), ("ECHO", 0x40000));

    /// <summary>IF_OPER_… (RFC 2863).</summary>
    public static Dictionary<string, long> OperStates { get; } = Symbols.Of([.. StateNames.Select((name, value) => (name, (long)value))]);

    /// <summary>ARPHRD_…, the frequent ones.</summary>
    public static Dictionary<string, long> Types { get; } = Symbols.Of(
        ("ETHER", 1), ("INFINIBAND", 32), ("IEEE1394", 24), ("CAN", 280), ("PPP", 512), ("TUNNEL", 768), ("TUNNEL6", 769), ("LOOPBACK", 772), ("SIT", 776), ("IPGRE", 778),
        ("IEEE80211", 801), ("IEEE80211_RADIOTAP", 803), ("IEEE802154", 804), ("IP6GRE", 823), ("NETLINK", 824), ("6LOWPAN", 825), ("VSOCKMON", 826), ("NONE", 0xFFFE),
        ("VOID", 0xFFFF));

    /// <summary>BR_STATE_…</summary>
    public static Dictionary<string, long> PortStates { get; } =
        Symbols.Of(("DISABLED", 0), ("LISTENING", 1), ("LEARNING", 2), ("FORWARDING", 3), ("BLOCKING", 4));

    /// <summary>IF_LINK_MODE_…</summary>
    public static Dictionary<string, long> Modes { get; } = Symbols.Of(("DEFAULT", 0), ("DORMANT", 1), ("TESTING", 2));

    /// <summary>IFLA_EVENT_…</summary>
    public static Dictionary<string, long> Causes { get; } = Symbols.Of(
        ("NONE", 0), ("REBOOT", 1), ("FEATURES", 2), ("BONDING_FAILOVER", 3), ("NOTIFY_PEERS", 4), ("IGMP_RESEND", 5), ("BONDING_OPTIONS", 6));

    /// <summary>The name of an operational state; null for none and for numbers beyond RFC 2863.</summary>
    public static string? StateName(byte? state) => state < StateNames.Length ? StateNames[state.Value] : null;
}
