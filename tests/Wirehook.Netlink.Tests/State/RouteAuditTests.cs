using System.Runtime.InteropServices;
using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.State;

namespace Wirehook.Netlink.Tests.State;

public class RouteAuditTests
{
    private const ushort New = 24;

    private static TestEngine Engine()
    {
        var engine = new TestEngine().Loaded(Samples.NewLink(2, "eth0", Samples.Up), Samples.NewLink(3, "eth1", Samples.Up));
        engine.Feed(
            Samples.Route(New, "10.1.0.0/16", "192.0.2.1", 2),
            Samples.Route(New, "10.2.0.0/16", "192.0.2.1", 3),
            Samples.Route(New, "0.0.0.0/0", "192.0.2.1", 2),
            Samples.Route(New, "2001:db8::/32", "2001:db8::1", 8));
        return engine;
    }

    [Fact]
    public void Nothing_is_asked_where_nothing_can_have_vanished()
    {
        var engine = Engine();
        Assert.False(engine.Engine.TryTakeAudit(engine.Namespace, out _));
        engine.Feed(Samples.NewLink(9, "eth9", Samples.Up), Samples.NewLink(9, "eth9"), Samples.DelLink(9, "eth9"));
        Assert.False(engine.Engine.TryTakeAudit(engine.Namespace, out _));
        Assert.Equal(0, engine.Engine.Audits);
    }

    [Fact]
    public void Routes_over_an_interface_that_went_down_come_as_removed()
    {
        var engine = Engine();
        engine.Feed(Samples.NewLink(2, "eth0"));
        Assert.True(engine.Engine.TryTakeAudit(engine.Namespace, out var request));
        Assert.Equal(28 + 8, request.Length);
        Assert.Equal((26, 0x301), (MemoryMarshal.Read<ushort>(request.AsSpan(4)), MemoryMarshal.Read<ushort>(request.AsSpan(6))));
        var events = engine.Dump(request);
        Assert.Equal(2, events.Length);
        Assert.All(events, e => Assert.True(e is { Synthetic: true, MessageType: 25, MessageName: "RTM_DELROUTE", Interface: "eth0" }));
        Assert.Contains(events, e => e.Event == "route.default_removed");
        Assert.Equal(["10.2.0.0/16", "2001:db8::/32"], Destinations(engine));
        Assert.False(engine.Engine.TryTakeAudit(engine.Namespace, out _));
    }

    [Fact]
    public void Several_interfaces_are_asked_about_at_once()
    {
        var engine = Engine();
        engine.Feed(Samples.NewLink(2, "eth0"), Samples.NewLink(3, "eth1"));
        Assert.True(engine.Engine.TryTakeAudit(engine.Namespace, out var request));
        Assert.Equal(28, request.Length);
        Assert.Equal(3, engine.Dump(request).Length);
        Assert.Equal(["2001:db8::/32"], Destinations(engine));
    }

    [Fact]
    public void An_interface_that_is_gone_cannot_be_asked_about_alone()
    {
        var engine = Engine();
        engine.Feed(Samples.DelLink(2, "eth0"));
        Assert.True(engine.Engine.TryTakeAudit(engine.Namespace, out var request));
        Assert.Equal(28, request.Length);
        var events = engine.Dump(request, Samples.Route(New, "10.2.0.0/16", "192.0.2.1", 3));
        Assert.Equal(["eth0", "eth0"], events.Select(e => e.Interface));
    }

    [Fact]
    public void Routes_with_a_source_address_that_was_removed()
    {
        var engine = Engine();
        engine.Feed(Samples.Route(New, "10.7.0.0/16", "192.0.2.1", 3, attributes: Bytes.Attribute(7, 192, 0, 2, 77)));
        engine.Feed(Samples.Address(21, 9, "192.0.2.78"));
        Assert.False(engine.Engine.TryTakeAudit(engine.Namespace, out _));
        engine.Feed(Samples.Address(21, 9, "192.0.2.77"));
        Assert.True(engine.Engine.TryTakeAudit(engine.Namespace, out _));
    }

    [Fact]
    public void What_an_audit_finds_otherwise_is_a_change()
    {
        var engine = Engine();
        engine.Feed(Samples.NewLink(2, "eth0", Samples.Up | Samples.LowerUp));
        Assert.True(engine.Engine.TryTakeAudit(engine.Namespace, out var request));
        var changed = engine.Dump(request, Samples.Route(New, "10.1.0.0/16", "192.0.2.9", 2), Samples.Route(New, "0.0.0.0/0", "192.0.2.1", 2));
        Assert.Equal(["route.changed"], Assert.Single(changed).Events);
        Assert.Equal("192.0.2.1", EventSchema.Find("old.route.gateway")!.Get(changed[0]).ToString());
    }

    [Fact]
    public void A_nexthop_of_an_IPv6_route_that_died_is_found()
    {
        var engine = Engine();
        var hops = Samples.NextHops(("2001:db8::2", 8), ("2001:db8::3", 9));
        engine.Feed(Samples.NewLink(8, "eth8", Samples.Up | Samples.LowerUp), Samples.Route(New, "2001:db8:1::/48", null, 0, 1024, attributes: hops));
        engine.Feed(Samples.NewLink(8, "eth8"));
        Assert.True(engine.Engine.TryTakeAudit(engine.Namespace, out var request));
        Assert.Equal((10, 28 + 8), (request[16], request.Length));
        hops[4 + 2] = 1;
        var events = engine.Dump(request, Samples.Route(New, "2001:db8:1::/48", null, 0, 1024, attributes: hops));
        Assert.Equal(["route.changed", "route.removed"], events.Select(e => e.Event));
        Assert.Contains("via 2001:db8::2 dev eth8 weight 1 dead", EventSchema.Find("route.nexthops")!.Get(events[0]).AsList);
    }

    [Fact]
    public void A_failed_audit_is_asked_again_for_everything()
    {
        var engine = Engine();
        engine.Feed(Samples.NewLink(2, "eth0"));
        Assert.True(engine.Engine.TryTakeAudit(engine.Namespace, out var request));
        var (sequence, _) = engine.Begin(request);
        Assert.False(engine.Engine.TryTakeAudit(engine.Namespace, out _));
        engine.Feed(Bytes.Done(sequence, 19));
        Assert.Equal(DumpOutcome.Failed, engine.Namespace.LastDump(NetlinkProtocol.Route));
        Assert.True(engine.Engine.TryTakeAudit(engine.Namespace, out request));
        Assert.Equal((2, 28), (request[16], request.Length));
        engine.Dump(request);
        Assert.True(engine.Engine.TryTakeAudit(engine.Namespace, out request));
        Assert.Equal((10, 28), (request[16], request.Length));
    }

    private static string[] Destinations(TestEngine engine) =>
        [.. engine.Namespace.Objects(Samples.Family("route")).Select(o => o.Family.Fields[0].Get(o).ToString()).Order(StringComparer.Ordinal)];
}
