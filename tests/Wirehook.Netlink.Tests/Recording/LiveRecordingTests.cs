using Wirehook.Netlink.Events;
using Wirehook.Netlink.Monitor;
using Wirehook.Netlink.Recording;
using Wirehook.Netlink.State;
using Wirehook.Netlink.Tests.Monitor;
using Wirehook.Tests;

namespace Wirehook.Netlink.Tests.Recording;

public sealed class LiveRecordingTests
{
    [RootFact("ip", "tc")]
    public void A_recording_of_a_live_monitor_replays_to_the_same_lines()
    {
        var file = Path.GetTempFileName();
        try
        {
            using var first = new TestNamespace();
            using var second = new TestNamespace();
            first.Ip("link add old type veth peer name peer");
            var events = new EventCollector();
            using (var recorder = NetlinkRecorder.Create(file))
            using (var monitor = NetworkMonitor.Start(
                new MonitorOptions { Namespaces = [first.Name, second.Name], EmitInitial = true, Recorder = recorder }, TimeProvider.System, events))
            {
                Assert.True(monitor.WaitUntilReady(TimeSpan.FromSeconds(10)));
                Change(first);
                Change(second);
                events.Wait("link.removed", e => e.Interface == "vc" && e.Namespace == second.Name);
            }

            var live = events.Events.Select(EventJson.ToLine).ToArray();
            Assert.Contains(live, l => l.Contains("\"initial\":true", StringComparison.Ordinal) && l.Contains("\"interface\":\"old\"", StringComparison.Ordinal));
            Assert.Contains(live, l => l.Contains("\"synthetic\":true", StringComparison.Ordinal));
            Assert.Equal(live, Replay(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Change(TestNamespace ns)
    {
        ns.Batch(
        [
            "link add va type veth peer name vb", "addr add 10.9.0.1/24 dev va", "link set va up", "link set vb up", "route add default via 10.9.0.2",
            "rule add pref 1001 ipproto tcp dport 443 table 101", "nexthop add id 1 via 10.9.0.2 dev va", "neigh add 10.9.0.7 lladdr 02:00:00:00:00:01 dev va",
        ]);
        ns.Tc("qdisc add dev va root handle 1: htb default 10");
        Thread.Sleep(100);
        ns.Batch(["link set va mtu 1400", "link set va down", "link set va name vc", "rule del pref 1001"]);
        Thread.Sleep(200);
        ns.Ip("link del vc");
    }

    private static List<string> Replay(string file)
    {
        using var reader = NetlinkRecordingReader.Open(file, new NetlinkEngine(new NetlinkEngineOptions { EmitInitial = true }));
        var events = new List<NetworkEvent>();
        while (reader.TryRead(events))
        {
        }

        Assert.Null(reader.Damage);
        Assert.Equal(0, reader.OtherFrames);
        return [.. events.Select(EventJson.ToLine)];
    }
}
