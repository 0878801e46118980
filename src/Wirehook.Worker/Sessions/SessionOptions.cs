using Wirehook.Scripting;
using Wirehook.Scripting.Testing;
using Wirehook.Worker.Configuration;

namespace Wirehook.Worker.Sessions;

/// <summary>What a capture session is given.</summary>
public sealed record SessionOptions
{
    /// <summary>The settings.</summary>
    public required WorkerConfiguration Configuration { get; init; }

    /// <summary>Takes what scripts print; called on the scripts' thread.</summary>
    public required IScriptConsole Console { get; init; }

    /// <summary>Takes the effects of helpers; null where nobody wants to know them.</summary>
    public IScriptEffects? Effects { get; init; }

    /// <summary>Writes down the statements and values of chosen hook calls; null for none.</summary>
    public HookTrace? Trace { get; init; }

    /// <summary>Where items go as JSON lines; null for nowhere. The session closes it.</summary>
    public Stream? Items { get; init; }

    /// <summary>Whether items are made even when no script asks for them, because they are counted.</summary>
    public bool CountItems { get; init; }

    /// <summary>Items after which the run ends; 0 for none.</summary>
    public long Limit { get; init; }

    /// <summary>The wall clock of a live capture; null on replay, where time is the packets' own.</summary>
    public TimeProvider? LiveClock { get; init; }

    /// <summary>Whether key logs grow while the session runs: always when live, and where packets come through a pipe.</summary>
    public bool FollowKeyLogs { get; init; }

    /// <summary>Whether a recording's network events begin with what existed when it began.</summary>
    public bool InitialNetworkEvents { get; init; }

    /// <summary>Called on the scripts' thread after every batch, so that output may be flushed.</summary>
    public Action? BatchCompleted { get; init; }
}
