namespace Wirehook.EventHooks.Hooks;

/// <summary>All hooks together, at one moment.</summary>
public sealed record HookManagerStatus
{
    /// <summary>Registered hooks.</summary>
    public required int Hooks { get; init; }

    /// <summary>Programs that run now.</summary>
    public required int Running { get; init; }

    /// <summary>Matched events that wait for their run, over all hooks.</summary>
    public required int Waiting { get; init; }

    /// <summary>Events handed over so far, dropped ones included.</summary>
    public required long Received { get; init; }

    /// <summary>Events that the hooks have seen, announcements of dropped ones included.</summary>
    public required long Dispatched { get; init; }

    /// <summary>Events that were dropped before any hook saw them, because dispatch fell behind.</summary>
    public required long Dropped { get; init; }

    /// <summary>Threads that execute hooks; they are made when needed and reused.</summary>
    public required int Threads { get; init; }

    /// <summary>The limits in force.</summary>
    public required HookLimits Limits { get; init; }
}
