using System.Globalization;

namespace Wirehook.Netlink.Families.Nftables;

/// <summary>Names of nftables' numbers, as <c>nft</c> prints them.</summary>
internal static class NftNames
{
    private const byte Netdev = 5;
    private const uint InetIngress = 5;
    private static readonly string[] Kinds = ["table", "chain", "rule", "set", "element", "object", "flowtable", "generation"];
    private static readonly string[] IpHooks = ["prerouting", "input", "forward", "output", "postrouting"];
    private static readonly string[] NetdevHooks = ["ingress", "egress"];

    /// <summary>Address families (linux/netfilter.h NFPROTO_*).</summary>
    public static IReadOnlyDictionary<string, long> Families { get; } =
        Symbols.Of(("inet", 1), ("ip", 2), ("arp", 3), ("netdev", Netdev), ("bridge", 7), ("ip6", 10));

    /// <summary>The kernel's words for them.</summary>
    public static IReadOnlyDictionary<string, long> ProtocolNames { get; } =
        Symbols.Of(("INET", 1), ("IPV4", 2), ("ARP", 3), ("NETDEV", Netdev), ("BRIDGE", 7), ("IPV6", 10));

    /// <summary>What a chain does with what no rule decided.</summary>
    public static IReadOnlyDictionary<string, long> Policies { get; } = Symbols.Of(("drop", 0), ("accept", 1));

    /// <summary>The word for a kind.</summary>
    public static string Kind(NftKind kind) => Kinds[(int)kind];

    /// <summary>The word for an address family; its number where it has none.</summary>
    public static string Family(byte family)
    {
        foreach (var (name, number) in Families)
        {
            if (number == family) return name;
        }

        return family.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The word for a hook (linux/netfilter.h NF_INET_*, NF_NETDEV_*); its number where it has none.</summary>
    public static string Hook(byte family, uint number)
    {
        var names = family == Netdev ? NetdevHooks : IpHooks;
        if (number < names.Length) return names[number];
        return number == InetIngress ? "ingress" : number.ToString(CultureInfo.InvariantCulture);
    }
}
