namespace Wirehook.EventHooks.Hooks;

/// <summary>Limits over all hooks (<c>nlmon.integration.hook_limits</c>).</summary>
public sealed record HookLimits
{
    /// <summary>Runs at once over all hooks, synchronous and asynchronous together (<c>max_concurrent</c>); 1 to 1,000.</summary>
    public int MaxConcurrent { get; init; } = 10;

    /// <summary>Events that may wait for one hook that sets no <c>queue</c> (<c>queue</c>); 1 to 1,000,000.</summary>
    public int Queue { get; init; } = 1_000;

    /// <summary>What a full queue does for hooks that set no <c>on_overflow</c> (<c>overflow</c>).</summary>
    public OverflowPolicy Overflow { get; init; } = OverflowPolicy.DropOldest;

    /// <summary>Finished runs that are remembered (<c>history</c>); 0 to 100,000.</summary>
    public int History { get; init; } = 1_000;
}
