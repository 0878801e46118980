using Wirehook.Netlink.Events;
using Wirehook.Netlink.Monitor;
using Wirehook.Tests;

namespace Wirehook.Netlink.Tests.Monitor;

/// <summary>Changes of links by <c>ip</c>, as events.</summary>
public sealed class LinkLifeTests
{
    [RootFact("ip")]
    public void Life_of_a_link()
    {
        using var ns = new TestNamespace();
        var events = new EventCollector();
        using var monitor = NetworkMonitor.Start(new MonitorOptions { Namespaces = [ns.Name] }, TimeProvider.System, events);
        Assert.True(monitor.WaitUntilReady(TimeSpan.FromSeconds(10)));

        ns.Ip("link add v0 type veth peer name v1");
        var added = events.Wait("link.added", e => e.Interface == "v0");
        Assert.Equal(ns.Name, added.Namespace);
        Assert.Equal("RTM_NEWLINK", added.MessageName);

        ns.Ip("link set v1 up");
        ns.Ip("link set v0 up");
        events.Wait("link.up", e => e.Interface == "v0");
        events.Wait("link.carrier_gained", e => e.Interface == "v0");
        ns.Ip("link set v1 down");
        events.Wait("link.carrier_lost", e => e.Interface == "v0");
        ns.Ip("link set v0 down");
        events.Wait("link.down", e => e.Interface == "v0");
        ns.Ip("link del v0");
        events.Wait("link.removed", e => e.Interface == "v0");
        Assert.Equal(events.Events.Select((_, i) => i + 1L), events.Events.Select(e => e.Sequence));
    }
}
