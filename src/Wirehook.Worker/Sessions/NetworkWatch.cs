using Wirehook.Netlink.Monitor;
using Wirehook.Worker.Configuration;
using Wirehook.Worker.Pipeline;

namespace Wirehook.Worker.Sessions;

/// <summary>Brings the kernel's network events to the scripts of a session, from the moment a script has a hook for them.</summary>
/// <param name="session">A session with a live clock.</param>
/// <param name="options">What to listen to.</param>
/// <param name="clock">The wall clock.</param>
public sealed class NetworkWatch(CaptureSession session, MonitorOptions options, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly NetworkEventFeed _feed = new(session.Lane, session.Network);
    private NetworkMonitor? _monitor;

    /// <summary>Why there are no network events though a script has a hook for them; null where there are, or none are wanted.</summary>
    public string? Failure { get; private set; }

    /// <summary>What the monitor does; null while it does not run.</summary>
    public MonitorStatus? Status => _monitor?.Status;

    /// <summary>What the configuration says of monitoring.</summary>
    public static MonitorOptions OptionsFor(WorkerConfiguration configuration) => new()
    {
        AllNamespaces = configuration.Flag("nlmon.monitoring.namespaces.enabled"),
        ReceiveBufferBytes = (int)Math.Clamp(configuration.Size("nlmon.netlink.buffer_size.receive"), 1, 1 << 30),
    };

    /// <summary>Starts monitoring where a script wants network events by now, and hands over what was held back. To be called now and then.</summary>
    public void Poll()
    {
        if (_monitor is not null) _feed.Flush();
        else if (Failure is null && session.Lane.WantsNetworkEvents) TryStart();
    }

    /// <summary>Starts monitoring now.</summary>
    /// <exception cref="MonitorException">A namespace does not exist, or the system refuses the sockets.</exception>
    public void Start() => _monitor = NetworkMonitor.Start(options, clock, _feed);

    /// <summary>Waits, within reason, until what exists is known, so that the next event has its former values. Returns at once where nothing is monitored.</summary>
    public void WaitUntilReady() => _monitor?.WaitUntilReady(Patience);

    /// <summary>Ends monitoring; every event up to now is handed over.</summary>
    public void Dispose()
    {
        if (_monitor is null) return;
        _monitor.Dispose();
        _feed.Flush();
        _monitor = null;
    }

    private void TryStart()
    {
        try
        {
            Start();
        }
        catch (MonitorException error)
        {
            Failure = $"onNetworkEvent is never called: {error.Message}";
        }
    }
}
