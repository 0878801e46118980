using Wirehook.Netlink.Events;
using Wirehook.Tests;

namespace Wirehook.Netlink.Tests.Monitor;

/// <summary>The same changes seen by <c>ip monitor</c> in the same run.</summary>
public sealed class IpMonitorTests
{
    private static readonly (string Label, string Family)[] Kinds =
        [("[LINK]", "link"), ("[ADDR]", "addr"), ("[ROUTE]", "route"), ("[RULE]", "rule"), ("[NEXTHOP]", "nexthop")];

    [RootFact("ip")]
    public void Every_message_that_ip_monitor_shows_is_one_event()
    {
        using var ns = new TestNamespace();
        using var peer = new IpMonitor(ns);
        peer.WaitUntilListening(ns);
        var events = new EventCollector();
        using var monitor = MonitorState.Start(ns, events);
        ns.Ip("link add va type veth peer name vb");
        ns.Ip("link add bri type bridge");
        ns.Batch(
        [
            "link set va up", "link set vb up", "link set va master bri", "link set bri up", "addr add 10.9.0.1/24 dev bri", "addr add fd00::1/64 dev bri",
            "route add 10.20.0.0/16 via 10.9.0.2", "route replace 10.20.0.0/16 via 10.9.0.3", "rule add from 10.7.0.0/16 table 77", "nexthop add id 5 via 10.9.0.2 dev bri",
            "link set va nomaster", "link set va name vz", "route del 10.20.0.0/16", "rule del from 10.7.0.0/16 table 77", "nexthop del id 5",
        ]);
        ns.Ip("link del vz");
        ns.Ip("link set bri down");
        Thread.Sleep(200);
        ns.Ip("link add marker type bridge");
        events.Wait("link.added", e => e.Interface == "marker");
        for (var attempt = 0; attempt < 100 && !peer.ToString().Contains("marker", StringComparison.Ordinal); attempt++) Thread.Sleep(20);

        var seen = events.Events.Where(e => !e.Synthetic && e.Family is not null).GroupBy(e => e.Family!.Name).ToDictionary(g => g.Key, g => g.Count());
        Assert.All(Kinds, kind => Assert.True(
            peer.Count(kind.Label) == seen.GetValueOrDefault(kind.Family) && peer.Count(kind.Label) > 0,
            $"{kind.Label}: ip monitor shows {peer.Count(kind.Label)}, the monitor {seen.GetValueOrDefault(kind.Family)}.\n{peer}\n\n{string.Join('\n', events.Events.Select(e => EventText.Line(e, false)))}"));
    }
}
