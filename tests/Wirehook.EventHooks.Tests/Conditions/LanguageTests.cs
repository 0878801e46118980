using System.Diagnostics;
using Wirehook.EventHooks.Conditions;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Tests.Conditions;

/// <summary>What the language offers beyond the seed: constants, bits, addresses, lists, old values.</summary>
public sealed class LanguageTests
{
    /// <summary>eth0 went down: its MTU changed as well, its new state is DOWN.</summary>
    private static readonly NetworkEvent Down = SampleEvents.Link(
        happened: "link.down,link.carrier_lost,link.mtu_changed",
        state: SampleEvents.LinkState("eth0", mtu: 1400, flags: SampleEvents.Promiscuous, operstate: 2),
        before: SampleEvents.LinkState("eth0"),
        changed: ["flags", "mtu", "state", "operstate"]);

    private static NetworkEvent Added => SampleEvents.Address();
    private static NetworkEvent Added6 => SampleEvents.Address("fe80::5054:ff:fe12:3456", 64);

    [Theory]
    [InlineData("message_type == RTM_NEWLINK", Truth.True)]
    [InlineData("message_type == 'RTM_NEWLINK'", Truth.True)]
    [InlineData("message_type IN [RTM_NEWLINK, RTM_DELLINK]", Truth.True)]
    [InlineData("message_type IN ['RTM_DELLINK' 'RTM_NEWADDR']", Truth.False)]
    [InlineData("message_type NOT IN [RTM_NEWLINK]", Truth.False)]
    [InlineData("RTM_DELLINK == message_type", Truth.False)]
    [InlineData("1k < link.mtu AND 2K > link.mtu", Truth.True)]
    [InlineData("netlink.link.mtu >= 0x578", Truth.True)]
    [InlineData("netlink.data.link.mtu != 1400", Truth.False)]
    [InlineData("mtu < old.mtu", Truth.True)]
    [InlineData("link.mtu < old.link.mtu and old.link.mtu == 1500", Truth.True)]
    [InlineData("link.mtu == -1", Truth.False)]
    [InlineData("event == 'link.down'", Truth.True)]
    [InlineData("event == link.carrier_lost", Truth.True)]
    [InlineData("events == 'LINK.DOWN'", Truth.True)]
    [InlineData("event != 'link.down'", Truth.False)]
    [InlineData("event != 'link.up'", Truth.True)]
    [InlineData("event IN [link.up link.mtu_changed]", Truth.True)]
    [InlineData("event =~ '^link\\.carrier'", Truth.True)]
    [InlineData("event !~ '^link\\.carrier'", Truth.False)]
    [InlineData("event ~= 'link.*'", Truth.True)]
    [InlineData("event STARTSWITH 'addr.'", Truth.False)]
    [InlineData("link.state == 'DOWN'", Truth.True)]
    [InlineData("state == 'UP'", Truth.False)]
    [InlineData("link.operstate == 'DOWN'", Truth.True)]
    [InlineData("operstate == down", Truth.True)]
    [InlineData("link.operstate == IF_OPER_DOWN", Truth.True)]
    [InlineData("link.flags HAS IFF_UP", Truth.False)]
    [InlineData("link.flags HAS IFF_PROMISC", Truth.True)]
    [InlineData("link.flags HAS [IFF_UP, IFF_PROMISC]", Truth.False)]
    [InlineData("old.link.flags HAS (IFF_UP | IFF_RUNNING)", Truth.True)]
    [InlineData("link.flags & IFF_UP", Truth.False)]
    [InlineData("link.flags & (IFF_UP | IFF_PROMISC)", Truth.True)]
    [InlineData("(link.flags & 0x101) == 0x100", Truth.True)]
    [InlineData("link.flags & IFF_UP == 0", Truth.True)]
    [InlineData("!(link.flags & IFF_UP) && old.link.flags & IFF_UP", Truth.True)]
    [InlineData("link.flags CONTAINS 'PROMISC'", Truth.True)]
    [InlineData("event.flags CONTAINS 'UP'", Truth.False)]
    [InlineData("changed CONTAINS 'mtu'", Truth.True)]
    [InlineData("changed HAS 'qdisc'", Truth.False)]
    [InlineData("'mtu' IN changed", Truth.True)]
    [InlineData("changed.link.mtu", Truth.True)]
    [InlineData("changed.mtu == false", Truth.False)]
    [InlineData("NOT changed.link.qdisc", Truth.True)]
    [InlineData("synthetic", Truth.False)]
    [InlineData("synthetic == FALSE", Truth.True)]
    [InlineData("interface STARTSWITH 'eth' AND interface ENDSWITH '0' AND interface CONTAINS 'th'", Truth.True)]
    [InlineData("interface ~= 'e[a-t]h?'", Truth.True)]
    [InlineData("interface ~= 'eth'", Truth.False)]
    [InlineData("interface IN ['eth0', 'eth1']", Truth.True)]
    [InlineData("interface > 'eth' AND interface < 'eth1'", Truth.True)]
    [InlineData("'eth0' == interface", Truth.True)]
    [InlineData("interface == link.ifname", Truth.True)]
    [InlineData("exists(link.mtu) AND NOT exists(addr.address)", Truth.True)]
    [InlineData("addr.address == 10.1.2.3", Truth.Unknown)]
    [InlineData("severity == 'info' OR severity IN ['warning', 'critical']", Truth.True)]
    [InlineData("netlink.nl80211.freq > 5000", Truth.Unknown)]
    [InlineData("1 == 1", Truth.True)]
    [InlineData("'a' > 'b' or false", Truth.False)]
    public void Evaluates_what_a_link_event_says(string text, Truth expected) => Assert.Equal(expected, SeedConditionTests.Evaluate(text, Down));

    [Theory]
    [InlineData("addr.address IN 10.0.0.0/8", Truth.True)]
    [InlineData("addr.address IN '10.0.0.0/8'", Truth.True)]
    [InlineData("addr IN 10.0.0.0/8", Truth.True)]
    [InlineData("addr.address IN [192.168.0.0/16, '10.1.2.0/24']", Truth.True)]
    [InlineData("addr.address IN 10.1.3.0/24", Truth.False)]
    [InlineData("addr.address NOT IN 10.1.3.0/24", Truth.True)]
    [InlineData("addr.address IN fe80::/10", Truth.False)]
    [InlineData("addr.address IN ::/0", Truth.False)]
    [InlineData("addr.address IN 10.1.2.3", Truth.True)]
    [InlineData("addr.address == 10.1.2.3", Truth.True)]
    [InlineData("addr.address == '10.1.2.3/24'", Truth.True)]
    [InlineData("addr.address == 10.1.2.3/25", Truth.False)]
    [InlineData("addr.address != 10.1.2.4", Truth.True)]
    [InlineData("addr.address =~ '^10\\.1\\.'", Truth.True)]
    [InlineData("addr.address =~ '^10\\\\.1\\\\.2\\\\.3$'", Truth.True)]
    [InlineData("netlink.addr.addr =~ '^192\\.168\\.1\\.'", Truth.False)]
    [InlineData("addr.address ~= '10.1.*'", Truth.True)]
    [InlineData("addr.address STARTSWITH '10.'", Truth.True)]
    [InlineData("netlink.addr.prefixlen == 24", Truth.True)]
    [InlineData("netlink.addr.family == AF_INET", Truth.True)]
    [InlineData("link.mtu == 1500", Truth.Unknown)]
    [InlineData("link.mtu != 1500", Truth.Unknown)]
    [InlineData("NOT netlink.link.mtu > 9000", Truth.Unknown)]
    [InlineData("netlink.link.mtu > 1 OR interface == 'eth0'", Truth.True)]
    [InlineData("interface == 'eth0' OR netlink.link.mtu > 1", Truth.True)]
    [InlineData("netlink.link.mtu > 1 AND interface == 'eth9'", Truth.False)]
    [InlineData("NOT exists(link.mtu)", Truth.True)]
    public void Evaluates_what_an_address_event_says(string text, Truth expected) => Assert.Equal(expected, SeedConditionTests.Evaluate(text, Added));

    [Theory]
    [InlineData("addr.address IN fe80::/10", Truth.True)]
    [InlineData("addr.address IN 'fe80::/64'", Truth.True)]
    [InlineData("addr.address IN ::/0", Truth.True)]
    [InlineData("addr.address IN 0.0.0.0/0", Truth.False)]
    [InlineData("addr.address == fe80::5054:ff:fe12:3456", Truth.True)]
    [InlineData("addr.address =~ '^fe80::5054:'", Truth.True)]
    public void Evaluates_what_an_IPv6_event_says(string text, Truth expected) => Assert.Equal(expected, SeedConditionTests.Evaluate(text, Added6));

    [Theory]
    [InlineData("interface =~ '^eth\\d$'", "eth0", Truth.True)]
    [InlineData("interface =~ '^eth\\d$'", "eth10", Truth.False)]
    [InlineData("interface =~ '^eth[[:digit:]]+$'", "eth10", Truth.True)]
    [InlineData("interface =~ '^[[:alpha:]]+$'", "eth10", Truth.False)]
    [InlineData("interface =~ '^(eth|ens|wlan)[0-9]+(\\.[0-9]+)?$'", "ens3.100", Truth.True)]
    [InlineData("interface =~ '^(eth|ens|wlan)[0-9]+(\\.[0-9]+)?$'", "ens3.", Truth.False)]
    [InlineData("interface =~ 'eth0|eth1'", "eth1", Truth.True)]
    [InlineData("interface =~ '^eth0$'", "eth0", Truth.True)]
    [InlineData("interface =~ '^eth0$'", "eth0\n", Truth.False)]
    [InlineData("interface =~ 'th.$'", "eth0", Truth.True)]
    [InlineData("interface =~ '^v.*0$'", "veth0", Truth.True)]
    [InlineData("interface =~ '.*eth.*'", "veth0", Truth.True)]
    [InlineData("interface =~ '^.*0$'", "veth0", Truth.True)]
    [InlineData("interface =~ 'eth\\.0'", "eth.0", Truth.True)]
    [InlineData("interface =~ 'eth\\.0'", "eth00", Truth.False)]
    [InlineData("interface =~ '[]x]'", "a]", Truth.True)]
    [InlineData("interface =~ '^[^[:space:]]+$'", "a b", Truth.False)]
    [InlineData("interface =~ ''", "x", Truth.True)]
    [InlineData("interface == 'it\\'s'", "it's", Truth.True)]
    [InlineData("interface == \"it's\"", "it's", Truth.True)]
    [InlineData("interface == 'a\\\\b'", "a\\b", Truth.True)]
    [InlineData("interface ~= 'veth*'", "veth", Truth.True)]
    [InlineData("interface ~= '*.1??'", "eth0.100", Truth.True)]
    [InlineData("interface ~= '[!e]*'", "eth0", Truth.False)]
    [InlineData("interface ~= '\\*'", "*", Truth.True)]
    public void Patterns_mean_what_they_look_like(string text, string name, Truth expected) =>
        Assert.Equal(expected, SeedConditionTests.Evaluate(text, SampleEvents.Plain(name)));

    [Fact]
    public void A_catastrophic_pattern_is_matched_in_linear_time() =>
        Assert.Equal(Truth.False, SeedConditionTests.Evaluate("interface =~ '^(a+)+$'", SampleEvents.Plain(new string('a', 5000) + "b")));

    /// <summary>Huge repetitions are refused or compiled, either without taking the machine's time or memory.</summary>
    [Theory]
    [InlineData("((a{1,100}){1,100}){1,100}")]
    [InlineData("(a|b|c|ab|bc|abc){500}x{500}")]
    [InlineData("(((((((((a*)*)*)*)*)*)*)*)*)*$")]
    [InlineData("(.*a.{1,50}){20}")]
    [InlineData("(x+x+)+y")]
    public void Dear_patterns_cost_little(string pattern)
    {
        var start = Stopwatch.GetTimestamp();
        if (Condition.Compile($"interface =~ '{pattern}'").Condition is { } condition)
        {
            var state = new ConditionState(condition);
            for (var i = 0; i < 100; i++) Assert.NotEqual(Truth.Unknown, state.Evaluate(SampleEvents.Plain(new string("abx"[i % 3], 15) + i)));
        }

        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("flags == IFF_UP", "link.flags is a set of bits")]
    [InlineData("netlink.qca.subcmd == 1", "netlink.qca.subcmd is never present")]
    [InlineData("changed CONTAINS 'link.mtu'", "changed holds names such as 'mtu'")]
    [InlineData("2 > 1", "This is always true.")]
    public void Warns_of_what_is_probably_not_meant(string text, string warning)
    {
        var compilation = Condition.Compile(text.Replace("flags ==", "link.flags ==", StringComparison.Ordinal));
        Assert.True(compilation.Succeeded, compilation.Error?.ToString());
        Assert.StartsWith(warning, Assert.Single(compilation.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_field_of_the_schema_can_be_named()
    {
        foreach (var name in EventSchema.Names)
        {
            var compilation = Condition.Compile($"exists({name})");
            Assert.True(compilation.Succeeded, compilation.Error?.ToString());
        }
    }

    [Fact]
    public void Every_event_of_the_catalogue_can_be_named()
    {
        foreach (var name in EventSchema.EventNames)
        {
            var compilation = Condition.Compile($"event == {name.Name} OR event == '{name.Name}' OR count({name.Name} by interface) within 1m > 2");
            Assert.True(compilation.Succeeded, compilation.Error?.ToString());
        }
    }
}
