using Wirehook.Netlink.Events;

namespace Wirehook.Netlink.Tests.State;

public class LinkEventTests
{
    [Fact]
    public void A_new_interface_that_comes_up_and_goes_down()
    {
        var engine = new TestEngine().Loaded();
        var added = Assert.Single(engine.Feed(Samples.NewLink(3, "veth0")));
        Assert.Equal(["link.added"], added.Events);
        Assert.Equal(("veth0", 3, 16, "RTM_NEWLINK"), (added.Interface, added.InterfaceIndex, added.MessageType, added.MessageName));
        var up = Assert.Single(engine.Feed(Samples.NewLink(3, "veth0", Samples.Up | Samples.LowerUp)));
        Assert.Equal(["link.up", "link.carrier_gained"], up.Events);
        Assert.Equal(["flags"], EventSchema.Find("changed")!.Get(up).AsList);
        var down = Assert.Single(engine.Feed(Samples.NewLink(3, "veth0")));
        Assert.Equal(["link.down", "link.carrier_lost"], down.Events);
        Assert.Equal(["link.unchanged"], Assert.Single(engine.Feed(Samples.NewLink(3, "veth0"))).Events);
        var removed = Assert.Single(engine.Feed(Samples.DelLink(3, "veth0")));
        Assert.Equal(["link.removed"], removed.Events);
        Assert.Equal([1L, 2L, 3L], new[] { added, up, down }.Select(e => e.Sequence));
        Assert.Equal("veth0", engine.Namespace.NameOf(3));
    }

    [Fact]
    public void An_interface_that_was_there_before_anything_was_known_is_not_called_new()
    {
        // As where a namespace is heard only by its id, or before the first dump has ended: the kernel names all flags for a new interface alone.
        static byte[] Told(int index, uint flags, uint changedFlags) => Bytes.Message(16, Samples.LinkBody(index, "veth0", flags, changedFlags: changedFlags));
        var engine = new TestEngine();
        Assert.Equal(["link.unchanged"], Assert.Single(engine.Feed(Told(3, Samples.Up, 0))).Events);
        var down = Assert.Single(engine.Feed(Told(4, 0, Samples.Up)));
        Assert.Equal(["link.down"], down.Events);
        Assert.Equal(Samples.Up, EventSchema.Find("old.link.flags")!.Get(down).AsNumber);
        Assert.Equal(["link.up"], Assert.Single(engine.Feed(Told(4, Samples.Up, Samples.Up))).Events);
        Assert.Equal(["link.added"], Assert.Single(engine.Feed(Told(5, 0, uint.MaxValue))).Events);

        // Where all is known, what is not known is new.
        Assert.Equal(["link.added"], Assert.Single(new TestEngine().Loaded().Feed(Told(3, 0, 0))).Events);
    }

    [Fact]
    public void A_rename_keeps_the_old_name()
    {
        var engine = new TestEngine().Loaded(Samples.NewLink(3, "veth0"));
        var renamed = Assert.Single(engine.Feed(Samples.NewLink(3, "lan0")));
        Assert.Equal("link.renamed", renamed.Event);
        Assert.Equal("lan0", renamed.Interface);
        Assert.Equal("veth0", EventSchema.Find("old.link.name")!.Get(renamed).AsText);
        Assert.Equal("veth0", EventSchema.Find("old.interface")!.Get(renamed).AsText);
        Assert.True(EventSchema.Find("changed.ifname")!.Get(renamed).AsFlag);
    }

    [Fact]
    public void What_a_bridge_says_about_its_port_does_not_blur_the_interface()
    {
        var engine = new TestEngine().Loaded(Samples.NewLink(3, "veth0", Samples.Up, 9000, 0, Bytes.Attribute(20, "uplink"), Bytes.Attribute(10, 7)));
        var port = Assert.Single(engine.Feed(Samples.NewLink(3, "veth0", Samples.Up, 9000, 7, Bytes.Attribute(10, 7), Bytes.Nested(12, Bytes.Attribute(1, (byte)3)))));
        Assert.Equal(["link.changed"], port.Events);
        Assert.Equal(["port_state"], EventSchema.Find("changed")!.Get(port).AsList);
        Assert.Equal("uplink", EventSchema.Find("link.alias")!.Get(port).AsText);
        var left = Assert.Single(engine.Feed(Bytes.Message(17, Samples.LinkBody(3, "veth0", Samples.Up, 9000, 7))));
        Assert.Equal(["link.unchanged"], left.Events);
        Assert.Single(engine.Namespace.Objects(Samples.Family("link")));
        var wireless = Assert.Single(engine.Feed(Samples.NewLink(3, "veth0", Samples.Up, null, 0, Bytes.Attribute(11, 1, 2, 3))));
        Assert.Equal(["link.unchanged"], wireless.Events);
        Assert.Equal(9000, EventSchema.Find("mtu")!.Get(wireless).AsNumber);
    }
}
