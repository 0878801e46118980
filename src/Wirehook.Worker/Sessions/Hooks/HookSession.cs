using Wirehook.EventHooks.Configuration;
using Wirehook.EventHooks.Hooks;
using Wirehook.EventHooks.Running;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Monitor;
using Wirehook.Netlink.Recording;
using Wirehook.Worker.Configuration;

namespace Wirehook.Worker.Sessions.Hooks;

/// <summary>Network events into hooks: the monitor or a recording, the hook manager, the configuration file and its changes.</summary>
public sealed class HookSession : INetworkEventSink, IDisposable
{
    private const int RememberedEvents = 1_000;
    private readonly HookSessionOptions _options;
    private readonly HookConfigurationSource _source;
    private readonly RecentEvents _recent = new(RememberedEvents);
    private readonly DropReporter _drops;
    private readonly ProcessRunner _runner = new(new ProcessRunnerOptions());
    private NetworkMonitor? _monitor;
    private NetlinkRecorder? _recorder;
    private long _events;

    private HookSession(HookSessionOptions options)
    {
        _options = options;
        StartedAt = options.Time.GetUtcNow();
        Hooks = HookManager.Create(new HookManagerOptions { Time = options.Time, Replay = options.ReplayFile is not null, OnRun = options.Log.OnRun }, _runner);
        _source = new HookConfigurationSource(options, Hooks);
        _drops = new DropReporter(Hooks, options.Log, options.Time);
    }

    /// <summary>The hooks.</summary>
    public HookManager Hooks { get; }

    /// <summary>When the session began.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>What the monitor does; null on replay.</summary>
    public MonitorStatus? Monitor => _monitor?.Status;

    /// <summary>Events so far.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>What went wrong with the recording; null where nothing did.</summary>
    public string? RecordFailure => _recorder?.Error;

    /// <summary>Reads the configuration and, unless a recording is replayed, starts the monitor.</summary>
    /// <exception cref="ConfigurationException">The configuration or a file cannot be used; all errors are in the message.</exception>
    /// <exception cref="MonitorException">Monitoring cannot begin.</exception>
    public static HookSession Start(HookSessionOptions options)
    {
        var session = new HookSession(options);
        try
        {
            session._source.LoadFirst();
            if (options.ReplayFile is null) session.StartMonitor();
            if (options.Watch) session._source.Watch();
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Up to <paramref name="last"/> of the newest events, oldest first.</summary>
    public IReadOnlyList<NetworkEvent> RecentEvents(int last) => _recent.Take(last);

    /// <summary>Reads the configuration file again and applies it.</summary>
    public HookReload Reload() => _source.Reload();

    /// <summary>Works until cancelled; a replay ends by itself when the last event's hooks have ended.</summary>
    /// <returns>Why a recording could not be read to its end; null otherwise.</returns>
    public string? Run(CancellationToken cancellation)
    {
        if (_options.ReplayFile is { } file) return HookReplay.Run(file, this, Hooks, cancellation);
        cancellation.WaitHandle.WaitOne();
        return null;
    }

    /// <inheritdoc/>
    public void OnEvents(IReadOnlyList<NetworkEvent> batch)
    {
        if (Interlocked.Add(ref _events, batch.Count) == batch.Count) WarmUp(batch);
        _recent.Add(batch);
        ((INetworkEventSink)Hooks).OnEvents(batch);
        foreach (var networkEvent in batch)
        {
            if (networkEvent.Family is null) _options.Log.OnMonitorEvent(networkEvent);
        }
    }

    /// <summary>Ends monitoring, then the hooks: programs that run may go on for a while and are then killed.</summary>
    public void Dispose()
    {
        _source.Dispose();
        _monitor?.Dispose();
        _recorder?.Dispose();
        Hooks.Dispose();
        _runner.Dispose();
        _drops.Dispose();
    }

    /// <summary>The first batch holds what exists, long before anything happens.</summary>
    private void WarmUp(IReadOnlyList<NetworkEvent> batch)
    {
        if (_options.ReplayFile is null && batch.FirstOrDefault(e => e is { Initial: true, InterfaceIndex: > 0 }) is { } link) HookWarmUp.Begin(_runner, _options.Time, link);
    }

    private void StartMonitor()
    {
        if (_options.RecordFile is { } file) _recorder = OpenRecorder(file);
        var options = _source.Monitoring with
        {
            Namespaces = _options.Namespaces,
            EmitInitial = true,
            Recorder = _recorder,
        };
        if (_options.AllNamespaces) options = options with { AllNamespaces = true };
        _monitor = NetworkMonitor.Start(options, _options.Time, this);
    }

    private static NetlinkRecorder OpenRecorder(string file)
    {
        try
        {
            return NetlinkRecorder.Create(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"--record {file}: {error.Message}");
        }
    }
}
