namespace Wirehook.EventHooks.Running;

/// <summary>How a run ended; the numbers are the seed implementation's.</summary>
public enum ProcessOutcome
{
    /// <summary>Exit code 0.</summary>
    Success = 0,

    /// <summary>Killed when its time was up.</summary>
    Timeout = 1,

    /// <summary>Another exit code, a signal, or it could not be started.</summary>
    Error = 2,

    /// <summary>Not run, because the hook is disabled.</summary>
    Disabled = 3,
}

/// <summary>What came of one run.</summary>
public sealed record ProcessResult
{
    /// <summary>How it ended.</summary>
    public required ProcessOutcome Outcome { get; init; }

    /// <summary>The exit code; -1 where it did not exit by itself.</summary>
    public int ExitCode { get; init; } = -1;

    /// <summary>The signal that ended it; 0 for none.</summary>
    public int Signal { get; init; }

    /// <summary>Process id; 0 where nothing was started.</summary>
    public int ProcessId { get; init; }

    /// <summary>From just before the start to the exit.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>CPU time of the program and of the children that it waited for.</summary>
    public TimeSpan CpuTime { get; init; }

    /// <summary>Head of the output, the note of what was left out, and its tail; UTF-8 with replacements.</summary>
    public string Output { get; init; } = "";

    /// <summary>Bytes that the program wrote in all, kept or not.</summary>
    public long OutputBytes { get; init; }

    /// <summary>Processes that it left behind and that were killed.</summary>
    public int Killed { get; init; }

    /// <summary>Why it was not started, or what went wrong beside it; empty where nothing did.</summary>
    public string Error { get; init; } = "";
}
