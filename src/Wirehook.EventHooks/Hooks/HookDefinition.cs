namespace Wirehook.EventHooks.Hooks;

/// <summary>What to do with a new event when a hook's queue is full.</summary>
public enum OverflowPolicy
{
    /// <summary>The oldest waiting event makes room, counted as dropped.</summary>
    DropOldest,

    /// <summary>The new event is dropped and counted.</summary>
    DropNewest,

    /// <summary>The event replaces a waiting one of the same interface, counted as coalesced; without one, the oldest is dropped.</summary>
    Coalesce,

    /// <summary>Dispatch to all hooks waits until there is room. The monitor still does not wait: its own queue then overflows, counted.</summary>
    Block,
}

/// <summary>What a hook is bound to.</summary>
public enum HookTrigger
{
    /// <summary>Network events.</summary>
    NetworkEvent,

    /// <summary>Dissected messages.</summary>
    Item,
}

/// <summary>One entry of <c>nlmon.integration.hooks</c>, or of the API. Values compare by content, so that a reload recognises an unchanged hook.</summary>
public sealed record HookDefinition
{
    /// <summary>Unique name (<c>name</c>); up to 128 characters without control characters.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path of an executable, or a shell command (<c>script</c>); up to 4,096 bytes.</summary>
    public required string Script { get; init; }

    /// <summary>The condition's text (<c>condition</c>); empty for all events.</summary>
    public string Condition { get; init; } = "";

    /// <summary>What it is bound to (<c>on</c>).</summary>
    public HookTrigger On { get; init; } = HookTrigger.NetworkEvent;

    /// <summary>Message type names or event names, any of which must match beside the condition (<c>events</c>); empty for all.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>Time that a run may take (<c>timeout_ms</c>, or <c>timeout</c> with a unit).</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether it runs (<c>enabled</c>).</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Whether it runs beside the others (<c>async</c>).</summary>
    public bool Async { get; init; }

    /// <summary>Whether its output is kept (<c>capture_output</c>).</summary>
    public bool CaptureOutput { get; init; } = true;

    /// <summary>Whether the script is a shell command (<c>shell</c>); null decides by the script.</summary>
    public bool? Shell { get; init; }

    /// <summary>Arguments (<c>args</c>).</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Further environment variables (<c>environment</c>).</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The user to run as (<c>user</c>); null for Wirehook's own.</summary>
    public string? User { get; init; }

    /// <summary>Runs at once (<c>max_parallel</c>); 1 for synchronous hooks. Runs for one interface never overlap.</summary>
    public int MaxParallel { get; init; } = 10;

    /// <summary>Only the last of events of one interface that follow each other within this time counts (<c>debounce</c>); zero for every event.</summary>
    public TimeSpan Debounce { get; init; }

    /// <summary>Whether an event replaces a waiting one of the same interface even while the queue has room (<c>coalesce</c>).</summary>
    public bool Coalesce { get; init; }

    /// <summary>What happens when the queue is full (<c>on_overflow</c>).</summary>
    public OverflowPolicy OnOverflow { get; init; } = OverflowPolicy.DropOldest;

    /// <summary>Events that may wait (<c>queue</c>); 0 for the limit of all hooks.</summary>
    public int Queue { get; init; }

    /// <summary>How often a failed run is tried again (<c>retry.count</c>, or <c>retry</c>).</summary>
    public int Retries { get; init; }

    /// <summary>Wait before the first retry; doubled for each further one (<c>retry.delay</c>).</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time between SIGTERM and SIGKILL at a timeout (<c>term_grace</c>); zero for SIGKILL at once.</summary>
    public TimeSpan TermGrace { get; init; }

    /// <summary>Whether it also runs for what exists when monitoring begins (<c>run_at_start</c>).</summary>
    public bool RunAtStart { get; init; }

    /// <summary>Whether both say the same, lists and maps compared by content.</summary>
    public bool Equals(HookDefinition? other) =>
        other is not null && Name == other.Name && Script == other.Script && Condition == other.Condition && On == other.On
        && Timeout == other.Timeout && TermGrace == other.TermGrace && Enabled == other.Enabled && Async == other.Async
        && CaptureOutput == other.CaptureOutput && Shell == other.Shell && User == other.User && MaxParallel == other.MaxParallel
        && Debounce == other.Debounce && Coalesce == other.Coalesce && OnOverflow == other.OnOverflow && Queue == other.Queue
        && Retries == other.Retries && RetryDelay == other.RetryDelay && RunAtStart == other.RunAtStart
        && Events.SequenceEqual(other.Events, StringComparer.Ordinal) && Arguments.SequenceEqual(other.Arguments, StringComparer.Ordinal)
        && SameEnvironment(Environment, other.Environment);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Script, Condition, Timeout, Async, Events.Count, Arguments.Count, Environment.Count);

    private static bool SameEnvironment(IReadOnlyDictionary<string, string> left, IReadOnlyDictionary<string, string> right)
    {
        if (left.Count != right.Count) return false;
        foreach (var (name, value) in left)
        {
            if (!right.TryGetValue(name, out var other) || other != value) return false;
        }

        return true;
    }
}
