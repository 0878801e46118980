using System.Diagnostics;
using Wirehook.Netlink.Monitor;
using Wirehook.Tests;

namespace Wirehook.Netlink.Tests.Monitor;

/// <summary>Namespaces that come and go while they are followed.</summary>
public sealed class NamespaceTests
{
    [RootFact("ip")]
    public void Named_namespaces_are_followed_as_they_come_and_let_go_as_they_are_deleted()
    {
        using var before = new TestNamespace();
        var events = new EventCollector();
        using var monitor = NetworkMonitor.Start(new MonitorOptions { AllNamespaces = true }, TimeProvider.System, events);
        Assert.Contains(monitor.Status.Namespaces, n => n.Name == before.Name);
        Assert.Equal("default", monitor.Status.Namespaces[0].Name);

        using var later = new TestNamespace();
        WaitFor(() => monitor.Status.Namespaces.Any(n => n.Name == later.Name && n.Ready));
        events.Wait("link.added", e => e.Interface == "lo" && e.Namespace == later.Name && e.Synthetic);
        later.Ip("link add va type veth peer name vb");
        events.Wait("link.added", e => e.Interface == "va" && e.Namespace == later.Name);
        before.Ip("link add vc type veth peer name vd");
        events.Wait("link.added", e => e.Interface == "vc" && e.Namespace == before.Name);

        // A veth whose end is here dies with the namespace of its other end: an open socket would keep that alive.
        before.Ip($"link add here type veth peer name there netns {later.Name}");
        events.Wait("link.added", e => e.Interface == "here");
        later.Dispose();
        events.Wait("link.removed", e => e.Interface == "here" && e.Namespace == before.Name);
        WaitFor(() => monitor.Status.Namespaces.All(n => n.Name != later.Name));
        Assert.Equal(events.Events.Select((_, i) => i + 1L), events.Events.Select(e => e.Sequence));
    }

    [RootFact("ip")]
    public void No_event_comes_twice_where_a_namespace_has_both_a_name_and_an_id()
    {
        using var left = new TestNamespace();
        using var right = new TestNamespace();
        TestNamespace.Run("ip", "netns", "set", left.Name, "auto");
        var events = new EventCollector();
        using var monitor = NetworkMonitor.Start(new MonitorOptions { AllNamespaces = true }, TimeProvider.System, events);
        Assert.True(monitor.Status.Namespaces.Single(n => n.Name == left.Name).Id >= 0);
        monitor.WaitUntilReady(TimeSpan.FromSeconds(10));
        TestNamespace.Run("ip", "netns", "set", right.Name, "auto");
        left.Ip("link add only type bridge");
        right.Ip("link add other type bridge");
        events.Wait("link.added", e => e.Interface == "only");
        events.Wait("link.added", e => e.Interface == "other");
        right.Ip("link add last type bridge");
        events.Wait("link.added", e => e.Interface == "last");
        WaitFor(() => monitor.Status.Namespaces.Single(n => n.Name == right.Name).Id >= 0);
        Assert.All(["only", "other", "last"], name => Assert.Single(events.Events, e => e.Interface == name && e.Events.Contains("link.added")));
    }

    [RootFact("ip", "unshare")]
    public void Namespace_of_a_process_is_followed_until_the_process_ends()
    {
        var events = new EventCollector();
        using var monitor = NetworkMonitor.Start(new MonitorOptions { AllNamespaces = true, ScanInterval = TimeSpan.FromMilliseconds(200) }, TimeProvider.System, events);
        using var process = Process.Start("unshare", ["-n", "sleep", "30"]);
        var name = $"pid-{process.Id}";
        WaitFor(() => monitor.Status.Namespaces.Any(n => n.Name == name && n.Ready));
        TestNamespace.Run("nsenter", "-t", $"{process.Id}", "-n", "ip", "link", "add", "inside", "type", "bridge");
        events.Wait("link.added", e => e.Interface == "inside" && e.Namespace == name);
        process.Kill();
        process.WaitForExit();
        WaitFor(() => monitor.Status.Namespaces.All(n => n.Name != name));
    }

    [RootFact("ip", "unshare")]
    public void Namespace_that_only_has_an_id_is_heard_until_the_id_goes()
    {
        using var own = new TestNamespace();
        var events = new EventCollector();
        var options = new MonitorOptions { AllNamespaces = true, ScanInterval = TimeSpan.FromMinutes(1) };
        using var monitor = own.Inside(() => NetworkMonitor.Start(options, TimeProvider.System, events));
        using var process = Process.Start("unshare", ["-n", "sleep", "30"]);
        try
        {
            WaitFor(() => File.ReadAllText($"/proc/{process.Id}/cmdline").StartsWith("sleep", StringComparison.Ordinal));
            own.Ip($"link add near type veth peer name far netns {process.Id}");
            var id = events.Wait("netns.added").Current!.Field("id");
            events.Wait("link.added", e => e.Interface == "near" && e.Namespace == "default");
            TestNamespace.Run("nsenter", "-t", $"{process.Id}", "-n", "ip", "link", "set", "far", "mtu", "1300");

            // Names that other tests take away have processes searched as well; then it has a better name.
            var heard = events.WaitForAny(e => (e.Namespace == $"nsid-{id}" || e.Namespace == $"pid-{process.Id}") && e.Interface == "far" && e.Current!.Field("mtu") == "1300");
            Assert.Equal(id, $"{heard.NamespaceId}");
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }

        events.Wait("netns.removed");
        WaitFor(() => monitor.Status.Namespaces.All(n => !n.Name.StartsWith("nsid-", StringComparison.Ordinal)));
    }

    [RootFact("ip")]
    public void What_is_beyond_the_limit_is_said()
    {
        using var one = new TestNamespace();
        using var two = new TestNamespace();
        using var monitor = NetworkMonitor.Start(new MonitorOptions { AllNamespaces = true, MaxNamespaces = 2 }, TimeProvider.System, new EventCollector());
        Assert.Equal(2, monitor.Status.Namespaces.Count);
        Assert.Contains(monitor.Status.Notes, n => n.Contains("at most 2", StringComparison.Ordinal));
    }

    [Fact]
    public void Missing_namespace_is_named_in_the_message()
    {
        var failure = Assert.Throws<MonitorException>(() => NetworkMonitor.Start(new MonitorOptions { Namespaces = ["no-such-place"] }, TimeProvider.System, new EventCollector()));
        Assert.StartsWith("no-such-place: there is no such namespace", failure.Message, StringComparison.Ordinal);
        failure = Assert.Throws<MonitorException>(() => NetworkMonitor.Start(new MonitorOptions { Namespaces = ["/etc/hostname"] }, TimeProvider.System, new EventCollector()));
        Assert.Equal("/etc/hostname: this file is not a network namespace.", failure.Message);
    }

    private static void WaitFor(Func<bool> holds)
    {
        var end = Environment.TickCount64 + 15_000;
        while (!holds())
        {
            Assert.True(Environment.TickCount64 < end, "It did not come to be in time.");
            Thread.Sleep(10);
        }
    }
}
