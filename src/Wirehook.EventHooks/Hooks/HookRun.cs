using Wirehook.EventHooks.Running;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Hooks;

/// <summary>One finished run of a hook's program.</summary>
public sealed record HookRun
{
    /// <summary>Unique among all runs; the program has it as NLMON_EXECUTION_ID.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>The hook's id.</summary>
    public required int HookId { get; init; }

    /// <summary>The hook's name.</summary>
    public required string HookName { get; init; }

    /// <summary>The event that it ran for.</summary>
    public required NetworkEvent Event { get; init; }

    /// <summary>1, or more where an earlier attempt for the same event failed.</summary>
    public required int Attempt { get; init; }

    /// <summary>Whether another attempt for the same event follows.</summary>
    public bool WillRetry { get; init; }

    /// <summary>Whether it was asked for by <see cref="HookManager.Test"/>: such runs are not in the statistics.</summary>
    public bool IsTest { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long the event waited for this attempt.</summary>
    public required TimeSpan Wait { get; init; }

    /// <summary>What came of it.</summary>
    public required ProcessResult Result { get; init; }
}
