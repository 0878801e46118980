namespace Wirehook.Netlink.Monitor;

/// <summary>Follows the kernel's network state: links, addresses, routes and whatever else families declare, in one or many namespaces. One thread reads all
/// sockets and gives events to a sink.</summary>
public sealed class NetworkMonitor : IDisposable
{
    private readonly NetworkReader _reader;
    private readonly NamespaceWatcher _watcher;
    private bool _isDisposed;

    private NetworkMonitor(MonitorOptions options, TimeProvider time, INetworkEventSink sink)
    {
        _reader = new NetworkReader(options, time, sink);
        _watcher = new NamespaceWatcher(options, _reader);
    }

    /// <summary>What it does at this moment; from any thread.</summary>
    public MonitorStatus Status
    {
        get
        {
            var (counters, namespaces) = (_reader.Counters, _reader.Namespaces);
            return new MonitorStatus
            {
                Namespaces = [.. namespaces.Select(n => n.Status)],
                Events = counters.Events,
                Datagrams = counters.Datagrams,
                Overruns = counters.Overruns,
                LostAtLeast = counters.Lost,
                Resyncs = counters.Resyncs,
                FailedDumps = counters.FailedDumps,
                Foreign = counters.Foreign,
                SinkFailures = counters.SinkFailures,
                Notes = [.. _watcher.Notes, .. _reader.Notes.All],
            };
        }
    }

    /// <summary>The thread that reads, for tests.</summary>
    internal NetworkReader Reader => _reader;

    /// <summary>Begins to follow. When it returns, every socket has joined its groups, so that no later change is missed; the first dumps follow.</summary>
    /// <param name="options">What to listen to.</param>
    /// <param name="time">The clock.</param>
    /// <param name="sink">Takes the events.</param>
    /// <exception cref="MonitorException">A namespace does not exist, or the system refuses the sockets.</exception>
    public static NetworkMonitor Start(MonitorOptions options, TimeProvider time, INetworkEventSink sink)
    {
        var monitor = new NetworkMonitor(options, time, sink);
        try
        {
            monitor._watcher.Begin();
            monitor._reader.Begin();
            return monitor;
        }
        catch (MonitorException)
        {
            monitor.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the first dumps of all namespaces have ended. False where that takes longer than <paramref name="patience"/>.</summary>
    public bool WaitUntilReady(TimeSpan patience)
    {
        var end = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (_reader.Namespaces.Any(n => !n.IsReady && n.Sockets is not null))
        {
            if (Environment.TickCount64 >= end) return false;
            Thread.Sleep(2);
        }

        return true;
    }

    /// <summary>Ends after a last look at the sockets; the sink is not called afterwards.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _watcher.Dispose();
        _reader.Dispose();
    }
}
