using static Wirehook.Netlink.Tests.Families.KernelMessages;

namespace Wirehook.Netlink.Tests.Families;

public sealed class TrafficControlTests
{
    private const string Root = "tc qdisc add dev wv0 root handle 1: htb default 10";

    [Fact]
    public void One_command_tells_the_removed_and_the_added_discipline()
    {
        var events = EventsOf(Root);
        Assert.Equal(["qdisc.removed", "qdisc.added"], events.Select(e => e.Event));
        Assert.Equal(["noqueue", "htb"], events.Select(e => Read(e, "qdisc.kind")));
        Assert.Equal(["3", "1:0", "root", "65536", "4294967295", "0"], Read(events[1], "ifindex", "qdisc.handle", "qdisc.parent", "qdisc.handle_id", "qdisc.parent_id", "qdisc.bytes"));
    }

    [Fact]
    public void Ingress_and_replaced_disciplines_are_told()
    {
        Assert.Equal(["ingress", "ffff:0", "ingress"], Read(Assert.Single(EventsOf("tc qdisc add dev wv1 ingress")), "qdisc.kind", "qdisc.handle", "qdisc.parent"));
        Assert.Equal(["noqueue", "pfifo"], EventsOf("tc qdisc replace dev wv1 root handle 5: pfifo limit 100").Select(e => Read(e, "qdisc.kind")));
        var removed = EventsOf(Root, "tc qdisc del dev wv0 root")[^1];
        Assert.Equal(["qdisc.removed", "90", "1"], [removed.Event, .. Read(removed, "qdisc.bytes", "qdisc.packets")]);
        Assert.NotNull(removed.Previous);
    }

    [Fact]
    public void Classes_are_told_by_handle_and_parent()
    {
        var added = Assert.Single(EventsOf("tc class add dev wv0 parent 1: classid 1:10 htb rate 10mbit"));
        Assert.Equal("class.added", added.Event);
        Assert.Equal(["htb", "1:10", "root", ""], Read(added, "class.kind", "class.handle", "class.parent", "class.leaf"));
        Assert.Equal("class.removed", Assert.Single(EventsOf("tc class del dev wv0 classid 1:10")).Event);
    }

    [Fact]
    public void Filters_are_told_with_priority_and_protocol()
    {
        var added = Assert.Single(EventsOf("tc filter add dev wv0 parent 1: protocol ip prio 5 u32 match ip dst 10.0.0.0/8 flowid 1:10"));
        Assert.Equal("filter.added", added.Event);
        Assert.Equal(["u32", "8000:800", "1:0", "5", "2048", "0"], Read(added, "filter.kind", "filter.handle", "filter.parent", "filter.priority", "tfilter.protocol", "filter.chain"));
        Assert.Equal("u32 8000:800 parent 1:0 pref 5 protocol ip", added.Current!.ToString());
        var removed = Assert.Single(EventsOf("tc filter del dev wv0 parent 1: prio 5"));
        Assert.Equal(["filter.removed", "0:0", "5"], [removed.Event, .. Read(removed, "filter.handle", "filter.priority")]);
    }
}
