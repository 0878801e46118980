namespace Wirehook.EventHooks.Running;

/// <summary>One program to run for an event.</summary>
public sealed record ProcessRequest
{
    /// <summary>An absolute path, executed directly, or a command for <c>/bin/sh -c</c>.</summary>
    public required string Script { get; init; }

    /// <summary>Whether <see cref="Script"/> goes to <c>/bin/sh -c</c>; null decides by whether it is the absolute path of a file.</summary>
    public bool? Shell { get; init; }

    /// <summary>Arguments after the program's name; for a shell command its positional parameters.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The whole environment; nothing else is inherited.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; }

    /// <summary>What the program reads on its standard input.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>After so long everything the program started is killed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>SIGTERM comes so long before SIGKILL, within <see cref="Timeout"/> plus this; zero for no SIGTERM.</summary>
    public TimeSpan TermGrace { get; init; }

    /// <summary>The user to run as, by name or number; null for Wirehook's own.</summary>
    public string? User { get; init; }

    /// <summary>Whether standard output and error are kept; otherwise they go to /dev/null.</summary>
    public bool CaptureOutput { get; init; } = true;

    /// <summary>Bytes kept of the head, and as many of the tail, of standard output and error together.</summary>
    public int OutputLimit { get; init; } = 32 * 1024;

    /// <summary>Unique for every run; descendants are recognised by it as NLMON_EXECUTION_ID in their environment.</summary>
    public required string ExecutionId { get; init; }
}
