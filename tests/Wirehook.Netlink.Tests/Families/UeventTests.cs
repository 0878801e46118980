using System.Text;
using Wirehook.Netlink.Events;
using static Wirehook.Netlink.Tests.Families.KernelMessages;

namespace Wirehook.Netlink.Tests.Families;

public sealed class UeventTests
{
    [Fact]
    public void A_new_interface_is_told_with_name_and_index()
    {
        var events = EventsOf("ip link add wv0 type veth peer name wv1").Where(e => Read(e, "uevent.subsystem") == "net").ToArray();
        Assert.Equal(["uevent.add wv1 2", "uevent.add wv0 3"], events[..2].Select(e => $"{e.Event} {e.Interface} {e.InterfaceIndex}"));
        Assert.Equal(["add", "/devices/virtual/net/wv1", "5304", "2"], Read(events[0], "uevent.action", "uevent.devpath", "uevent.seqnum", "uevent.ifindex"));
        Assert.Contains("SUBSYSTEM=net", Read(events[0], "uevent.properties"));
        Assert.Equal([15, 0], [events[0].Protocol, events[0].MessageType]);
    }

    [Fact]
    public void Renames_and_removals_are_told()
    {
        var moved = Assert.Single(EventsOf("ip link set wv0 name wv9"));
        Assert.Equal(["uevent.move", "wv9"], [moved.Event, moved.Interface]);
        Assert.Contains("DEVPATH_OLD=/devices/virtual/net/wv0", Read(moved, "uevent.properties"));
        Assert.All(EventsOf("ip link del wv9"), e => Assert.Equal("uevent.remove", e.Event));
    }

    [Theory]
    [InlineData("")]
    [InlineData("add@")]
    [InlineData("@/devices/x")]
    [InlineData("add/devices/x")]
    [InlineData("explode@/devices/x")]
    [InlineData("ADD@/devices/x")]
    [InlineData("add@devices/x")]
    [InlineData("libudev\0\u00fe\u00ed\u00ca\u00feACTION=add")]
    public void What_is_not_from_the_kernel_is_refused(string text) => Assert.False(TryDecode(text, out _));

    [Fact]
    public void Odd_properties_do_no_harm()
    {
        Assert.True(TryDecode("change@/devices/x\0=empty\0none\0IFINDEX=99999999999\0MAJOR=-1\0MINOR=x\0DEVNAME=a=b\0DRIVER=", out var subject));
        var e = new NetworkEvent { Sequence = 1, Timestamp = default, Events = ["uevent.change"], Current = subject };
        Assert.Equal(["", "", "", "a=b", ""], Read(e, "uevent.ifindex", "uevent.major", "uevent.minor", "uevent.devname", "uevent.driver"));
        Assert.True(TryDecode("add@/x\0" + string.Concat(Enumerable.Repeat("A=b\0", 2000)), out subject));
        Assert.Equal(256, ((Netlink.Families.Uevent.DeviceEvent)subject!).Properties.Count);
        Assert.False(TryDecode("add@/x\0" + new string('a', 20_000), out _));
    }

    private static bool TryDecode(string text, out Netlink.Families.NetlinkObject? subject) => Samples.Family("uevent").TryDecodeDatagram(Encoding.Latin1.GetBytes(text), out subject!);
}
