using Wirehook.EventHooks.Running;

namespace Wirehook.EventHooks.Hooks.Scheduling;

/// <summary>The statistics of one hook while they change. Guarded by the scheduler's lock.</summary>
internal sealed class HookCounters
{
    private readonly long[] _dropped = new long[Enum.GetValues<HookDropReason>().Length];
    private HookStatistics _base = new();
    private long _successes, _failures, _timeouts;

    public long Matched { get; set; }

    public long Coalesced { get; set; }

    public long Debounced { get; set; }

    public int Running { get; set; }

    /// <summary>In the queue.</summary>
    public int Queued { get; set; }

    /// <summary>Waiting for the end of the debounce time.</summary>
    public int Debouncing { get; set; }

    /// <summary>Waiting for a retry.</summary>
    public int Retrying { get; set; }

    /// <summary>Waiting for room in the queue.</summary>
    public int Blocked { get; set; }

    public int Waiting => Queued + Debouncing + Retrying + Blocked;

    public void Drop(HookDropReason reason, long count = 1) => _dropped[(int)reason] += count;

    public void Start(TimeSpan wait, DateTimeOffset now, int attempt)
    {
        _base = attempt == 1
            ? _base with { LastRunAt = now, Started = _base.Started + 1, TotalWait = _base.TotalWait + wait, MaxWait = wait > _base.MaxWait ? wait : _base.MaxWait }
            : _base with { LastRunAt = now, Retries = _base.Retries + 1 };
    }

    /// <summary>Notes what one attempt gave.</summary>
    public void EndAttempt(ProcessResult result) => _base = _base with
    {
        LastExitCode = result.ExitCode,
        LastOutput = result.Output,
        LastError = result.Outcome == ProcessOutcome.Success ? _base.LastError : Explain(result),
    };

    /// <summary>Notes the end of an execution whose attempts took <paramref name="duration"/> together.</summary>
    public void EndExecution(ProcessOutcome outcome, TimeSpan duration)
    {
        var first = _base.Executions == 0;
        _ = outcome switch
        {
            ProcessOutcome.Success => _successes++,
            ProcessOutcome.Timeout => _timeouts++,
            _ => _failures++,
        };
        _base = _base with
        {
            Executions = _base.Executions + 1,
            TotalDuration = _base.TotalDuration + duration,
            MinDuration = first || duration < _base.MinDuration ? duration : _base.MinDuration,
            MaxDuration = duration > _base.MaxDuration ? duration : _base.MaxDuration,
        };
    }

    public HookStatistics Snapshot()
    {
        var dropped = new Dictionary<HookDropReason, long>();
        for (var i = 0; i < _dropped.Length; i++)
        {
            if (_dropped[i] > 0) dropped[(HookDropReason)i] = _dropped[i];
        }

        return _base with
        {
            Matched = Matched,
            Successes = _successes,
            Failures = _failures,
            Timeouts = _timeouts,
            Coalesced = Coalesced,
            Debounced = Debounced,
            Running = Running,
            Waiting = Waiting,
            DroppedBy = dropped,
            Dropped = dropped.Values.Sum(),
        };
    }

    /// <summary>Begins anew; what waits and runs now counts as matched, so that the balance holds.</summary>
    public void Reset()
    {
        _base = new HookStatistics();
        _successes = _failures = _timeouts = Coalesced = Debounced = 0;
        Array.Clear(_dropped);
        Matched = Waiting + Running;
    }

    private static string Explain(ProcessResult result) => result switch
    {
        { Error.Length: > 0 } => result.Error,
        { Outcome: ProcessOutcome.Timeout } => "killed when its time was up",
        { Signal: > 0 } => $"ended by signal {result.Signal}",
        _ => $"exit code {result.ExitCode}",
    };
}
