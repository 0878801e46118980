using Wirehook.EventHooks.Hooks;

namespace Wirehook.Hub.Views;

/// <summary>What one hook did so far. Always: matched = executions + dropped + coalesced + debounced + waiting + running.</summary>
public sealed record StatisticsView
{
    /// <summary>The hook's name.</summary>
    public required string Hook { get; init; }

    /// <summary>Events whose run ended, retries counted once.</summary>
    public required long Executions { get; init; }

    /// <summary>Executions with exit code 0.</summary>
    public required long Successes { get; init; }

    /// <summary>Executions that failed otherwise than by a timeout.</summary>
    public required long Failures { get; init; }

    /// <summary>Executions that were killed when their time was up.</summary>
    public required long Timeouts { get; init; }

    /// <summary>The shortest execution, in milliseconds; 0 before the first.</summary>
    public required double MinDurationMs { get; init; }

    /// <summary>The longest execution, in milliseconds.</summary>
    public required double MaxDurationMs { get; init; }

    /// <summary>The mean execution, in milliseconds.</summary>
    public required double AverageDurationMs { get; init; }

    /// <summary>All executions together, in milliseconds.</summary>
    public required double TotalDurationMs { get; init; }

    /// <summary>Events that the list and the condition let through.</summary>
    public required long Matched { get; init; }

    /// <summary>Matched events that were dropped.</summary>
    public required long Dropped { get; init; }

    /// <summary>The same by reason (queue_full, disabled, removed, stopped); only reasons that occurred.</summary>
    public required IReadOnlyDictionary<string, long> DroppedBy { get; init; }

    /// <summary>Events that a newer one of the same interface replaced in the queue.</summary>
    public required long Coalesced { get; init; }

    /// <summary>Events that a newer one of the same interface replaced within the debounce time.</summary>
    public required long Debounced { get; init; }

    /// <summary>Further attempts after a failed one.</summary>
    public required long Retries { get; init; }

    /// <summary>Executions under way.</summary>
    public required int Running { get; init; }

    /// <summary>Events that wait.</summary>
    public required int Waiting { get; init; }

    /// <summary>Mean time from match to start, in milliseconds.</summary>
    public required double AverageWaitMs { get; init; }

    /// <summary>The longest such time, in milliseconds.</summary>
    public required double MaxWaitMs { get; init; }

    /// <summary>Exit code of the last attempt; null before the first, -1 where it did not exit by itself.</summary>
    public int? LastExitCode { get; init; }

    /// <summary>When the last attempt began.</summary>
    public DateTimeOffset? LastRunAt { get; init; }

    /// <summary>Why the last failed attempt failed; empty where none did.</summary>
    public required string LastError { get; init; }

    /// <summary>The output of the last attempt, as far as kept.</summary>
    public required string LastOutput { get; init; }

    /// <summary>The view of the statistics of <paramref name="hook"/>.</summary>
    public static StatisticsView Of(HookInfo hook)
    {
        var statistics = hook.Statistics;
        return new StatisticsView
        {
            Hook = hook.Definition.Name,
            Executions = statistics.Executions,
            Successes = statistics.Successes,
            Failures = statistics.Failures,
            Timeouts = statistics.Timeouts,
            MinDurationMs = statistics.MinDuration.TotalMilliseconds,
            MaxDurationMs = statistics.MaxDuration.TotalMilliseconds,
            AverageDurationMs = statistics.AverageDuration.TotalMilliseconds,
            TotalDurationMs = statistics.TotalDuration.TotalMilliseconds,
            Matched = statistics.Matched,
            Dropped = statistics.Dropped,
            DroppedBy = statistics.DroppedBy.ToDictionary(d => Words.Of(d.Key), d => d.Value),
            Coalesced = statistics.Coalesced,
            Debounced = statistics.Debounced,
            Retries = statistics.Retries,
            Running = statistics.Running,
            Waiting = statistics.Waiting,
            AverageWaitMs = statistics.AverageWait.TotalMilliseconds,
            MaxWaitMs = statistics.MaxWait.TotalMilliseconds,
            LastExitCode = statistics.LastExitCode,
            LastRunAt = statistics.LastRunAt,
            LastError = statistics.LastError,
            LastOutput = statistics.LastOutput,
        };
    }
}
