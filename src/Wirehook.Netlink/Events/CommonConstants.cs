namespace Wirehook.Netlink.Events;

/// <summary>Symbolic constants that belong to no single family.</summary>
internal static class CommonConstants
{
    /// <summary>Address families (linux/socket.h), netlink protocols (linux/netlink.h), IP protocols (RFC 1700 and successors), TCP states (net/tcp_states.h).</summary>
    public static IReadOnlyDictionary<string, long> All { get; } = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase)
    {
        ["AF_UNSPEC"] = 0,
        ["AF_UNIX"] = 1,
        ["AF_INET"] = 2,
        ["AF_BRIDGE"] = 7,
        ["AF_INET6"] = 10,
        ["AF_PACKET"] = 17,
        ["AF_MPLS"] = 28,
        ["NETLINK_ROUTE"] = 0,
        ["NETLINK_SOCK_DIAG"] = 4,
        ["NETLINK_NETFILTER"] = 12,
        ["NETLINK_KOBJECT_UEVENT"] = 15,
        ["NETLINK_GENERIC"] = 16,
        ["IPPROTO_ICMP"] = 1,
        ["IPPROTO_TCP"] = 6,
        ["IPPROTO_UDP"] = 17,
        ["IPPROTO_DCCP"] = 33,
        ["IPPROTO_GRE"] = 47,
        ["IPPROTO_ESP"] = 50,
        ["IPPROTO_ICMPV6"] = 58,
        ["IPPROTO_SCTP"] = 132,
        ["IPPROTO_UDPLITE"] = 136,
        ["TCP_ESTABLISHED"] = 1,
        ["TCP_SYN_SENT"] = 2,
        ["TCP_SYN_RECV"] = 3,
        ["TCP_FIN_WAIT1"] = 4,
        ["TCP_FIN_WAIT2"] = 5,
        ["TCP_TIME_WAIT"] = 6,
        ["TCP_CLOSE"] = 7,
        ["TCP_CLOSE_WAIT"] = 8,
        ["TCP_LAST_ACK"] = 9,
        ["TCP_LISTEN"] = 10,
        ["TCP_CLOSING"] = 11,
        ["NLM_F_REQUEST"] = 0x1,
        ["NLM_F_MULTI"] = 0x2,
        ["NLM_F_ACK"] = 0x4,
        ["NLM_F_REPLACE"] = 0x100,
        ["NLM_F_EXCL"] = 0x200,
        ["NLM_F_CREATE"] = 0x400,
        ["NLM_F_APPEND"] = 0x800,
    };

    /// <summary>Scopes of addresses and routes (RT_SCOPE_…).</summary>
    public static IReadOnlyDictionary<string, long> Scopes { get; } = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase)
    {
        ["GLOBAL"] = 0,
        ["UNIVERSE"] = 0,
        ["SITE"] = 200,
        ["LINK"] = 253,
        ["HOST"] = 254,
        ["NOWHERE"] = 255,
    };

    /// <summary>Address families by the names that people use.</summary>
    public static IReadOnlyDictionary<string, long> AddressFamilies { get; } = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase)
    {
        ["INET"] = 2,
        ["INET6"] = 10,
        ["BRIDGE"] = 7,
        ["MPLS"] = 28,
        ["PACKET"] = 17,
        ["UNSPEC"] = 0,
    };
}
