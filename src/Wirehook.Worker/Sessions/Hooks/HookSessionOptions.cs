namespace Wirehook.Worker.Sessions.Hooks;

/// <summary>What a hook session is given.</summary>
public sealed record HookSessionOptions
{
    /// <summary>The configuration file with <c>nlmon.integration.hooks</c>; null for hooks that are registered only later.</summary>
    public string? ConfigurationFile { get; init; }

    /// <summary>Whether the file is read again when it changes.</summary>
    public bool Watch { get; init; } = true;

    /// <summary>Names or paths of network namespaces; empty for the own one.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>Whether every namespace that can be found is followed.</summary>
    public bool AllNamespaces { get; init; }

    /// <summary>Where netlink messages are recorded; null for nowhere.</summary>
    public string? RecordFile { get; init; }

    /// <summary>A recording whose events are taken instead of the kernel's; null for the kernel's.</summary>
    public string? ReplayFile { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Is told what happens.</summary>
    public required IHookSessionLog Log { get; init; }
}
