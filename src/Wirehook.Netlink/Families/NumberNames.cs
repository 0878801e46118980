namespace Wirehook.Netlink.Families;

/// <summary>Names of numbers that several families share.</summary>
internal static class NumberNames
{
    /// <summary>IP protocols that carry names here (linux/in.h IPPROTO_*).</summary>
    public static IReadOnlyDictionary<string, long> IpProtocols { get; } = Symbols.Of(
        ("ICMP", 1), ("IGMP", 2), ("IPIP", 4), ("TCP", 6), ("UDP", 17), ("DCCP", 33), ("GRE", 47), ("ESP", 50), ("AH", 51), ("ICMPV6", 58),
        ("SCTP", 132), ("UDPLITE", 136));
}
