using Wirehook.EventHooks.Conditions;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Tests.Conditions;

/// <summary>Why a condition held or did not.</summary>
public sealed class ExplainTests
{
    private static string Explain(string text, NetworkEvent subject) => new ConditionState(Condition.Compile(text).Condition!).Explain(subject).ToString();

    [Fact]
    public void Shows_every_clause_with_the_values_of_its_fields() => Assert.Equal(
        """
        ✗ (interface =~ 'veth.*' AND message_type == 16) OR event_type == 1
          ✗ interface =~ 'veth.*' AND message_type == 16
            ✗ interface =~ 'veth.*'   (interface = 'eth0')
            ✓ message_type == 16   (message_type = 16 (RTM_NEWLINK))
          ✗ event_type == 1   (event_type = 16 (RTM_NEWLINK))
        """, Explain("(interface =~ 'veth.*' && message_type == 0x10) || event_type == 1", SampleEvents.Link()));

    [Fact]
    public void Says_why_a_value_is_missing() => Assert.Equal(
        """
        ? NOT link.mtu > 9000 AND addr.address IN 10.0.0.0/8
          ? NOT link.mtu > 9000
            ? link.mtu > 9000   (link.mtu is absent: this event is addr.added)
          ✓ addr.address IN 10.0.0.0/8   (addr.address = 10.1.2.3/24)
        """, Explain("NOT link.mtu > 9000 AND addr.address IN 10.0.0.0/8", SampleEvents.Address()));

    [Fact]
    public void Names_bits_lists_and_counts() => Assert.Equal(
        """
        ✗ link.flags HAS IFF_PROMISC AND event == link.up AND old.link.mtu == 9000 AND rate(link.up BY interface) > 5
          ✗ link.flags HAS IFF_PROMISC   (link.flags = 65 (UP,RUNNING))
          ✓ event == link.up   (event = [link.up, link.carrier_gained])
          ? old.link.mtu == 9000   (old.link.mtu is absent: this event is link.up)
          ✗ rate(link.up BY interface) > 5   (0 per second for interface = 'eth0')
        """, Explain("link.flags HAS IFF_PROMISC and event == link.up and old.link.mtu == 9000 and rate(link.up by interface) > 5", SampleEvents.Link(happened: "link.up,link.carrier_gained")));
}
