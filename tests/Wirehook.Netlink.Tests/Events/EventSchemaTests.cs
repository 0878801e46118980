using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families;
using Wirehook.Netlink.Tests.State;

namespace Wirehook.Netlink.Tests;

public class EventSchemaTests
{
    private const string SeedNames =
        """
        interface message_type event_type namespace timestamp sequence
        netlink.protocol netlink.msg_type netlink.msg_flags netlink.seq netlink.pid netlink.genl_cmd netlink.genl_version netlink.genl_family_id netlink.genl_family_name
        netlink.link.ifname netlink.link.ifindex netlink.link.flags netlink.link.mtu netlink.link.operstate netlink.link.qdisc
        netlink.addr.family netlink.addr.ifindex netlink.addr.prefixlen netlink.addr.scope netlink.addr.addr netlink.addr.label
        netlink.route.family netlink.route.oif netlink.route.protocol netlink.route.scope netlink.route.type netlink.route.priority
        netlink.route.dst netlink.route.src netlink.route.gateway
        netlink.neigh.family netlink.neigh.ifindex netlink.neigh.state netlink.neigh.dst
        netlink.diag.family netlink.diag.state netlink.diag.protocol netlink.diag.src_port netlink.diag.dst_port netlink.diag.uid netlink.diag.inode
        netlink.diag.src_addr netlink.diag.dst_addr
        netlink.ct.protocol netlink.ct.tcp_state netlink.ct.src_port netlink.ct.dst_port netlink.ct.mark netlink.ct.src_addr netlink.ct.dst_addr
        netlink.nl80211.cmd netlink.nl80211.wiphy netlink.nl80211.ifindex netlink.nl80211.iftype netlink.nl80211.freq netlink.nl80211.ifname
        netlink.qca.subcmd netlink.qca.vendor_id netlink.qca.subcmd_name
        """;

    [Fact]
    public void Every_name_of_the_seed_is_known()
    {
        var names = SeedNames.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(65, names.Length);
        Assert.DoesNotContain(names, n => EventSchema.Find(n) is null);
        Assert.Equal(NetworkValueKind.Number, EventSchema.Find("netlink.neigh.state")!.Kind);
        Assert.Equal(2, EventSchema.Find("netlink.neigh.state")!.Symbols["REACHABLE"]);
    }

    [Theory]
    [InlineData("link.mtu", "link.mtu")]
    [InlineData("MTU", null)]
    [InlineData("Netlink.Link.MTU", "link.mtu")]
    [InlineData("netlink.data.link.ifname", "link.name")]
    [InlineData("neighbour.lladdr", "neigh.lladdr")]
    [InlineData("old.netlink.link.mtu", "old.link.mtu")]
    [InlineData("changed.link.operstate", "changed.link.operstate")]
    [InlineData("event.type", "message_type")]
    [InlineData("netlink.msg_type", "message_type")]
    [InlineData("events", "event")]
    [InlineData("lladdr", "lladdr")]
    [InlineData("gateway", null)]
    [InlineData("event.flags", "link.flags")]
    [InlineData("severity", "severity")]
    [InlineData("priority", "priority")]
    public void Names_are_found_in_all_spellings(string name, string? canonical)
    {
        var field = EventSchema.Find(name);
        Assert.NotNull(field);
        if (canonical is not null) Assert.Equal(canonical, field.Name);
    }

    [Theory]
    [InlineData("nosuchfield")]
    [InlineData("link.nosuch")]
    [InlineData("old.timestamp")]
    [InlineData("changed.interface")]
    [InlineData("old.")]
    [InlineData("")]
    public void Other_names_are_not(string name) => Assert.Null(EventSchema.Find(name));

    [Fact]
    public void Constants_are_the_kernels()
    {
        Assert.Equal(16, EventSchema.Constants["RTM_NEWLINK"]);
        Assert.Equal(25, EventSchema.Constants["rtm_delroute"]);
        Assert.Equal(0x10000, EventSchema.Constants["IFF_LOWER_UP"]);
        Assert.Equal(2, EventSchema.Constants["NUD_REACHABLE"]);
        Assert.Equal(254, EventSchema.Constants["RT_TABLE_MAIN"]);
        Assert.Equal(253, EventSchema.Constants["RT_SCOPE_LINK"]);
        Assert.Equal(6, EventSchema.Constants["IF_OPER_UP"]);
        Assert.Equal(10, EventSchema.Constants["AF_INET6"]);
        Assert.Equal(1, EventSchema.Constants["TCP_ESTABLISHED"]);
    }

    [Fact]
    public void Every_family_has_at_most_64_fields_with_distinct_names()
    {
        foreach (var family in NetlinkFamily.All)
        {
            Assert.InRange(family.Fields.Count, 1, 64);
            Assert.Equal(family.Fields.Count, family.Fields.Select(f => f.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.All(family.EventNames, n => Assert.StartsWith(family.EventNames[0].Name.Split('.')[0] + ".", n.Name, StringComparison.Ordinal));
        }

        Assert.Equal(EventSchema.Fields.Count, EventSchema.Fields.Select(f => f.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        var engine = new TestEngine().Loaded(Samples.NewLink(3, "veth0"));
        var change = engine.Feed(Samples.NewLink(3, "veth0", Samples.Up | Samples.LowerUp, 1400))[0];
        var fields = EventSchema.Fields.Concat([EventSchema.Find("old.link.mtu")!, EventSchema.Find("changed.mtu")!, EventSchema.Find("flags")!]).ToArray();
        foreach (var field in fields)
        {
            // The first call fills what is shared between events; the second is the first to find it there, and has that code compiled.
            field.Get(change);
            field.Get(change);
            var before = GC.GetAllocatedBytesForCurrentThread();
            field.Get(change);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated == 0, $"{field.Name} allocates {allocated} bytes.");
        }

        // Once the code has run, finding a list costs nothing from its first use on, nor does any number of reads.
        var changed = EventSchema.Find("changed")!;
        var other = engine.Feed(Samples.NewLink(3, "veth0", Samples.Up, 1400))[0];
        Assert.NotEqual(change.Changed, other.Changed);
        changed.Get(other);
        var start = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++) changed.Get(i % 2 == 0 ? other : change);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - start);

        Assert.Equal(1500, EventSchema.Find("old.link.mtu")!.Get(change).AsNumber);
        Assert.True(EventSchema.Find("changed.mtu")!.Get(change).AsFlag);
        Assert.False(EventSchema.Find("route.dst")!.Get(change).IsPresent);
    }

    [Fact]
    public void An_event_matters_as_much_as_its_weightiest_name()
    {
        var engine = new TestEngine().Loaded();
        Assert.Equal(EventSeverity.Critical, EventSchema.SeverityOf(engine.Overrun()[0]));
        Assert.Equal("critical", EventSchema.Find("severity")!.Get(engine.Overrun()[0]).AsText);
    }
}
