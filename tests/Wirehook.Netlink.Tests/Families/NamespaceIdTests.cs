using static Wirehook.Netlink.Tests.Families.KernelMessages;

namespace Wirehook.Netlink.Tests.Families;

public sealed class NamespaceIdTests
{
    [Fact]
    public void Ids_come_and_go()
    {
        var events = EventsOf("ip netns set famgold 42", "ip netns del famgold");
        Assert.Equal(["netns.added", "netns.removed"], events.Select(e => e.Event));
        Assert.All(events, e => Assert.Equal("42", Read(e, "netns.id")));
        Assert.Equal([true, false], events.Select(e => e.PortId > 0));
    }

    [Fact]
    public void A_message_without_an_id_is_refused()
    {
        var family = Samples.Family("netns");
        foreach (var body in new[] { [], new byte[4], Bytes.Join(new byte[4], Bytes.Attribute(1, 0xFFFF_FFFF)), Bytes.Join(new byte[4], Bytes.Attribute(1, 1, 2)) })
        {
            ReadOnlySpan<byte> bytes = Bytes.Message(88, body);
            Assert.True(Codec.NetlinkMessage.TryRead(ref bytes, out var message));
            Assert.False(family.TryDecode(message, out _));
        }
    }
}
