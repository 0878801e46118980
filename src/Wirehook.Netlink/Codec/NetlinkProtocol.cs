namespace Wirehook.Netlink.Codec;

/// <summary>Netlink protocols (linux/netlink.h).</summary>
public static class NetlinkProtocol
{
    /// <summary>NETLINK_ROUTE: links, addresses, routes, neighbours, rules, traffic control.</summary>
    public const int Route = 0;

    /// <summary>NETLINK_SOCK_DIAG: sockets.</summary>
    public const int SockDiag = 4;

    /// <summary>NETLINK_NETFILTER: conntrack, nftables.</summary>
    public const int Netfilter = 12;

    /// <summary>NETLINK_KOBJECT_UEVENT: device events as text.</summary>
    public const int Uevent = 15;

    /// <summary>NETLINK_GENERIC.</summary>
    public const int Generic = 16;
}
