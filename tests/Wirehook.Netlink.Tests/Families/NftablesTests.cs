using static Wirehook.Netlink.Tests.Families.KernelMessages;

namespace Wirehook.Netlink.Tests.Families;

public sealed class NftablesTests
{
    [Fact]
    public void Every_transaction_ends_with_its_generation()
    {
        var events = EventsOf("nft add table inet t1");
        Assert.Equal(["nft.table_added", "nft.generation_changed"], events.Select(e => e.Event));
        Assert.Equal(["table", "1", "t1", "1"], Read(events[0], "nft.kind", "nft.family", "nft.table", "nftables.handle"));
        Assert.Equal(["2", "15349", "nft"], Read(events[1], "nft.generation", "nft.process_id", "nft.process_name"));
        Assert.Equal("generation 2 by nft", events[1].Current!.ToString());
    }

    [Fact]
    public void Base_chains_have_hooks_and_policies()
    {
        var e = EventsOf("nft 'add chain inet t1 c1 { type filter hook input priority 0; policy accept; }'")[0];
        Assert.Equal(["nft.chain_added", "c1", "input", "0", "1", "filter"], [e.Event, .. Read(e, "nft.chain", "nft.hook", "nft.priority", "nft.policy", "nft.type")]);
        Assert.Equal("chain inet t1 c1 hook input priority 0 policy accept handle 1", e.Current!.ToString());
        Assert.Equal("chain inet t1 c2 handle 2", EventsOf("nft 'add chain inet t1 c2'")[0].Current!.ToString());
    }

    [Fact]
    public void Sets_and_their_elements_are_told()
    {
        var set = EventsOf("nft 'add set inet t1 s1 { type ipv4_addr; flags timeout; comment \"hello\"; }'")[0];
        Assert.Equal(["nft.set_added", "s1", "3", "4", "hello"], [set.Event, .. Read(set, "nft.set", "nft.handle", "nft.key_length", "nft.comment")]);
        var added = EventsOf("nft 'add element inet t1 s1 { 10.0.0.1, 10.0.0.2 timeout 1h }'");
        Assert.Equal(["nft.element_added", "nft.element_added", "nft.generation_changed"], added.Select(e => e.Event));
        Assert.Equal(["10.0.0.1", "10.0.0.2"], added[..2].Select(e => Read(e, "nft.elements")));
        Assert.Equal(["nft.element_removed", "s1", "10.0.0.1", "1"], [.. EventsOf("nft 'delete element inet t1 s1 { 10.0.0.1 }'")[..1].SelectMany(e => (string[])[e.Event, .. Read(e, "nft.name", "nft.elements", "nft.element_count")])]);
    }

    [Fact]
    public void Rules_have_expressions_and_comments()
    {
        var e = EventsOf("nft 'add rule inet t1 c1 ip saddr @s1 counter accept comment \"ok\"'")[0];
        Assert.Equal(["nft.rule_added", "c1", "4", "meta,cmp,payload,lookup,counter,immediate", "ok"], [e.Event, .. Read(e, "nft.chain", "nft.handle", "nft.expressions", "nft.comment")]);
        Assert.Equal("rule inet t1 c1 meta cmp payload lookup counter immediate comment ok handle 4", e.Current!.ToString());
        Assert.Equal(["nft.rule_removed", "nft.rule_removed", "nft.generation_changed"], EventsOf("nft 'flush chain inet t1 c1'").Select(x => x.Event));
    }

    [Fact]
    public void Objects_and_flowtables_are_told()
    {
        Assert.Equal(["nft.object_added", "k1"], [.. EventsOf("nft 'add counter inet t1 k1'")[..1].SelectMany(e => (string[])[e.Event, Read(e, "nft.name")])]);
        var body = Bytes.Join(
            [1, 0, 0, 1], Bytes.Attribute(1, "t1"), Bytes.Attribute(2, "f1"),
            Bytes.Nested(3, Bytes.Attribute(1, 0, 0, 0, 0), Bytes.Attribute(2, 0xFF, 0xFF, 0xFF, 0xF6), Bytes.Nested(3, Bytes.Attribute(1, "eth0"), Bytes.Attribute(1, "eth1"))));
        var e = Assert.Single(EventsOf(12, Bytes.Message(0xA16, body)));
        Assert.Equal(["nft.flowtable_added", "eth0", "eth0,eth1", "-10"], [e.Event, e.Interface, .. Read(e, "nft.devices", "nft.priority")]);
    }

    [Fact]
    public void Removing_a_table_removes_what_it_holds()
    {
        var events = EventsOf("nft delete table inet t1");
        Assert.Contains("nft.rule_removed", events.Select(e => e.Event));
        Assert.Contains("nft.table_removed", events.Select(e => e.Event));
        Assert.Equal("nft.generation_changed", events[^1].Event);
    }
}
