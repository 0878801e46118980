using static Wirehook.Netlink.Tests.Families.KernelMessages;

namespace Wirehook.Netlink.Tests.Families;

public sealed class SocketDestroyTests
{
    [Fact]
    public void Closed_sockets_are_told_with_addresses_ports_and_protocol()
    {
        var events = EventsOf("close sockets");
        Assert.Equal(5, events.Length);
        Assert.All(events, e => Assert.Equal("sock.destroyed", e.Event));
        Assert.Equal(["2", "6", "7", "127.0.0.1", "35532", "127.0.0.1", "41645", "0"],
            Read(events[0], "netlink.diag.family", "netlink.diag.protocol", "netlink.diag.state", "netlink.diag.src_addr", "netlink.diag.src_port", "netlink.diag.dst_addr", "sock.dst_port", "diag.uid"));
        Assert.Equal(["17", "0.0.0.0", "0"], Read(events[3], "sock.protocol", "sock.dst_addr", "sock.dst_port"));
        Assert.Equal(["10", "::1", "5555"], Read(events[4], "sock.family", "sock.src_addr", "sock.src_port"));
        Assert.Equal("TCP 127.0.0.1:35532 to 127.0.0.1:41645 uid 0", events[0].Current!.ToString());
    }

    [Fact]
    public void A_short_message_is_refused()
    {
        var family = Samples.Family("sock");
        ReadOnlySpan<byte> bytes = Bytes.Message(20, new byte[71]);
        Assert.True(Codec.NetlinkMessage.TryRead(ref bytes, out var message));
        Assert.False(family.TryDecode(message, out _));
    }
}
