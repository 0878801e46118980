using Wirehook.EventHooks.Conditions;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Tests.Conditions;

/// <summary>Evaluating allocates nothing.</summary>
public sealed class AllocationTests
{
    [Theory]
    [InlineData("(interface =~ 'veth.*' AND message_type == 16) OR event_type == 1")]
    [InlineData("message_type IN [16, 17, 20, 21] AND interface IN ['eth0', 'eth1', 'veth1']")]
    [InlineData("interface =~ '^(eth|ens)[0-9]+$' OR interface ~= 'e?h*0'")]
    [InlineData("event == link.down OR event =~ '^link\\.' AND changed CONTAINS 'mtu'")]
    [InlineData("link.mtu > 9000 OR old.link.mtu < link.mtu OR changed.link.flags")]
    [InlineData("link.flags & (IFF_UP | IFF_PROMISC) == IFF_UP AND link.state == 'UP'")]
    [InlineData("addr.address IN [10.0.0.0/8 fe80::/10] AND addr.address =~ '^10\\.' OR addr.address == fe80::1")]
    [InlineData("severity != 'critical' AND NOT synthetic AND exists(link.mtu)")]
    [InlineData("rate(RTM_NEWLINK) > 100 AND count(link.changed by interface) within 1m >= 3")]
    public void Allocates_nothing_per_evaluation(string text)
    {
        var state = new ConditionState(Condition.Compile(text).Condition!);
        NetworkEvent[] events =
        [
            SampleEvents.Link(before: SampleEvents.LinkState("eth0", mtu: 1400), changed: ["mtu"]),
            SampleEvents.Link("veth1"),
            SampleEvents.Address(),
            SampleEvents.Address("fe80::5054:ff:fe12:3456", 64),
            SampleEvents.Plain("br0", 17),
        ];
        var least = Enumerable.Range(0, 5).Min(_ => Measure(state, events));
        Assert.Equal(0, least);
    }

    private static long Measure(ConditionState state, NetworkEvent[] events)
    {
        for (var i = 0; i < 2000; i++) state.Evaluate(events[i % events.Length]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 2000; i++) state.Evaluate(events[i % events.Length]);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
