using System.Diagnostics;

namespace Wirehook.EventHooks.Running;

/// <summary>
/// Runs programs for events. Each gets a session, a cgroup where one can be made, a clean set of descriptors and signals, the
/// directory <c>/</c> and the umask 022; nothing that it starts outlives its timeout, not even when Wirehook is killed.
/// </summary>
/// <remarks>
/// A script given by its absolute path is checked and executed through the same descriptor, which stays open in it as number 3, so
/// that its <c>$0</c> is <c>/proc/self/fd/3</c>; its path is in <c>NLMON_HOOK_SCRIPT</c>. The runner makes Wirehook the parent of its
/// descendants' orphans (PR_SET_CHILD_SUBREAPER) and waits for them.
/// </remarks>
public sealed class ProcessRunner : IProcessRunner, IDisposable
{
    private static readonly TimeSpan MaximumTime = TimeSpan.FromDays(365);

    private readonly ProcessRunnerOptions _options;
    private readonly ChildTable _children = ChildTable.Instance;
    private readonly BackgroundRuns _background;
    private readonly CgroupTree? _cgroups;
    private readonly LauncherPool _launchers;
    private readonly Guardian? _guardian;
    private readonly Descriptor _stop = Descriptor.CreateEvent();
    private readonly CountdownEvent _active = new(1);
    private int _closed;

    /// <summary>Makes a runner, whose launchers then wait for programs.</summary>
    public ProcessRunner(ProcessRunnerOptions? options = null)
    {
        _options = options ?? new ProcessRunnerOptions();
        var reason = "not asked for";
        if (_options.UseCgroups) _cgroups = CgroupTree.Create(_options.MaximumProcesses, out reason);
        NoCgroupReason = reason ?? "";
        _background = new BackgroundRuns(_children, _options.MaximumBackgroundRuns);
        _launchers = new LauncherPool(_children, _cgroups, _options.WaitingLaunchers);
        if (_options.UseGuardian) _guardian = new Guardian(_children, _cgroups?.Folder);
    }

    /// <summary>Whether runs have cgroups of their own.</summary>
    public bool HasCgroups => _cgroups is not null;

    /// <summary>Whether the kernel limits a run's processes to <see cref="ProcessRunnerOptions.MaximumProcesses"/>.</summary>
    public bool HasProcessLimit => _cgroups?.HasProcessLimit ?? false;

    /// <summary>Why runs have no cgroups; empty where they have.</summary>
    public string NoCgroupReason { get; }

    /// <summary>Finished runs of which something still runs in the background, until their time is up.</summary>
    public int BackgroundRuns => _background.Count;

    /// <summary>Background processes of finished runs that were killed when their time was up.</summary>
    public long BackgroundKilled => _background.Killed;

    /// <summary>The guardian's process id; 0 before the first run and where there is none.</summary>
    internal int GuardianProcess => _guardian?.ProcessId ?? 0;

    /// <summary>The process ids of the launchers that wait for a program.</summary>
    internal IReadOnlyList<int> WaitingLaunchers => _launchers.Processes;

    /// <inheritdoc/>
    public ProcessResult Run(ProcessRequest request, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        var started = Stopwatch.GetTimestamp();
        if (stop.IsCancellationRequested) return ProcessRun.Failure(started, "stopped");
        if (!TryEnter()) return ProcessRun.Failure(started, "The runner is closed.");
        try
        {
            using var command = LaunchCommand.Prepare(request, out var error);
            return command is null ? ProcessRun.Failure(started, error!) : Execute(Bounded(request), command, started, stop);
        }
        finally
        {
            _active.Signal();
        }
    }

    /// <summary>Kills everything that runs, waits for it within <see cref="ProcessRunnerOptions.ShutdownLimit"/>, and removes the cgroups.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0) return;
        var limit = Stopwatch.GetTimestamp();
        _stop.Signal();
        _active.Signal();
        var idle = _active.Wait(_options.ShutdownLimit);
        var remaining = _options.ShutdownLimit - Stopwatch.GetElapsedTime(limit);
        _launchers.Dispose();
        _background.Close(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero);
        _background.Dispose();
        _guardian?.Dispose();
        _cgroups?.Dispose();
        // A run that could not be ended still looks at it.
        if (idle) _stop.Dispose();
    }

    private static ProcessRequest Bounded(ProcessRequest request) =>
        request.Timeout <= MaximumTime && request.TermGrace <= MaximumTime ? request : request with { Timeout = Least(request.Timeout), TermGrace = Least(request.TermGrace) };

    private static TimeSpan Least(TimeSpan time) => time < MaximumTime ? time : MaximumTime;

    private static long After(long started, TimeSpan time) => started + (long)(time.TotalSeconds * Stopwatch.Frequency);

    private bool TryEnter() => _active.TryAddCount();

    private ProcessResult Execute(ProcessRequest request, LaunchCommand command, long started, CancellationToken stop)
    {
        using var launcher = command.CanBeHandedOver ? _launchers.Take() : null;
        var scope = ScopeOf(launcher, request.ExecutionId);
        var slot = _guardian?.Begin(request.ExecutionId, scope.GuardianName, request.Timeout + request.TermGrace) ?? -1;
        using var requestStop = stop.CanBeCanceled ? Descriptor.CreateEvent() : new Descriptor(-1);
        using var registration = stop.CanBeCanceled ? stop.UnsafeRegister(static state => ((Descriptor)state!).Signal(), requestStop) : default;
        var run = new ProcessRun(request, command, scope, _children, launcher);
        var result = run.Execute(started, _stop.Value, requestStop.Value);
        if (run.HasBackground) LeaveBehind(run, result, scope, slot, request, started);
        else Release(scope, slot);
        _children.Collect();
        _background.CollectSoon();
        return result;
    }

    private ProcessScope ScopeOf(ParkedLauncher? launcher, string executionId)
    {
        if ((launcher is null ? _cgroups?.Rent() : launcher.Scope) is { } leaf) return leaf;
        var scope = new SessionScope(_children, executionId);
        if (launcher is not null) scope.Started(launcher.Process);
        return scope;
    }

    private void LeaveBehind(ProcessRun run, ProcessResult result, ProcessScope scope, int slot, ProcessRequest request, long started)
    {
        var termAt = After(started, request.Timeout);
        var killAt = After(started, request.Timeout + request.TermGrace);
        if (result.Error == "stopped" || result.Outcome == ProcessOutcome.Timeout) killAt = termAt = 0;
        _background.Add(scope, run.RemainingOutput, termAt, killAt, run.UnfinishedProcess, () => EndGuard(slot));
    }

    private void Release(ProcessScope scope, int slot)
    {
        scope.Release();
        EndGuard(slot);
    }

    private void EndGuard(int slot)
    {
        if (slot >= 0) _guardian?.End(slot);
    }
}
