using System.Text.Json;
using Wirehook.EventHooks.Hooks;
using Wirehook.Netlink.Events;

namespace Wirehook.Hub.Views;

/// <summary>One finished run of a hook's program.</summary>
public sealed record ExecutionView
{
    /// <summary>Unique among all runs; the program had it as NLMON_EXECUTION_ID.</summary>
    public required string Id { get; init; }

    /// <summary>The hook's name.</summary>
    public required string Hook { get; init; }

    /// <summary>success, timeout, error or disabled.</summary>
    public required string Outcome { get; init; }

    /// <summary>The exit code; -1 where it did not exit by itself.</summary>
    public required int ExitCode { get; init; }

    /// <summary>The signal that ended it; 0 for none.</summary>
    public required int Signal { get; init; }

    /// <summary>Its process id; 0 where nothing was started.</summary>
    public required int Pid { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long the event waited for it, in milliseconds.</summary>
    public required double WaitMs { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public required double DurationMs { get; init; }

    /// <summary>CPU time of the program and of the children that it waited for, in milliseconds.</summary>
    public required double CpuMs { get; init; }

    /// <summary>1, or more where an earlier attempt for the same event failed.</summary>
    public required int Attempt { get; init; }

    /// <summary>Whether another attempt follows.</summary>
    public required bool WillRetry { get; init; }

    /// <summary>Whether it was a test: those are not in the statistics.</summary>
    public required bool Test { get; init; }

    /// <summary>Processes that it left behind and that were killed.</summary>
    public required int Killed { get; init; }

    /// <summary>Why it was not started, or what went wrong beside it; empty where nothing did.</summary>
    public required string Error { get; init; }

    /// <summary>Head and tail of what it wrote.</summary>
    public required string Output { get; init; }

    /// <summary>Bytes that it wrote in all, kept or not.</summary>
    public required long OutputBytes { get; init; }

    /// <summary>The event that it ran for.</summary>
    public required JsonElement Event { get; init; }

    /// <summary>The view of <paramref name="run"/>.</summary>
    public static ExecutionView Of(HookRun run) => new()
    {
        Id = run.ExecutionId,
        Hook = run.HookName,
        Outcome = Words.Of(run.Result.Outcome),
        ExitCode = run.Result.ExitCode,
        Signal = run.Result.Signal,
        Pid = run.Result.ProcessId,
        StartedAt = run.StartedAt,
        WaitMs = run.Wait.TotalMilliseconds,
        DurationMs = run.Result.Duration.TotalMilliseconds,
        CpuMs = run.Result.CpuTime.TotalMilliseconds,
        Attempt = run.Attempt,
        WillRetry = run.WillRetry,
        Test = run.IsTest,
        Killed = run.Result.Killed,
        Error = run.Result.Error,
        Output = run.Result.Output,
        OutputBytes = run.Result.OutputBytes,
        Event = EventView.Of(run.Event),
    };
}
