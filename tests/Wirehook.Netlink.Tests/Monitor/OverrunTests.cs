using System.Text.Json;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Monitor;
using Wirehook.Tests;

namespace Wirehook.Netlink.Tests.Monitor;

/// <summary>A receive buffer that overflows: the loss is told, and the state is the kernel's again afterwards.</summary>
public sealed class OverrunTests
{
    private static readonly MonitorOptions TinyBuffer = new() { ReceiveBufferBytes = 4096 };

    [RootFact("ip")]
    public void Tiny_buffer_overflows_and_a_resync_finds_every_difference()
    {
        using var ns = new TestNamespace();
        ns.Batch([.. Enumerable.Range(0, 20).Select(i => $"link add v{i} type veth peer name w{i}")]);
        var events = new EventCollector();
        using var monitor = MonitorState.Start(ns, events, TinyBuffer);
        Assert.True(monitor.Status.Namespaces[0].Sockets[0].ReceiveBufferBytes < 20_000);

        using (monitor.Pause())
        {
            ns.Batch([.. Enumerable.Range(0, 20).Select(i => $"link set v{i} mtu {2000 + i}")]);
            ns.Batch([.. Enumerable.Range(0, 10).Select(i => $"link del v{i}"), .. Enumerable.Range(10, 10).Select(i => $"link set v{i} name x{i}")]);
            ns.Ip("link add fresh type bridge");
        }

        var overrun = events.Wait("monitor.overrun");
        Assert.True(overrun.Lost > 1, $"lost {overrun.Lost}");
        events.Wait("monitor.resync_started");
        events.Wait("monitor.resync_finished", e => e.Sequence > overrun.Sequence);
        Assert.Contains(events.Events, e => e.Synthetic && e.Events.Contains("link.removed"));
        Assert.Contains(events.Events, e => e.Synthetic && e.Events.Contains("link.renamed") && e.Interface == "x15");
        Assert.Contains(events.Events, e => e.Synthetic && e.Events.Contains("link.added") && e.Interface == "fresh");
        AssertSameLinks(ns, monitor);
        Assert.Equal(events.Events.Select((_, i) => i + 1L), events.Events.Select(e => e.Sequence));
        Assert.True(monitor.Status.Overruns >= 1);
        Assert.True(monitor.Status.LostAtLeast >= overrun.Lost);
    }

    [RootFact("ip")]
    public void State_is_the_kernels_after_a_storm_of_overruns()
    {
        using var ns = new TestNamespace();
        ns.Batch([.. Enumerable.Range(0, 10).Select(i => $"link add v{i} type veth peer name w{i}")]);
        var events = new EventCollector();
        using var monitor = MonitorState.Start(ns, events, TinyBuffer);
        var random = new Random(4);
        for (var round = 0; round < 4; round++)
        {
            using (monitor.Pause()) ns.Batch(Enumerable.Range(0, 60).Select(_ => $"link set {(random.Next(2) == 0 ? "v" : "w")}{random.Next(10)} mtu {random.Next(1000, 9000)}"));
        }

        ns.Ip("link set v0 mtu 1234");
        var end = Environment.TickCount64 + 20_000;
        while (Environment.TickCount64 < end && !IsSettled(monitor, events)) Thread.Sleep(50);
        AssertSameLinks(ns, monitor);
    }

    [RootFact("ip")]
    public void Addresses_routes_and_neighbours_are_the_kernels_after_a_resync()
    {
        using var ns = new TestNamespace();
        ns.Ip("link add va type veth peer name vb");
        ns.Batch(["link set va up", "link set vb up", "addr add 10.9.0.1/16 dev va", .. Enumerable.Range(0, 50).Select(i => $"route add 10.{i + 10}.0.0/16 via 10.9.0.2")]);
        var events = new EventCollector();
        using var monitor = MonitorState.Start(ns, events, TinyBuffer);
        using (monitor.Pause())
        {
            ns.Batch(
            [
                .. Enumerable.Range(0, 25).Select(i => $"route del 10.{i + 10}.0.0/16"),
                .. Enumerable.Range(25, 20).Select(i => $"route replace 10.{i + 10}.0.0/16 via 10.9.0.3"),
                .. Enumerable.Range(0, 25).Select(i => $"addr add 10.9.1.{i}/32 dev va"),
                .. Enumerable.Range(0, 25).Select(i => $"neigh add 10.9.2.{i} lladdr 02:00:00:00:00:0{i % 10} dev va"),
                "nexthop add id 3 via 10.9.0.5 dev va", "rule add from 10.3.0.0/16 table 9",
            ]);
        }

        var finished = events.Wait("monitor.resync_finished");
        Assert.Contains(events.Events, e => e.Synthetic && e.Event == "route.removed");
        Assert.Contains(events.Events, e => e.Synthetic && e.Event == "route.changed");
        Assert.True(finished.Detail.Length > 0);
        KernelState.AssertSame(ns, monitor);
    }

    [RootFact("ip")]
    public void Receiver_that_throws_does_not_stop_the_reader()
    {
        using var ns = new TestNamespace();
        using var monitor = NetworkMonitor.Start(new MonitorOptions { Namespaces = [ns.Name] }, TimeProvider.System, new ThrowingSink());
        Assert.True(monitor.WaitUntilReady(TimeSpan.FromSeconds(10)));
        ns.Ip("link set lo mtu 3000");
        ns.Ip("link set lo mtu 3001");
        for (var attempt = 0; attempt < 500 && monitor.Status.Events < 2; attempt++) Thread.Sleep(10);
        Assert.True(monitor.Status.SinkFailures >= 1);
        Assert.Contains("A receiver of events failed: InvalidOperationException: no", monitor.Status.Notes);
        Assert.Contains(monitor.Objects(ns.Name, "link"), l => l.Field("mtu") == "3001");
    }

    private static bool IsSettled(NetworkMonitor monitor, EventCollector events)
    {
        var all = events.Events;
        var lastOverrun = Array.FindLastIndex(all, e => e.Event == "monitor.overrun");
        return Array.FindLastIndex(all, e => e.Event == "monitor.resync_finished") > lastOverrun && monitor.Status.Resyncs > 0;
    }

    private static void AssertSameLinks(TestNamespace ns, NetworkMonitor monitor)
    {
        using var kernel = JsonDocument.Parse(ns.Ip("-json link show"));
        var expected = kernel.RootElement.EnumerateArray().Select(l => $"{l.GetProperty("ifindex")} {l.GetProperty("ifname")} {l.GetProperty("mtu")}").Order(StringComparer.Ordinal);
        var actual = monitor.Objects(ns.Name, "link").Select(l => $"{l.Field("index")} {l.Field("name")} {l.Field("mtu")}").Order(StringComparer.Ordinal);
        Assert.Equal(expected, actual);
    }

    private sealed class ThrowingSink : INetworkEventSink
    {
        public void OnEvents(IReadOnlyList<NetworkEvent> batch) => throw new InvalidOperationException("no");
    }
}
