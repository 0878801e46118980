using Wirehook.Packets;

namespace Wirehook.Scripting.Budgets;

/// <summary>Decides when a script that goes over its budget is paused, and when it may try again: active → (stops) → paused → probation → active or paused for longer.</summary>
/// <param name="budget">How many stops, and how long.</param>
internal sealed class Probation(ScriptBudget budget)
{
    private int _stops;
    private int _pauses;
    private int _calls;
    private Timestamp _pausedUntil;

    /// <summary>Whether the script runs.</summary>
    internal ScriptState State { get; private set; }

    /// <summary>Why it is paused or on probation; null while active.</summary>
    internal string? Reason { get; private set; }

    /// <summary>Whether a call may be made at <paramref name="now"/>; a pause that has lasted long enough turns into probation.</summary>
    internal bool MayRun(Timestamp now)
    {
        if (State != ScriptState.Paused) return true;
        if (now < _pausedUntil) return false;
        (State, _calls) = (ScriptState.Probation, 0);
        return true;
    }

    /// <summary>Notes calls that came back. Only needed on probation.</summary>
    internal void Passed(int calls)
    {
        _calls += calls;
        if (State != ScriptState.Probation || _calls < budget.ProbationCalls) return;
        (State, Reason, _stops, _pauses) = (ScriptState.Active, null, 0, 0);
    }

    /// <summary>Notes that a call was stopped. Returns how long the script is paused now; null while it may go on.</summary>
    internal TimeSpan? Stopped(string reason, Timestamp now)
    {
        _stops++;
        if (State == ScriptState.Active && _stops < budget.StopsBeforePause) return null;
        var doublings = Math.Min(_pauses++, 20);
        var pause = TimeSpan.FromTicks(Math.Min(budget.FirstPause.Ticks << doublings, budget.LongestPause.Ticks));
        (State, Reason) = (ScriptState.Paused, reason);
        _pausedUntil = new Timestamp(now.UnixNanoseconds + pause.Ticks * 100);
        return pause;
    }
}
