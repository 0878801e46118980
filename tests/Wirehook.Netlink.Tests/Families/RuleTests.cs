using Wirehook.Netlink.Events;
using static Wirehook.Netlink.Tests.Families.KernelMessages;

namespace Wirehook.Netlink.Tests.Families;

public sealed class RuleTests
{
    private const string Marked = "ip rule add from 10.1.0.0/16 to 10.2.0.0/24 iif lo fwmark 0x10/0xff tos 0x10 table 100 pref 1000";
    private const string Ports = "ip rule add pref 1001 ipproto tcp sport 1000-2000 dport 443 table 101 suppress_prefixlength 0";
    private const string Blackhole = "ip rule add pref 1002 from 192.0.2.1 blackhole";

    [Fact]
    public void Selectors_and_table_are_read()
    {
        var e = Assert.Single(EventsOf(Marked));
        Assert.Equal(["rule.added", "RTM_NEWRULE", "lo", "15279"], [e.Event, e.MessageName, e.Interface, e.PortId.ToString()]);
        Assert.Equal(
            ["2", "1000", "100", "1", "10.1.0.0/16", "10.2.0.0/24", "lo", "16", "255", "16", ""],
            Read(e, "rule.family", "rule.priority", "netlink.rule.table", "rule.action", "rule.from", "rule.to", "rule.iifname", "rule.fwmark", "rule.mask", "rule.tos", "rule.dscp"));
        Assert.Equal("1000: from 10.1.0.0/16 to 10.2.0.0/24 tos 0x10 fwmark 0x10/0xff iif lo table 100", e.Current!.ToString());
    }

    [Fact]
    public void Port_ranges_and_suppression_are_read()
    {
        var e = Assert.Single(EventsOf(Ports));
        Assert.Equal(
            ["6", "1000-2000", "1000", "2000", "443", "443", "0", ""],
            Read(e, "rule.ip_proto", "rule.sport_range", "rule.sport_first", "rule.sport_last", "rule.dport_range", "rule.dport_last", "rule.suppress_prefixlength", "rule.suppress_ifgroup"));
        Assert.Equal("1001: from all ipproto tcp sport 1000-2000 dport 443 table 101 suppress_prefixlength 0", e.Current!.ToString());
    }

    [Fact]
    public void Other_actions_users_and_families_are_read()
    {
        Assert.Equal("1002: from 192.0.2.1/32 blackhole", EventsOf(Blackhole)[0].Current!.ToString());
        Assert.Equal("1003: from all goto 32766", EventsOf("ip rule add pref 1003 goto 32766")[0].Current!.ToString());
        var users = EventsOf("ip -6 rule add pref 1004 from 2001:db8::/32 uidrange 1000-2000 lookup main")[0];
        Assert.Equal("1004: from 2001:db8::/32 uidrange 1000-2000 table main", users.Current!.ToString());
        Assert.Equal(["10", "1000", "2000"], Read(users, "rule.family", "rule.uid_first", "rule.uid_last"));
        var unresolved = EventsOf("ip rule add pref 1005 oif notthere table 200 protocol static")[0];
        Assert.Equal(["notthere", "4", "16"], Read(unresolved, "rule.oifname", "rule.protocol", "rule.flags"));
    }

    [Fact]
    public void A_removed_rule_is_the_one_that_was_added()
    {
        var events = EventsOf(Blackhole, "ip rule del pref 1002");
        Assert.Equal(["rule.added", "rule.removed"], events.Select(e => e.Event));
        Assert.True(events[0].Current!.IsSameObject(events[1].Current!));
        Assert.Same(events[0].Current, events[1].Previous);
        Assert.False(events[0].Current!.IsSameObject(EventsOf(Ports)[0].Current!));
    }

    [Fact]
    public void A_rule_without_interface_index_names_no_interface_for_other_events()
    {
        var events = EventsOf(Marked, Blackhole, Ports);
        Assert.Equal(["lo", "", ""], events.Select(e => e.Interface));
    }

    [Fact]
    public void Rules_of_one_address_family_are_not_missed_in_the_dump_of_the_other()
    {
        var engine = new State.TestEngine();
        var family = Samples.Family("rule");
        foreach (var request in family.Dumps) engine.Dump(request);
        Assert.Single(engine.Feed(All.Single(m => m.Command == Blackhole).Datagram));
        Assert.Empty(engine.Dump(family.Dumps[1]));
        Assert.Equal("rule.removed", Assert.Single(engine.Dump(family.Dumps[0])).Event);
    }
}
