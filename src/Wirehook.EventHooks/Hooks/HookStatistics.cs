namespace Wirehook.EventHooks.Hooks;

/// <summary>Why an event that a hook's condition matched was not run.</summary>
public enum HookDropReason
{
    /// <summary>The hook's queue was full.</summary>
    QueueFull,

    /// <summary>The hook was disabled while the event waited.</summary>
    Disabled,

    /// <summary>The hook was removed or replaced while the event waited.</summary>
    Removed,

    /// <summary>Wirehook ended while the event waited.</summary>
    Stopped,
}

/// <summary>What one hook did so far. Always: matched = executions + dropped + coalesced + debounced + waiting + running.</summary>
public sealed record HookStatistics
{
    /// <summary>Events that the hook's list and condition let through.</summary>
    public long Matched { get; init; }

    /// <summary>Events whose run ended, retries of one event counted once: successes + failures + timeouts.</summary>
    public long Executions { get; init; }

    /// <summary>Executions that ended with exit code 0.</summary>
    public long Successes { get; init; }

    /// <summary>Executions that ended with another exit code or a signal, or could not start.</summary>
    public long Failures { get; init; }

    /// <summary>Executions that were killed when their time was up.</summary>
    public long Timeouts { get; init; }

    /// <summary>Further attempts after a failed one.</summary>
    public long Retries { get; init; }

    /// <summary>Time that all executions took, waits between attempts not counted; from a monotonic clock.</summary>
    public TimeSpan TotalDuration { get; init; }

    /// <summary>The shortest execution; zero before the first.</summary>
    public TimeSpan MinDuration { get; init; }

    /// <summary>The longest execution.</summary>
    public TimeSpan MaxDuration { get; init; }

    /// <summary>The mean over all executions; zero before the first.</summary>
    public TimeSpan AverageDuration => Executions == 0 ? TimeSpan.Zero : TotalDuration / Executions;

    /// <summary>Time from match to the start of the first attempt, over all executions that started.</summary>
    public TimeSpan TotalWait { get; init; }

    /// <summary>The longest such wait.</summary>
    public TimeSpan MaxWait { get; init; }

    /// <summary>Executions that started, those still running included.</summary>
    public long Started { get; init; }

    /// <summary>The mean wait; zero before the first.</summary>
    public TimeSpan AverageWait => Started == 0 ? TimeSpan.Zero : TotalWait / Started;

    /// <summary>Matched events that were dropped, by reason; only reasons that occurred.</summary>
    public IReadOnlyDictionary<HookDropReason, long> DroppedBy { get; init; } = new Dictionary<HookDropReason, long>();

    /// <summary>Matched events that were dropped.</summary>
    public long Dropped { get; init; }

    /// <summary>Events that a newer one of the same interface replaced while they waited in the queue.</summary>
    public long Coalesced { get; init; }

    /// <summary>Events that a newer one of the same interface replaced within the debounce time.</summary>
    public long Debounced { get; init; }

    /// <summary>Executions under way now.</summary>
    public int Running { get; init; }

    /// <summary>Events that wait now: in the queue, for room in it, for the end of the debounce time, or for a retry.</summary>
    public int Waiting { get; init; }

    /// <summary>The exit code of the last attempt; null before the first, -1 where it did not exit by itself.</summary>
    public int? LastExitCode { get; init; }

    /// <summary>Why the last failed attempt failed; empty where none did.</summary>
    public string LastError { get; init; } = "";

    /// <summary>The output of the last attempt, as far as kept.</summary>
    public string LastOutput { get; init; } = "";

    /// <summary>When the last attempt began; null before the first.</summary>
    public DateTimeOffset? LastRunAt { get; init; }
}
