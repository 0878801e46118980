namespace Wirehook.EventHooks.Hooks;

/// <summary>What applying a configuration changed. With errors nothing is changed at all.</summary>
public sealed record HookReload
{
    /// <summary>Why the configuration was refused; empty where it was applied.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>Names of hooks that are new.</summary>
    public IReadOnlyList<string> Added { get; init; } = [];

    /// <summary>Names of hooks whose definition differs: they got a new id and begin anew.</summary>
    public IReadOnlyList<string> Replaced { get; init; } = [];

    /// <summary>Names of hooks that are gone.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>Names of hooks that go on with id, statistics and state.</summary>
    public IReadOnlyList<string> Unchanged { get; init; } = [];

    /// <summary>Events that waited for replaced or removed hooks and were dropped with them.</summary>
    public long DroppedEvents { get; init; }

    /// <summary>Whether the configuration is in force.</summary>
    public bool Succeeded => Errors.Count == 0;
}
