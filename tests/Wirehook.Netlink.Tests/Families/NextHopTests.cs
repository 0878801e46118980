using static Wirehook.Netlink.Tests.Families.KernelMessages;

namespace Wirehook.Netlink.Tests.Families;

public sealed class NextHopTests
{
    private const string First = "ip nexthop add id 1 via 10.9.0.2 dev wv0";
    private const string Second = "ip nexthop add id 2 via 10.9.0.3 dev wv0 protocol static";
    private const string Group = "ip nexthop add id 10 group 1,3/2,7";

    [Fact]
    public void A_gateway_is_read()
    {
        var e = Assert.Single(EventsOf(First));
        Assert.Equal("nexthop.added", e.Event);
        Assert.Equal(3, e.InterfaceIndex);
        Assert.Equal(["1", "2", "10.9.0.2", "3", "253", "0", ""], Read(e, "nexthop.id", "nexthop.family", "nexthop.gateway", "nexthop.oif", "nexthop.scope", "nexthop.flags", "nexthop.members"));
        Assert.Equal("4", Read(EventsOf(Second)[0], "nexthop.protocol"));
        Assert.Equal(["fe80::1", "4"], Read(EventsOf("ip -6 nexthop add id 13 via fe80::1 dev wv0 onlink")[0], "nexthop.gateway", "nexthop.flags"));
    }

    [Fact]
    public void Groups_are_read_with_weights()
    {
        var group = Assert.Single(EventsOf(Group));
        Assert.Equal(["1,2", "3,7", "0", ""], Read(group, "nexthop.members", "nexthop.weights", "nexthop.group_type", "nexthop.gateway"));
        Assert.Equal("id 10 group 1,3/2,7", group.Current!.ToString());
        var resilient = EventsOf("ip nexthop add id 11 group 1/2 type resilient buckets 32")[0];
        Assert.Equal(["1", "32"], Read(resilient, "nexthop.group_type", "nexthop.buckets"));
        Assert.Equal("id 11 group 1/2 resilient with 32 buckets", resilient.Current!.ToString());
    }

    [Fact]
    public void Blackholes_and_forwarding_entries_are_read()
    {
        Assert.Equal("id 12 blackhole", EventsOf("ip nexthop add id 12 blackhole")[0].Current!.ToString());
        Assert.Equal("id 14 via 10.9.0.9 fdb", EventsOf("ip nexthop add id 14 via 10.9.0.9 fdb")[0].Current!.ToString());
    }

    [Fact]
    public void A_replaced_next_hop_has_its_old_gateway()
    {
        var e = EventsOf(Second, "ip nexthop replace id 2 via 10.9.0.4 dev wv0")[^1];
        Assert.Equal("nexthop.changed", e.Event);
        Assert.Equal(["10.9.0.3", "10.9.0.4", "true", "false"], Read(e, "old.nexthop.gateway", "nexthop.gateway", "changed.nexthop.protocol", "changed.nexthop.oif"));
        Assert.Equal("nexthop.removed", EventsOf(Group, "ip nexthop del id 10")[^1].Event);
    }

    [Fact]
    public void A_dump_that_another_program_filtered_removes_nothing()
    {
        var engine = new State.TestEngine();
        var request = Samples.Family("nexthop").Dumps[0];
        engine.Dump(request);
        Assert.Single(engine.Feed(Message(First)));
        byte[] filtered = [.. request, .. Bytes.Attribute(5, 99u)];
        filtered[0] = (byte)filtered.Length;
        Assert.Empty(engine.Dump(filtered));
        Assert.Equal("nexthop.removed", Assert.Single(engine.Dump(request)).Event);
    }

    private static byte[] Message(string command) => All.Single(m => m.Command == command).Datagram;
}
