namespace Wirehook.Netlink.Events;

/// <summary>Names of the seed's language for events that Wirehook does not receive. They are known, so that a condition that uses them can be read, and always absent;
/// a family that provides one takes its place.</summary>
internal static class ForeignFields
{
    private const string Numbers =
        """
        netlink.genl_cmd netlink.genl_version netlink.genl_family_id
        netlink.diag.family netlink.diag.state netlink.diag.protocol netlink.diag.src_port netlink.diag.dst_port netlink.diag.uid netlink.diag.inode
        netlink.ct.protocol netlink.ct.tcp_state netlink.ct.src_port netlink.ct.dst_port netlink.ct.mark
        netlink.nl80211.cmd netlink.nl80211.wiphy netlink.nl80211.ifindex netlink.nl80211.iftype netlink.nl80211.freq
        netlink.qca.subcmd netlink.qca.vendor_id
        wmi.cmd_id wmi.vdev wmi.pdev wmi.stats_id memory_usage
        """;

    private const string Texts =
        """
        netlink.genl_family_name netlink.diag.src_addr netlink.diag.dst_addr netlink.ct.src_addr netlink.ct.dst_addr netlink.nl80211.ifname netlink.qca.subcmd_name
        wmi.cmd wmi.stats wmi.peer
        """;

    public static IReadOnlyList<EventField> All { get; } = [.. Of(Numbers, NetworkValueKind.Number), .. Of(Texts, NetworkValueKind.Text)];

    private static IEnumerable<EventField> Of(string names, NetworkValueKind kind) =>
        names.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(name => new EventField(name, kind, "Always absent: Wirehook receives no such events.", static _ => default) { NeverPresent = true });
}
