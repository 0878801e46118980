using Wirehook.EventHooks.Hooks;

namespace Wirehook.Hub.Views;

/// <summary>One hook as the API shows it. Values of environment variables are left out, because they may be secret.</summary>
public sealed record HookView
{
    /// <summary>Its id, from 1, never used again.</summary>
    public required int Id { get; init; }

    /// <summary>Its unique name.</summary>
    public required string Name { get; init; }

    /// <summary>The executable's path, or the shell command.</summary>
    public required string Script { get; init; }

    /// <summary>The condition's text; empty for all events.</summary>
    public required string Condition { get; init; }

    /// <summary>Message type names or event names, any of which must match as well; empty for all.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>Whether it runs now.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Whether it runs beside the others.</summary>
    public required bool Async { get; init; }

    /// <summary>Time that a run may take, in milliseconds.</summary>
    public required double TimeoutMs { get; init; }

    /// <summary>Whether its output is kept.</summary>
    public required bool CaptureOutput { get; init; }

    /// <summary>Arguments of the script.</summary>
    public required IReadOnlyList<string> Args { get; init; }

    /// <summary>Names of its own environment variables.</summary>
    public required IReadOnlyList<string> Environment { get; init; }

    /// <summary>The user that it runs as; null for Wirehook's own.</summary>
    public string? User { get; init; }

    /// <summary>Runs at once.</summary>
    public required int MaxParallel { get; init; }

    /// <summary>Events of one interface within so many milliseconds count as the last of them; 0 for every event.</summary>
    public required double DebounceMs { get; init; }

    /// <summary>Whether an event replaces a waiting one of the same interface.</summary>
    public required bool Coalesce { get; init; }

    /// <summary>What a full queue does: drop_oldest, drop_newest, coalesce, block.</summary>
    public required string OnOverflow { get; init; }

    /// <summary>Events that may wait; 0 for the limit of all hooks.</summary>
    public required int Queue { get; init; }

    /// <summary>How often a failed run is tried again.</summary>
    public required int Retries { get; init; }

    /// <summary>Whether it also runs for what exists when monitoring begins.</summary>
    public required bool RunAtStart { get; init; }

    /// <summary>Whether it came from the configuration; others were registered through the API and end with the program.</summary>
    public required bool FromConfiguration { get; init; }

    /// <summary>What it did so far.</summary>
    public required StatisticsView Statistics { get; init; }

    /// <summary>The view of <paramref name="hook"/>.</summary>
    public static HookView Of(HookInfo hook)
    {
        var definition = hook.Definition;
        return new HookView
        {
            Id = hook.Id,
            Name = definition.Name,
            Script = definition.Script,
            Condition = definition.Condition,
            Events = definition.Events,
            Enabled = hook.Enabled,
            Async = definition.Async,
            TimeoutMs = definition.Timeout.TotalMilliseconds,
            CaptureOutput = definition.CaptureOutput,
            Args = definition.Arguments,
            Environment = [.. definition.Environment.Keys.Order(StringComparer.Ordinal)],
            User = definition.User,
            MaxParallel = definition.MaxParallel,
            DebounceMs = definition.Debounce.TotalMilliseconds,
            Coalesce = definition.Coalesce,
            OnOverflow = Words.Of(definition.OnOverflow),
            Queue = definition.Queue,
            Retries = definition.Retries,
            RunAtStart = definition.RunAtStart,
            FromConfiguration = hook.FromConfiguration,
            Statistics = StatisticsView.Of(hook),
        };
    }
}
