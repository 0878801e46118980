using Wirehook.EventHooks.Conditions;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Tests.Conditions;

/// <summary>The conditions that the seed documents, on events for which they hold and do not.</summary>
public sealed class SeedConditionTests
{
    [Theory]
    [InlineData("message_type == 17", "eth0", 17, Truth.True)]
    [InlineData("message_type == 17", "eth0", 16, Truth.False)]
    [InlineData("interface =~ 'veth.*'", "veth12", 16, Truth.True)]
    [InlineData("interface =~ 'veth.*'", "my-veth", 16, Truth.True)]
    [InlineData("interface =~ 'veth.*'", "eth0", 16, Truth.False)]
    [InlineData("interface == 'eth0'", "eth0", 24, Truth.True)]
    [InlineData("interface == 'eth0'", "eth01", 24, Truth.False)]
    [InlineData("(interface =~ 'veth.*' AND message_type == 16) OR event_type == 1", "veth1", 16, Truth.True)]
    [InlineData("(interface =~ 'veth.*' AND message_type == 16) OR event_type == 1", "veth1", 17, Truth.False)]
    [InlineData("(interface =~ 'veth.*' AND message_type == 16) OR event_type == 1", "eth1", 1, Truth.True)]
    [InlineData("message_type IN [16, 17, 20, 21]", "eth0", 20, Truth.True)]
    [InlineData("message_type IN [16, 17, 20, 21]", "eth0", 24, Truth.False)]
    [InlineData("message_type IN [16 17 20 21]", "eth0", 21, Truth.True)]
    [InlineData("message_type IN []", "eth0", 21, Truth.False)]
    [InlineData("interface == 'eth0' AND message_type == 17", "eth0", 17, Truth.True)]
    [InlineData("interface == 'eth0' AND message_type == 17", "eth1", 17, Truth.False)]
    [InlineData("not interface !~ \"^eth\" and MESSAGE_TYPE >= 0x10 && timestamp > -1", "eth0", 17, Truth.True)]
    [InlineData("namespace == 'default' && sequence == 3", "eth0", 17, Truth.True)]
    [InlineData("", "eth0", 17, Truth.True)]
    [InlineData("  \n ", "eth0", 17, Truth.True)]
    public void Holds_as_documented(string text, string name, int type, Truth expected) =>
        Assert.Equal(expected, Evaluate(text, SampleEvents.Plain(name, (ushort)type)));

    internal static Truth Evaluate(string text, NetworkEvent subject)
    {
        var compilation = Condition.Compile(text);
        Assert.True(compilation.Succeeded, $"{text}: {compilation.Error}");
        return new ConditionState(compilation.Condition).Evaluate(subject);
    }
}
