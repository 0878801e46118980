using Wirehook.Packets;
using Wirehook.Scripting.Testing;

namespace Wirehook.Scripting;

/// <summary>What a script host is given.</summary>
public sealed record ScriptHostOptions
{
    /// <summary>Takes what scripts print.</summary>
    public required IScriptConsole Console { get; init; }

    /// <summary>The environment: <c>env.NAME</c> in scripts.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The clock of scripts and jobs while capture is live. Null on replay: then the time of the packets is the clock,
    /// and every run over the same capture gives the same result.
    /// </summary>
    public TimeProvider? LiveClock { get; init; }

    /// <summary>The time zone of <c>Date</c>. UTC by default, so that results do not depend on the machine.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Where <c>Math.random()</c> starts.</summary>
    public ulong RandomSeed { get; init; } = 0x5745_4952_484F_4F4B;

    /// <summary>What each script may use.</summary>
    public ScriptBudget Budget { get; init; } = ScriptBudget.Default;

    /// <summary>Writes down the statements and values of chosen calls; null for none, at no cost.</summary>
    public HookTrace? Trace { get; init; }

    /// <summary>Is told what scripts do besides printing, if anyone.</summary>
    public IScriptEffects? Effects { get; init; }

    /// <summary>Where events that scripts missed are counted, besides the script's own report.</summary>
    public LossLedger Losses { get; init; } = new();
}
