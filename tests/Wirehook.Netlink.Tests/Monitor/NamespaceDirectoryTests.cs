using Wirehook.Netlink.Events;
using Wirehook.Netlink.Monitor;

namespace Wirehook.Netlink.Tests.Monitor;

/// <summary>Namespaces that are heard only by their id.</summary>
public sealed class NamespaceDirectoryTests
{
    private const int Id = 1_000_000;

    [Fact]
    public void What_was_known_before_a_loss_is_not_given_as_old_value()
    {
        var events = new EventCollector();
        using var context = new ReaderContext(new MonitorOptions(), TimeProvider.System, events);
        using var directory = new NamespaceDirectory(context, 8);
        Assert.Equal(["link.added"], Hear(Samples.NewLink(2, "far", mtu: 1500)).Events);
        Assert.Equal(1500, EventSchema.Find("old.mtu")!.Get(Hear(Samples.NewLink(2, "far", mtu: 1400))).AsNumber);
        directory.Forget();
        Assert.Empty(directory.All);
        var after = Hear(Bytes.Message(16, Samples.LinkBody(2, "far", mtu: 1300, changedFlags: 0)));
        Assert.Equal(["link.unchanged"], after.Events);
        Assert.Equal(($"nsid-{Id}", 3L), (after.Namespace, after.Sequence));
        Assert.True(EventSchema.Find("old.mtu")!.Get(after).AsNumber is not 1400);

        NetworkEvent Hear(byte[] datagram)
        {
            Assert.True(directory.TryTake(Id, 0, datagram, default));
            context.Deliver();
            return events.Events[^1];
        }
    }
}
