using Wirehook.EventHooks.Conditions;
using Wirehook.EventHooks.Configuration;
using Wirehook.EventHooks.Hooks.Dispatch;
using Wirehook.EventHooks.Hooks.Scheduling;
using Wirehook.EventHooks.Running;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Monitor;

namespace Wirehook.EventHooks.Hooks;

/// <summary>Event hooks: programs that run when network events match. All members may be called from any thread, and none but <see cref="Test"/>,
/// <see cref="WaitIdle"/> and <see cref="Dispose"/> waits for a running program. What goes wrong is a value, not an exception.</summary>
/// <remarks>
/// For those who know nlmon's C functions: <c>hook_manager_create</c> is <see cref="Create"/>, <c>hook_manager_register</c> <see cref="Register"/>,
/// <c>hook_manager_unregister</c> <see cref="Unregister"/>, <c>hook_manager_execute</c> <see cref="Execute(NetworkEvent)"/>, <c>hook_manager_enable</c> and
/// <c>hook_manager_disable</c> <see cref="Enable(int)"/> and <see cref="Disable(int)"/>, <c>hook_manager_get_stats</c> <see cref="GetStatistics(int)"/>,
/// <c>hook_manager_reset_stats</c> <see cref="ResetStatistics(int)"/>, <c>hook_manager_get_config</c> <see cref="GetDefinition"/>, <c>hook_manager_list</c>
/// <see cref="List"/>, <c>hook_manager_wait</c> <see cref="WaitIdle"/>, and <c>hook_manager_destroy</c> <see cref="Dispose"/>.
/// <code>
/// using var hooks = HookManager.Create();
/// hooks.Register(new HookDefinition { Name = "down", Script = "/usr/local/bin/alert.sh", Condition = "event == 'link.down'" });
/// using var monitor = NetworkMonitor.Start(new MonitorOptions(), TimeProvider.System, hooks);
/// </code>
/// </remarks>
public sealed class HookManager : INetworkEventSink, IDisposable
{
    private const int TestsAtOnce = 4;
    private static readonly TimeSpan KillTime = TimeSpan.FromSeconds(5);
    private readonly HookManagerOptions _options;
    private readonly IProcessRunner _runner;
    private readonly bool _ownsRunner;
    private readonly HookHistory _history;
    private readonly HookExecutor _executor;
    private readonly HookScheduler _scheduler;
    private readonly HookRegistry _registry;
    private readonly EventInbox _inbox;
    private readonly DispatchThread _dispatch;
    private int _tests;
    private bool _disposed;

    private HookManager(HookManagerOptions options, IProcessRunner? runner)
    {
        (_options, _ownsRunner) = (options, runner is null);
        _runner = runner ?? new ProcessRunner(new ProcessRunnerOptions());
        _history = new HookHistory(options.Limits.History);
        _executor = new HookExecutor(_runner, options.Time, _history, options.OnRun);
        _scheduler = new HookScheduler(options.Limits, options.Time, () => _executor.StartWorker(_scheduler!), options.Replay);
        _registry = new HookRegistry(_scheduler);
        _inbox = new EventInbox(options.EventQueue);
        _dispatch = new DispatchThread(_inbox, new HookDispatcher(_scheduler, () => _registry.Hooks), options.Time, options.Replay);
    }

    /// <summary>All hooks together, at this moment.</summary>
    public HookManagerStatus Status
    {
        get
        {
            var (running, waiting, workers) = _scheduler.Load;
            var (received, dispatched, dropped) = _inbox.Counts;
            return new HookManagerStatus
            {
                Hooks = _registry.Hooks.Length,
                Running = running,
                Waiting = waiting,
                Threads = workers,
                Received = received,
                Dispatched = dispatched,
                Dropped = dropped,
                Limits = _scheduler.Limits,
            };
        }
    }

    /// <summary>Makes a manager without hooks; it works until it is disposed.</summary>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <param name="runner">What runs the programs; null for a runner of its own, which ends with it.</param>
    public static HookManager Create(HookManagerOptions? options = null, IProcessRunner? runner = null) => new(options ?? new HookManagerOptions(), runner);

    /// <summary>Registers a hook, after all others. It sees the events that are handed over from now on.</summary>
    public HookRegistration Register(HookDefinition definition) => _registry.Register(definition);

    /// <summary>Ends a hook: its waiting events are dropped, its running programs go on to their end or timeout. False where there is no such hook.</summary>
    public bool Unregister(int id) => _registry.Unregister(id);

    /// <summary>Puts a configuration in force. Hooks that it does not change keep id, statistics and what waits and runs; with any error nothing changes.
    /// Hooks registered by <see cref="Register"/> stay.</summary>
    public HookReload Apply(HookConfiguration configuration)
    {
        var reload = _registry.Apply(configuration);
        if (!reload.Succeeded) return reload;
        _scheduler.Limits = configuration.Limits;
        _history.Capacity = configuration.Limits.History;
        _dispatch.Refresh();
        return reload;
    }

    /// <summary>Hands an event to all hooks. False where it was dropped because dispatch has fallen too far behind.</summary>
    public bool Execute(NetworkEvent networkEvent) => _inbox.Add([networkEvent], _options.Replay) == 1;

    /// <summary>Hands events to all hooks, in order, and says how many were taken. Never waits, except on replay.</summary>
    public int Execute(IReadOnlyList<NetworkEvent> events) => _inbox.Add(events, _options.Replay);

    /// <inheritdoc/>
    void INetworkEventSink.OnEvents(IReadOnlyList<NetworkEvent> batch) => _inbox.Add(batch, _options.Replay);

    /// <summary>Lets a hook run from the next event on. False where there is no such hook.</summary>
    public bool Enable(int id) => SetEnabled(_registry.Find(id), true);

    /// <inheritdoc cref="Enable(int)"/>
    public bool Enable(string name) => SetEnabled(_registry.Find(name), true);

    /// <summary>Keeps a hook from running from the next event on; what waits for it is dropped, what runs goes on. False where there is no such hook.</summary>
    public bool Disable(int id) => SetEnabled(_registry.Find(id), false);

    /// <inheritdoc cref="Disable(int)"/>
    public bool Disable(string name) => SetEnabled(_registry.Find(name), false);

    /// <summary>What a hook did so far; null where there is no such hook.</summary>
    public HookStatistics? GetStatistics(int id) => Statistics(_registry.Find(id));

    /// <inheritdoc cref="GetStatistics(int)"/>
    public HookStatistics? GetStatistics(string name) => Statistics(_registry.Find(name));

    /// <summary>Begins the statistics of a hook anew. False where there is no such hook.</summary>
    public bool ResetStatistics(int id)
    {
        if (_registry.Find(id) is not { } hook) return false;
        _scheduler.ResetStatistics(hook.Queue);
        return true;
    }

    /// <summary>Begins the statistics of all hooks anew.</summary>
    public void ResetStatistics()
    {
        foreach (var hook in _registry.Hooks) _scheduler.ResetStatistics(hook.Queue);
    }

    /// <summary>What a hook was registered with; null where there is no such hook.</summary>
    public HookDefinition? GetDefinition(int id) => _registry.Find(id)?.Definition;

    /// <summary>One hook by name; null where there is no such hook.</summary>
    public HookInfo? Find(string name) => _registry.Find(name) is { } hook ? Describe(hook) : null;

    /// <summary>All hooks, in the order in which they see an event.</summary>
    public IReadOnlyList<HookInfo> List() => [.. _registry.Hooks.Select(Describe)];

    /// <summary>Runs a hook once, whether it is enabled or not and whatever its condition says, and waits for the end. Not counted in the statistics.</summary>
    /// <param name="name">The hook.</param>
    /// <param name="networkEvent">The event that the program sees; null for a made-up one.</param>
    /// <returns>The run; null where there is no such hook, or four tests run already.</returns>
    public HookRun? Test(string name, NetworkEvent? networkEvent = null)
    {
        if (_registry.Find(name) is not { } hook) return null;
        try
        {
            if (Interlocked.Increment(ref _tests) > TestsAtOnce) return null;
            return _executor.Test(hook.Queue, networkEvent ?? SampleEvent.For(hook.Definition, _options.Time));
        }
        finally
        {
            Interlocked.Decrement(ref _tests);
        }
    }

    /// <summary>The last finished runs, oldest first.</summary>
    /// <param name="name">The hook; null for all.</param>
    /// <param name="last">At most so many.</param>
    public IReadOnlyList<HookRun> History(string? name = null, int last = 20) => _history.Last(name, last);

    /// <summary>One finished run; null where it is not known, or no longer.</summary>
    public HookRun? FindRun(string executionId) => _history.Find(executionId);

    /// <summary>Why a hook did or did not run for the last events, oldest first; null where there is no such hook.</summary>
    /// <param name="name">The hook.</param>
    /// <param name="last">At most so many; 256 are kept.</param>
    public IReadOnlyList<HookDecision>? Explain(string name, int last = 10)
    {
        if (_registry.Find(name) is not { } hook) return null;
        return [.. hook.Decisions.Last(last).Select(entry => Explain(hook, entry))];
    }

    /// <summary>Waits until every event handed over is dispatched and nothing waits or runs; on replay, events within their debounce time are let go first.
    /// Time that <c>for</c> waits for is not waited for. False where that takes longer than <paramref name="timeout"/>.</summary>
    public bool WaitIdle(TimeSpan timeout)
    {
        var started = Environment.TickCount64;
        if (_options.Replay) _dispatch.Flush();
        if (!_inbox.WaitDispatched(timeout)) return false;
        if (timeout == Timeout.InfiniteTimeSpan) return _scheduler.WaitIdle(timeout);
        var left = timeout - TimeSpan.FromMilliseconds(Environment.TickCount64 - started);
        return _scheduler.WaitIdle(left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    /// <summary>Takes no more events and drops what waits; whoever waits in <see cref="Execute(IReadOnlyList{NetworkEvent})"/> on replay is let go. Running programs go on.</summary>
    public void Stop()
    {
        _scheduler.Stop();
        _inbox.Close();
    }

    /// <summary>Ends: what waits is dropped, running programs may go on for <see cref="HookManagerOptions.ShutdownTimeout"/> and are then killed.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        Stop();
        _dispatch.Dispose();
        if (!_scheduler.WaitForWorkers(_options.ShutdownTimeout))
        {
            _executor.Stop();
            _scheduler.WaitForWorkers(KillTime);
        }

        _scheduler.Dispose();
        _executor.Dispose();
        if (_ownsRunner) (_runner as IDisposable)?.Dispose();
    }

    private bool SetEnabled(Hook? hook, bool enabled)
    {
        if (hook is null) return false;
        _scheduler.Suspend(hook.Queue, !enabled);
        return true;
    }

    private HookStatistics? Statistics(Hook? hook) => hook is null ? null : _scheduler.Statistics(hook.Queue);

    private HookInfo Describe(Hook hook) => new(hook.Id, hook.Definition, hook.Enabled, hook.FromConfiguration, _scheduler.Statistics(hook.Queue));

    private static HookDecision Explain(Hook hook, DecisionLog.Entry entry)
    {
        var asked = entry.Verdict is not (HookVerdict.Disabled or HookVerdict.Initial or HookVerdict.NotListed);
        if (!asked || hook.Condition is not { } condition) return new HookDecision(entry.Event, entry.Verdict, null);
        var (clauses, counts) = entry.Evidence;
        // An event that was replaced or let go later has its counts with its first decision; here only the event itself can be asked.
        if (clauses is null && (counts is not null || !condition.HasWindows)) clauses = new ConditionState(condition).Explain(entry.Event, counts);
        return new HookDecision(entry.Event, entry.Verdict, clauses);
    }
}
