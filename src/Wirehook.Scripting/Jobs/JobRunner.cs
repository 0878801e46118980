using System.Diagnostics;
using Wirehook.JavaScript;
using Wirehook.Scripting.Dispatch;
using Wirehook.Scripting.Helpers;
using Wirehook.Scripting.Hooks.JobFailed;
using Wirehook.Scripting.Hooks.JobPassed;
using Wirehook.Scripting.Time;

namespace Wirehook.Scripting.Jobs;

/// <summary>Calls the functions of jobs and timers when the scheduler says so, and tells all scripts how jobs ended.</summary>
internal sealed class JobRunner
{
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;
    private readonly JsEngine _engine;
    private readonly ScriptCalls _calls;
    private readonly ScriptClock _clock;
    private readonly MissedEvents _missed;
    private readonly ScriptBudget _budget;

    internal JobRunner(JsEngine engine, ScriptCalls calls, ScriptClock clock, MissedEvents missed, ScriptBudget budget)
    {
        (_engine, _calls, _clock, _missed, _budget) = (engine, calls, clock, missed, budget);
        Scheduler = new JobScheduler(clock, (job, count) => _missed.JobLate(Row(job), count));
    }

    internal JobScheduler Scheduler { get; }

    /// <summary>The scripts that hear of jobs that ended.</summary>
    internal LoadedScript[] Listeners { get; set; } = [];

    /// <summary>Schedules a job of the script that runs.</summary>
    /// <exception cref="InvalidOperationException">There are too many jobs.</exception>
    internal void Schedule(ScriptContext context, string tag, CronSchedule schedule, long limit, JsFunction function, JsValue[] values)
    {
        var script = context.Script;
        Scheduler.Schedule(new Job(script, tag, schedule, limit, job => RunJob(script, job, function, values)));
    }

    /// <summary>Sets a timer of the script that runs; returns its id.</summary>
    /// <exception cref="JsException">There are too many timers.</exception>
    internal int SetTimer(ScriptContext context, JsFunction function, JsValue[] values, long delay, bool repeats)
    {
        var script = context.Script;
        try
        {
            return Scheduler.SetTimer(script, delay, repeats, () => Run(script, "timers", function, default, values, out _)).Id;
        }
        catch (InvalidOperationException e)
        {
            throw context.Error(e.Message);
        }
    }

    private static Ledger.HookLedger Row(Job job) => ((LoadedScript)job.Owner).Ledger.Row("job:" + job.Tag);

    private void RunJob(LoadedScript script, Job job, JsFunction function, JsValue[] values)
    {
        if (Run(script, "job:" + job.Tag, function, JsValue.From(function), values, out var error) is not { } passed) return;
        var tag = JsValue.From(job.Tag);
        var cron = JsValue.From(job.Schedule.Text);
        var limit = JsValue.From((double)job.Limit);
        if (passed) Broadcast(JobPassedHook.Index, [tag, cron, limit]);
        else Broadcast(JobFailedHook.Index, [tag, cron, limit, JsValue.From(error)]);
    }

    /// <summary>Calls a function with the budget of a job. Null where the script is paused and the run is missed.</summary>
    private bool? Run(LoadedScript script, string name, JsFunction function, in JsValue thisValue, ReadOnlySpan<JsValue> values, out string? error)
    {
        error = null;
        var row = script.Ledger.Row(name);
        if (!script.MayRun(_clock.Now))
        {
            _missed.Paused(row);
            return null;
        }

        _calls.Allow(_budget.JobTime);
        var start = Stopwatch.GetTimestamp();
        var passed = _calls.Call(script, row, function, thisValue, values, out error);
        Note(row, start);
        _calls.Allow(_budget.CallTime);
        return passed;
    }

    private void Broadcast(int hook, ReadOnlySpan<JsValue> arguments)
    {
        foreach (var script in Listeners)
        {
            if (script.Hooks[hook] is not { } slot || slot.Find(_engine.Global) is not { } function) continue;
            if (!script.MayRun(_clock.Now))
            {
                _missed.Paused(slot.Row);
                continue;
            }

            var start = Stopwatch.GetTimestamp();
            _calls.Call(script, slot.Row, function, default, arguments);
            Note(slot.Row, start);
        }
    }

    private static void Note(Ledger.HookLedger row, long start)
    {
        var nanoseconds = (Stopwatch.GetTimestamp() - start) * NanosecondsPerTick;
        row.Record((long)nanoseconds);
        row.PendingNanoseconds += nanoseconds;
    }
}
