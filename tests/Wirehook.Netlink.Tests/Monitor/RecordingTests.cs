using Wirehook.Netlink.Events;
using Wirehook.Netlink.Monitor;
using Wirehook.Netlink.Recording;
using Wirehook.Netlink.State;
using Wirehook.Tests;

namespace Wirehook.Netlink.Tests.Monitor;

/// <summary>What was recorded from live namespaces gives exactly the same events when it is replayed.</summary>
public sealed class RecordingTests
{
    [RootFact("ip")]
    public void Replay_gives_the_events_that_were_given_live()
    {
        using var ns = new TestNamespace();
        using var other = new TestNamespace();
        ns.Ip("link add va type veth peer name vb");
        var (live, recording) = Record(new MonitorOptions { Namespaces = [ns.Name, other.Name], EmitInitial = true }, events =>
        {
            ns.Batch(["link set va up", "link set vb up", "addr add 10.9.0.1/24 dev va", "route add default via 10.9.0.2", "link set vb down", "link set va down"]);
            events.Wait("route.default_removed", e => e.Synthetic);
            ns.Ip($"link set va netns {other.Name}");
            events.Wait("link.added", e => e.Namespace == other.Name && e.Interface == "va");
            events.Wait("netns.added");
        });
        Assert.Contains(live, e => e.Initial);
        Assert.Equal(Lines(live), Lines(Replay(recording, initial: true)));
    }

    [RootFact("ip")]
    public void Namespace_that_came_later_is_replayed_as_news()
    {
        TestNamespace? later = null;
        try
        {
            var (live, recording) = Record(new MonitorOptions { AllNamespaces = true, ScanInterval = TimeSpan.FromMinutes(1) }, events =>
            {
                later = new TestNamespace();
                events.Wait("link.added", e => e.Interface == "lo" && e.Namespace == later.Name && e.Synthetic);
            });
            Assert.DoesNotContain(live, e => e.Initial);
            Assert.Equal(Lines(live), Lines(Replay(recording, initial: false)));
        }
        finally
        {
            later?.Dispose();
        }
    }

    [RootFact("ip")]
    public void Overrun_and_resync_are_replayed_as_well()
    {
        using var ns = new TestNamespace();
        ns.Batch([.. Enumerable.Range(0, 10).Select(i => $"link add v{i} type veth peer name w{i}")]);
        var (live, recording) = Record(new MonitorOptions { Namespaces = [ns.Name], ReceiveBufferBytes = 4096 }, (events, monitor) =>
        {
            using (monitor.Pause()) ns.Batch([.. Enumerable.Range(0, 10).Select(i => $"link set v{i} mtu {2000 + i}")]);
            events.Wait("monitor.resync_finished");
        });
        Assert.Contains(live, e => e.Event == "monitor.overrun" && e.Lost > 0);
        Assert.Contains(live, e => e.Synthetic && e.Events.Contains("link.mtu_changed"));
        Assert.Equal(Lines(live), Lines(Replay(recording, initial: false)));
    }

    private static (NetworkEvent[] Live, byte[] Recording) Record(MonitorOptions options, Action<EventCollector> act) => Record(options, (events, _) => act(events));

    private static (NetworkEvent[] Live, byte[] Recording) Record(MonitorOptions options, Action<EventCollector, NetworkMonitor> act)
    {
        var (file, events) = (new MemoryStream(), new EventCollector());
        using (var recorder = new NetlinkRecorder(file))
        using (var monitor = NetworkMonitor.Start(options with { Recorder = recorder }, TimeProvider.System, events))
        {
            Assert.True(monitor.WaitUntilReady(TimeSpan.FromSeconds(10)));
            act(events, monitor);
            monitor.Dispose();
            recorder.Dispose();
            Assert.Equal(0, recorder.LostDatagrams);
        }

        return (events.Events, file.ToArray());
    }

    private static List<NetworkEvent> Replay(byte[] recording, bool initial)
    {
        var events = new List<NetworkEvent>();
        using var reader = new NetlinkRecordingReader(new MemoryStream(recording), new NetlinkEngine(new NetlinkEngineOptions { EmitInitial = initial }));
        while (reader.TryRead(events))
        {
        }

        Assert.Null(reader.Damage);
        return events;
    }

    private static string[] Lines(IEnumerable<NetworkEvent> events) => [.. events.Select(EventJson.ToLine)];
}
