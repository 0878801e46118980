using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;

namespace Wirehook.Netlink.Tests.State;

public class RouteEventTests
{
    private const ushort New = 24;
    private const ushort Delete = 25;

    [Fact]
    public void Default_routes_of_the_main_table_have_names_of_their_own()
    {
        var engine = new TestEngine().Loaded(Samples.NewLink(2, "eth0"));
        Assert.Equal(["route.default_added", "route.added"], One(engine, Samples.Route(New, "0.0.0.0/0", "192.0.2.1", 2)).Events);
        var changed = One(engine, Samples.Route(New, "0.0.0.0/0", "192.0.2.2", 2, flags: NetlinkFlags.Replace));
        Assert.Equal(["route.default_changed", "route.changed"], changed.Events);
        Assert.Equal(("192.0.2.1", "192.0.2.2"), (Value(changed, "old.route.gateway"), Value(changed, "gateway")));
        var linkDown = Samples.Route(New, "0.0.0.0/0", "192.0.2.2", 2, flags: NetlinkFlags.Replace);
        linkDown[24] = 16; // rtm_flags: RTNH_F_LINKDOWN
        Assert.Equal(["route.changed"], One(engine, linkDown).Events);
        Assert.Equal(["route.default_removed", "route.removed"], One(engine, Samples.Route(Delete, "0.0.0.0/0", "192.0.2.2", 2)).Events);
        Assert.Equal(["route.added"], One(engine, Samples.Route(New, "0.0.0.0/0", "192.0.2.1", 2, table: 100)).Events);
        Assert.Equal(["route.default_added", "route.added"], One(engine, Samples.Route(New, "::/0", "2001:db8::1", 2, 1024)).Events);
    }

    [Fact]
    public void Appended_routes_stand_beside_the_first_and_a_replacement_takes_the_first()
    {
        var engine = new TestEngine().Loaded();
        engine.Feed(Samples.Route(New, "10.0.0.0/8", "192.0.2.1", 2, flags: NetlinkFlags.Create));
        Assert.Equal("route.added", One(engine, Samples.Route(New, "10.0.0.0/8", "192.0.2.2", 2, flags: NetlinkFlags.Create | NetlinkFlags.Append)).Event);
        Assert.Equal("route.added", One(engine, Samples.Route(New, "10.0.0.0/8", "192.0.2.0", 2, flags: NetlinkFlags.Create)).Event);
        var replaced = One(engine, Samples.Route(New, "10.0.0.0/8", "192.0.2.9", 2, flags: NetlinkFlags.Replace));
        Assert.Equal(("route.changed", "192.0.2.0"), (replaced.Event, Value(replaced, "old.route.gateway")));
        Assert.Equal(["192.0.2.1", "192.0.2.2", "192.0.2.9"], engine.Namespace.Objects(Samples.Family("route")).Select(o => o.Family.Fields[2].Get(o).ToString()).Order());
    }

    [Fact]
    public void IPv6_routes_of_one_metric_become_one_route_with_several_nexthops()
    {
        var engine = new TestEngine().Loaded();
        engine.Feed(Samples.Route(New, "2001:db8::/32", "fe80::1", 2, 1024));
        var both = Samples.NextHops(("fe80::1", 2), ("fe80::2", 3));
        Assert.Equal("route.changed", One(engine, Samples.Route(New, "2001:db8::/32", null, 0, 1024, NetlinkFlags.Append, attributes: both)).Event);
        var left = One(engine, Samples.Route(Delete, "2001:db8::/32", "fe80::1", 2, 1024));
        Assert.Equal(("route.changed", (ushort)25, "fe80::2"), (left.Event, left.MessageType, Value(left, "gateway")));
        Assert.Equal("route.unchanged", One(engine, Samples.Route(Delete, "2001:db8::/32", "fe80::77", 2, 1024)).Event);
        Assert.Equal("route.removed", One(engine, Samples.Route(Delete, "2001:db8::/32", "fe80::2", 3, 1024)).Event);
        Assert.Empty(engine.Namespace.Objects(Samples.Family("route")));
    }

    [Fact]
    public void The_kernels_IPv6_routes_of_several_interfaces_stay_apart()
    {
        var engine = new TestEngine().Loaded();
        engine.Feed(Samples.Route(New, "fe80::/64", null, 2, 256, protocol: 2), Samples.Route(New, "fe80::/64", null, 3, 256, protocol: 2));
        Assert.Equal(2, engine.Namespace.Objects(Samples.Family("route")).Count());
        Assert.Equal("route.removed", One(engine, Samples.Route(Delete, "fe80::/64", null, 2, 256, protocol: 2)).Event);
        Assert.Equal([3], engine.Namespace.Objects(Samples.Family("route")).Select(o => o.InterfaceIndex));
    }

    [Fact]
    public void Cached_exceptions_are_told_and_not_kept()
    {
        var engine = new TestEngine().Loaded();
        var cloned = Samples.Route(New, "10.0.0.1/32", "192.0.2.1", 2);
        cloned[NetlinkMessage.HeaderLength + 9] = 2;
        Assert.Equal("route.added", One(engine, cloned).Event);
        Assert.Empty(engine.Namespace.Objects(Samples.Family("route")));
    }

    [Fact]
    public void A_forwarding_entry_that_moves_between_ports_changes()
    {
        var engine = new TestEngine().Loaded(Samples.NewLink(2, "port1"), Samples.NewLink(3, "port2"), Samples.NewLink(9, "br0"));
        byte[] mac = [2, 0, 0, 0, 0, 1];
        Assert.Equal("neigh.added", One(engine, Samples.Forwarding(28, 2, 9, mac)).Event);
        var moved = One(engine, Samples.Forwarding(28, 3, 9, mac));
        Assert.Equal(("neigh.changed", "port2", "br0"), (moved.Event, moved.Interface, Value(moved, "neigh.master_name")));
        Assert.Equal(["ifindex"], EventSchema.Find("changed")!.Get(moved).AsList);
        Assert.Equal(["port1", "br0", "port2"], new[] { 2, 9, 3 }.Select(i => engine.Namespace.NameOf(i)));
    }

    private static NetworkEvent One(TestEngine engine, byte[] message) => Assert.Single(engine.Feed(message));

    private static string Value(NetworkEvent e, string field) => EventSchema.Find(field)!.Get(e).ToString();
}
