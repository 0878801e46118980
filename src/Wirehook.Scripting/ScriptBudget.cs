namespace Wirehook.Scripting;

/// <summary>What one script may use. Over a limit the call is stopped, reported and counted; after repeated stops the script is paused and later retried.</summary>
public sealed record ScriptBudget
{
    /// <summary>The defaults.</summary>
    public static ScriptBudget Default { get; } = new();

    /// <summary>CPU time of one hook call. Default 250 ms.</summary>
    public TimeSpan CallTime { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>CPU time of one job or timer run. Default 1 s: jobs are where longer work belongs.</summary>
    public TimeSpan JobTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>CPU time of a script's top-level code. Default 1 s.</summary>
    public TimeSpan LoadTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time per second that a script may use while capture is live; what comes after it within the second is missed. Default 800 ms.</summary>
    public TimeSpan TimePerSecond { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>Memory that a script's values may hold, in bytes. Default 64 MiB.</summary>
    public long MemoryBytes { get; init; } = 64L << 20;

    /// <summary>Nested calls. Default 4,000.</summary>
    public int StackDepth { get; init; } = 4_000;

    /// <summary>Console lines per second that a script prints while capture is live; what goes beyond is counted and left out. Default 10,000.</summary>
    public int LinesPerSecond { get; init; } = 10_000;

    /// <summary>Characters per second likewise. Default 8 Mi.</summary>
    public int CharactersPerSecond { get; init; } = 8 << 20;

    /// <summary>Stops after which a script is paused. Default 3.</summary>
    public int StopsBeforePause { get; init; } = 3;

    /// <summary>How long the first pause lasts, on the scripts' clock; each further pause doubles it. Default 10 s.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest pause. Default 10 min.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Calls that a script on probation must get through without a stop to be active again. Default 1,000.</summary>
    public int ProbationCalls { get; init; } = 1_000;
}
