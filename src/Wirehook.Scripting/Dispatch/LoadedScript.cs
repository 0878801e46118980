using Wirehook.JavaScript;
using Wirehook.Packets;
using Wirehook.Scripting.Budgets;
using Wirehook.Scripting.Consoles;
using Wirehook.Scripting.Hooks;
using Wirehook.Scripting.Ledger;

namespace Wirehook.Scripting.Dispatch;

/// <summary>A script that is loaded (or whose top-level code runs now), with everything that is known and counted about it.</summary>
internal sealed class LoadedScript
{
    private readonly Probation _probation;

    internal LoadedScript(ScriptSource source, JsScript code, ScriptBudget budget, ScriptLedger ledger)
    {
        (Source, Code, _probation, Ledger, Output) = (source, code, new Probation(budget), ledger, new OutputLimit(budget));
        code.HostData = this;
        Hooks = [.. ScriptHook.All.Select(h => code.Mentions(h.Name) ? new HookSlot(h.Name, code, Ledger.Row(h.Name)) : null)];
    }

    internal ScriptSource Source { get; }

    internal JsScript Code { get; }

    internal ScriptLedger Ledger { get; }

    internal RepeatedErrors Errors { get; } = new();

    /// <summary>What the script may print while capture is live.</summary>
    internal OutputLimit Output { get; }

    /// <summary>By position in <see cref="ScriptHook.All"/>; null where the script does not name the hook.</summary>
    internal HookSlot?[] Hooks { get; }

    /// <summary>What the script takes of the lane's time.</summary>
    internal LaneShare Share { get; } = new();

    /// <summary>Whether calls are made without asking: false while paused.</summary>
    internal bool IsServed { get; private set; } = true;

    internal string Name => Source.Name;

    internal ScriptState State => _probation.State;

    internal string? Reason => _probation.Reason;

    /// <summary>Whether a call may be made at <paramref name="now"/>: ends a pause that has lasted long enough.</summary>
    internal bool MayRun(Timestamp now) => IsServed || (IsServed = _probation.MayRun(now));

    /// <summary>Notes a call that came back.</summary>
    internal void NotePassed()
    {
        if (_probation.State == ScriptState.Probation) _probation.Passed(1);
    }

    /// <summary>Notes a call that a budget stopped. Returns how long the script is paused now; null while it may go on.</summary>
    internal TimeSpan? NoteStopped(string reason, Timestamp now)
    {
        Ledger.Stops++;
        Ledger.LastStop = reason;
        var pause = _probation.Stopped(reason, now);
        IsServed = pause is null;
        return pause;
    }

    internal ScriptReport Report(bool measureMemory) => new(
        Name, State, Reason, Ledger.Stops, Ledger.LastStop, measureMemory ? Code.MeasureMemory() : -1, Ledger.Report());

    /// <inheritdoc/>
    public override string ToString() => Name;
}
