namespace Wirehook.EventHooks.Hooks;

/// <summary>How a <see cref="HookManager"/> works.</summary>
public sealed record HookManagerOptions
{
    /// <summary>Limits over all hooks, until a configuration brings others.</summary>
    public HookLimits Limits { get; init; } = new();

    /// <summary>Clock and timers.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Events that may wait for dispatch; what comes beyond is dropped, counted, and announced to the hooks as <c>monitor.dropped</c>.</summary>
    public int EventQueue { get; init; } = 65_536;

    /// <summary>How long <see cref="HookManager.Dispose"/> lets running programs go on before it stops them.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For recorded events: handing over waits instead of dropping, full queues wait whatever their policy, and <c>for</c> and <c>debounce</c> go by the
    /// events' own time, so that every replay runs the same hooks. Only <c>coalesce</c> still depends on how long programs take.</summary>
    public bool Replay { get; init; }

    /// <summary>Told of every finished run, on the thread that ran it; keep it short.</summary>
    public Action<HookRun>? OnRun { get; init; }
}
