using Wirehook.Netlink.Events;
using Wirehook.Netlink.Tests.State;
using Wirehook.Packets;

namespace Wirehook.Netlink.Tests.Events;

public sealed class EventTextTests
{
    [Fact]
    public void A_change_shows_old_and_new()
    {
        var engine = new TestEngine().Loaded(Samples.NewLink(2, "eth0", Samples.Up));
        var e = engine.Feed(Samples.NewLink(2, "eth0", Samples.LowerUp, mtu: 1400))[^1];
        var line = EventText.Line(e, colour: false);
        Assert.StartsWith("1970-01-01T00:00:00.000Z link.down eth0 ", line);
        Assert.Contains(" mtu 1500 → 1400", line);
        Assert.Contains("-UP", line);
        Assert.Contains("+LOWER_UP", line);
        Assert.DoesNotContain("\e", line);
    }

    [Fact]
    public void Namespace_origin_and_cause_are_told()
    {
        var e = new NetworkEvent
        {
            Sequence = 1,
            Timestamp = new Timestamp(1_700_000_000_123_456_789),
            Events = ["link.up"],
            Interface = "eth0",
            Namespace = "blue",
            PortId = 42,
            Synthetic = true,
            Initial = true,
        };
        Assert.Equal("2023-11-14T22:13:20.123Z [blue] link.up eth0 pid 42 (at the start) (found by comparison)", EventText.Line(e, colour: false));
        var overrun = new NetworkEvent { Sequence = 2, Timestamp = default, Events = ["monitor.overrun"], Lost = 7, Detail = "too slow" };
        Assert.Equal("1970-01-01T00:00:00.000Z monitor.overrun: too slow (at least 7 lost)", EventText.Line(overrun, colour: false));
    }

    [Fact]
    public void Names_cannot_steer_the_terminal()
    {
        var e = new TestEngine().Feed(Samples.NewLink(2, "e\u001b[2J\u202e\r\n\u0085"))[^1];
        var line = EventText.Line(e, colour: false);
        Assert.DoesNotContain(line, c => char.IsControl(c) || c == '\u202e');
        Assert.Contains("e\\u001b[2J\\u202e\\u000d\\u000a\\u0085", line);
    }

    [Fact]
    public void Interfaces_and_device_events_are_told_in_words()
    {
        var link = Samples.NewLink(2, "eth0", Samples.Up, attributes: [Bytes.Attribute(16, 6), Bytes.Attribute(1, 2, 0x42, 0xAC, 0x11, 0, 2), Bytes.Nested(18, Bytes.Attribute(1, "veth"))]);
        Assert.Equal(
            "1970-01-01T00:00:00.000Z link.added eth0 index 2 flags UP mtu 1500 state UP kind veth address 02:42:ac:11:00:02",
            EventText.Line(new TestEngine().Feed(link)[^1], colour: false));
        Assert.Equal(
            "1970-01-01T00:00:00.000Z uevent.move wv9 /devices/virtual/net/wv9 subsystem net",
            EventText.Line(Tests.Families.KernelMessages.EventsOf("ip link set wv0 name wv9")[0], colour: false));
    }

    [Fact]
    public void Addresses_routes_and_neighbours_are_told_as_ip_tells_them()
    {
        static string Words(ushort type, params byte[][] parts) => new TestEngine().Feed(Bytes.Message(type, Bytes.Join(parts)))[^1].Current!.ToString()!;
        Assert.Equal("10.0.0.1/24 scope GLOBAL", Words(20, [2, 24, 0x80, 0, 2, 0, 0, 0], Bytes.Attribute(1, 10, 0, 0, 1), Bytes.Attribute(2, 10, 0, 0, 1)));
        Assert.Equal(
            "default via 10.0.0.1 proto STATIC metric 100",
            Words(24, [2, 0, 0, 0, 254, 4, 0, 1, 0, 0, 0, 0], Bytes.Attribute(5, 10, 0, 0, 1), Bytes.Attribute(4, 2u), Bytes.Attribute(6, 100u)));
        Assert.Equal(
            "BLACKHOLE 10.0.0.0/8 table LOCAL proto BOOT scope HOST",
            Words(24, [2, 8, 0, 0, 255, 3, 254, 6, 0, 0, 0, 0], Bytes.Attribute(1, 10, 0, 0, 0)));
        Assert.Equal(
            "10.0.0.9 lladdr 02:00:00:00:00:01 REACHABLE",
            Words(28, [2, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 1], Bytes.Attribute(1, 10, 0, 0, 9), Bytes.Attribute(2, 2, 0, 0, 0, 0, 1)));
    }

    [Fact]
    public void Colour_marks_gains_and_losses()
    {
        static string Line(string name) => EventText.Line(new NetworkEvent { Sequence = 1, Timestamp = default, Events = [name] }, colour: true);
        Assert.Contains("\e[32mlink.up\e[0m", Line("link.up"));
        Assert.Contains("\e[31mroute.default_removed\e[0m", Line("route.default_removed"));
        Assert.Contains("\e[33mlink.renamed\e[0m", Line("link.renamed"));
    }
}
