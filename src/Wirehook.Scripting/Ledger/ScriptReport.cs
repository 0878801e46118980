namespace Wirehook.Scripting;

/// <summary>Whether a script's hooks are called.</summary>
public enum ScriptState : byte
{
    /// <summary>Its hooks and jobs run.</summary>
    Active,

    /// <summary>It went over its budget repeatedly: nothing of it runs until the pause ends.</summary>
    Paused,

    /// <summary>It runs again after a pause; one more stop pauses it for longer.</summary>
    Probation,
}

/// <summary>What one hook, job or the timers of a script did so far.</summary>
/// <param name="Hook">The hook's name; <c>job:TAG</c> for a job, <c>timers</c> for timers, <c>load</c> for top-level code.</param>
/// <param name="Calls">Calls, those that failed included.</param>
/// <param name="Errors">Calls that threw or were stopped.</param>
/// <param name="Missed">Events that should have been calls and were not, because the script was paused, over its share, or the queue was full.</param>
/// <param name="CpuMilliseconds">CPU time of all calls.</param>
/// <param name="MedianMicroseconds">Half of the calls took no longer. Of frequent hooks a sample is measured.</param>
/// <param name="P99Microseconds">99 % of the calls took no longer.</param>
public sealed record HookReport(string Hook, long Calls, long Errors, long Missed, double CpuMilliseconds, double MedianMicroseconds, double P99Microseconds);

/// <summary>What one script did and costs so far.</summary>
/// <param name="Name">Name of the script.</param>
/// <param name="State">Whether it runs.</param>
/// <param name="Reason">Why it is paused or on probation, with the place; null while active.</param>
/// <param name="Stops">How often a budget stopped it.</param>
/// <param name="LastStop">The last stop: reason and place; null where there was none.</param>
/// <param name="MemoryBytes">Memory held by its values; -1 where it was not measured.</param>
/// <param name="Hooks">Its hooks and jobs that were called or missed events.</param>
public sealed record ScriptReport(
    string Name,
    ScriptState State,
    string? Reason,
    long Stops,
    string? LastStop,
    long MemoryBytes,
    IReadOnlyList<HookReport> Hooks);
