using static Wirehook.Netlink.Tests.Families.KernelMessages;

namespace Wirehook.Netlink.Tests.Families;

public sealed class ConntrackTests
{
    private const string Tcp = "conntrack -I -p tcp -s 10.9.0.1 -d 10.9.0.2 --sport 1111 --dport 80 --state ESTABLISHED -t 100 -u SEEN_REPLY -m 7";

    [Fact]
    public void A_connection_is_read_in_network_order()
    {
        var e = Assert.Single(EventsOf(Tcp));
        Assert.Equal(["ct.new", "IPCTNL_MSG_CT_NEW", ""], [e.Event, e.MessageName, e.Interface]);
        Assert.Equal(
            ["6", "3", "10.9.0.1", "1111", "10.9.0.2", "80", "7", "100", "10", "3960510871"],
            Read(e, "netlink.ct.protocol", "netlink.ct.tcp_state", "netlink.ct.src_addr", "ct.src_port", "conntrack.dst_addr", "netlink.data.conntrack.dst_port", "netlink.data.conntrack.mark", "ct.timeout", "ct.status", "ct.id"));
        Assert.Equal(["10.9.0.2", "80", "10.9.0.1", "1111"], Read(e, "ct.reply_src_addr", "ct.reply_src_port", "ct.reply_dst_addr", "ct.reply_dst_port"));
        Assert.Equal("TCP ESTABLISHED 10.9.0.1:1111 to 10.9.0.2:80 SEEN_REPLY,CONFIRMED mark 0x7", e.Current!.ToString());
    }

    [Fact]
    public void Updates_and_ends_are_told_from_beginnings()
    {
        var update = Assert.Single(EventsOf("conntrack -U -p tcp -s 10.9.0.1 -d 10.9.0.2 --sport 1111 --dport 80 -m 9"));
        Assert.Equal(["ct.updated", "9"], [update.Event, Read(update, "ct.mark")]);
        var end = Assert.Single(EventsOf("conntrack -D -p tcp"));
        Assert.Equal(["ct.destroyed", "IPCTNL_MSG_CT_DELETE", "SEEN_REPLY,CONFIRMED,DYING"], [end.Event, end.MessageName, end.Current!.ToString()!.Split(' ')[^3]]);
    }

    [Fact]
    public void Other_protocols_and_families_are_read()
    {
        Assert.Equal(["17", "53", ""], Read(EventsOf("conntrack -I -p udp -s 10.9.0.1 -d 10.9.0.2 --sport 1111 --dport 53 -t 100")[0], "ct.protocol", "ct.dst_port", "ct.tcp_state"));
        var icmp = EventsOf("conntrack -I -p icmp -s 10.9.0.1 -d 10.9.0.2 --icmp-type 8 --icmp-code 0 --icmp-id 77 -t 50")[0];
        Assert.Equal(["8", "0", "77", ""], Read(icmp, "ct.icmp_type", "ct.icmp_code", "ct.icmp_id", "ct.src_port"));
        var six = EventsOf("conntrack -I -p tcp -s 2001:db8::1 -d 2001:db8::2 --sport 1111 --dport 80 --state SYN_SENT -t 100")[0];
        Assert.Equal(["10", "2001:db8::1", "2001:db8::2", "1"], Read(six, "ct.family", "ct.src_addr", "ct.dst_addr", "ct.tcp_state"));
    }

    [Fact]
    public void Counters_zone_helper_and_times_are_read()
    {
        static byte[] Big(ulong value) => [.. BitConverter.GetBytes(value).Reverse()];
        var body = Bytes.Join(
            [2, 0, 0, 0],
            Bytes.Nested(1, Bytes.Nested(1, Bytes.Attribute(1, 10, 0, 0, 1), Bytes.Attribute(2, 10, 0, 0, 2)), Bytes.Nested(2, Bytes.Attribute(1, 132), Bytes.Attribute(2, 0, 7), Bytes.Attribute(3, 1, 0))),
            Bytes.Nested(4, Bytes.Nested(3, Bytes.Attribute(1, 4))),
            Bytes.Nested(5, Bytes.Attribute(1, "ftp")),
            Bytes.Nested(9, Bytes.Attribute(1, Big(5)), Bytes.Attribute(2, Big(500))),
            Bytes.Nested(10, Bytes.Attribute(1, Big(1)), Bytes.Attribute(2, Big(60))),
            Bytes.Attribute(18, 0, 9),
            Bytes.Nested(20, Bytes.Attribute(1, Big(1_700_000_000_000_000_000)), Bytes.Attribute(2, Big(1_700_000_001_000_000_000))));
        var e = Assert.Single(EventsOf(12, Bytes.Message(0x102, body)));
        Assert.Equal(
            ["132", "7", "256", "4", "ftp", "6", "560", "5", "60", "9", "1700000000000000000", "1700000001000000000"],
            Read(e, "ct.protocol", "ct.sport", "ct.dport", "ct.sctp_state", "ct.helper", "ct.packets", "ct.bytes", "ct.orig_packets", "ct.reply_bytes", "ct.zone", "ct.start", "ct.stop"));
    }
}
