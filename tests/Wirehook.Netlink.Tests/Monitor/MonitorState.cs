using Wirehook.Netlink.Families;
using Wirehook.Netlink.Monitor;

namespace Wirehook.Netlink.Tests.Monitor;

/// <summary>Looks at what a monitor knows, and holds its reader up.</summary>
internal static class MonitorState
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Starts a monitor of one namespace and waits until it knows the state.</summary>
    public static NetworkMonitor Start(TestNamespace ns, EventCollector events, MonitorOptions? options = null)
    {
        var monitor = NetworkMonitor.Start((options ?? new MonitorOptions()) with { Namespaces = [ns.Name] }, TimeProvider.System, events);
        Assert.True(monitor.WaitUntilReady(Patience));
        return monitor;
    }

    /// <summary>The objects of a family in a namespace, as the monitor's cache has them now.</summary>
    public static NetlinkObject[] Objects(this NetworkMonitor monitor, string ns, string family)
    {
        var result = new TaskCompletionSource<NetlinkObject[]>();
        monitor.Reader.Post(() =>
        {
            var known = monitor.Reader.Namespaces.Single(n => n.State.Name == ns);
            result.SetResult([.. known.State.Objects(NetlinkFamily.All.Single(f => f.Name == family))]);
        });
        Assert.True(result.Task.Wait(Patience));
        return result.Task.Result;
    }

    /// <summary>The field of an object, as text.</summary>
    public static string Field(this NetlinkObject subject, string name) => subject.Family.Fields.Single(f => f.Name == name).Get(subject).ToString();

    /// <summary>Keeps the reader from reading until the result is disposed.</summary>
    public static IDisposable Pause(this NetworkMonitor monitor)
    {
        var (reached, release) = (new ManualResetEventSlim(), new ManualResetEventSlim());
        monitor.Reader.Post(() =>
        {
            reached.Set();
            release.Wait(Patience);
        });
        Assert.True(reached.Wait(Patience));
        return new Release(release);
    }

    private sealed class Release(ManualResetEventSlim gate) : IDisposable
    {
        public void Dispose() => gate.Set();
    }
}
