using System.Diagnostics;
using Wirehook.JavaScript;
using Wirehook.Scripting.Dispatch;
using Wirehook.Scripting.Jobs;
using Wirehook.Scripting.Ledger;

namespace Wirehook.Scripting.Loading;

/// <summary>Turns sources into loaded scripts.</summary>
/// <param name="engine">The engine.</param>
/// <param name="calls">Knows for whom helpers act.</param>
/// <param name="scheduler">Holds the jobs that a replaced script leaves.</param>
/// <param name="budget">What top-level code may use.</param>
internal sealed class ScriptLoader(JsEngine engine, ScriptCalls calls, JobScheduler scheduler, ScriptBudget budget)
{
    /// <summary>Compiles a script and runs its top-level code. Where that fails, the predecessor keeps its jobs.</summary>
    /// <param name="source">The script.</param>
    /// <param name="predecessor">The script that it replaces, whose counts it carries on.</param>
    /// <param name="script">The loaded script; null where it was not loaded.</param>
    internal LoadOutcome Load(ScriptSource source, LoadedScript? predecessor, out LoadedScript? script)
    {
        script = null;
        if (Compile(source, out var code) is { } refused) return new LoadOutcome(source.Name, refused);
        var candidate = new LoadedScript(source, code, budget, predecessor?.Ledger ?? new ScriptLedger());
        var jobs = predecessor is null ? [] : scheduler.TakeOwner(predecessor);
        if (RunTopLevel(candidate) is { } problem)
        {
            scheduler.RemoveOwner(candidate);
            scheduler.Restore(jobs);
            return new LoadOutcome(source.Name, [problem]);
        }

        script = candidate;
        return new LoadOutcome(source.Name, []);
    }

    private ScriptProblem[]? Compile(ScriptSource source, out JsScript code)
    {
        code = null!;
        try
        {
            code = engine.Compile(source.Name, source.Code);
            return null;
        }
        catch (JsSyntaxException e)
        {
            return [.. e.Diagnostics.Select(d => new ScriptProblem(
                source.Path ?? source.Name, d.Line, d.Column, "SyntaxError: " + d.Message, CodeFrame.Of(source.Code, d.Line, d.Column, d.Length)))];
        }
    }

    private ScriptProblem? RunTopLevel(LoadedScript script)
    {
        var source = script.Source;
        var row = script.Ledger.Row("load");
        row.Calls++;
        var start = Stopwatch.GetTimestamp();
        calls.Allow(budget.LoadTime);
        try
        {
            engine.Run(script.Code);
            return null;
        }
        catch (JsException e)
        {
            return Problem(script, row, e.Message, e.ScriptName, e.Line, e.Column);
        }
        catch (JsStoppedException e)
        {
            return Problem(script, row, calls.Describe(e), e.ScriptName, e.Line, e.Column);
        }
        catch (Exception e)
        {
            // A defect of the engine or of a helper costs the script, and not the capture.
            return Problem(script, row, "internal error: " + e.Message, source.Name, 0, 0);
        }
        finally
        {
            calls.Allow(budget.CallTime);
            var nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
            row.Record((long)nanoseconds);
            row.PendingNanoseconds += nanoseconds;
        }
    }

    private static ScriptProblem Problem(LoadedScript script, HookLedger row, string message, string place, int line, int column)
    {
        row.Errors++;
        var source = script.Source;
        return place == source.Name
            ? new ScriptProblem(source.Path ?? source.Name, line, column, message, CodeFrame.Of(source.Code, line, column))
            : new ScriptProblem(place.Length > 0 ? place : source.Path ?? source.Name, line, column, message);
    }
}
