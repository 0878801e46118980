using System.Globalization;
using Wirehook.JavaScript;
using Wirehook.Scripting.Consoles;
using Wirehook.Scripting.Ledger;
using Wirehook.Scripting.Testing;
using Wirehook.Scripting.Time;

namespace Wirehook.Scripting.Dispatch;

/// <summary>Calls functions of scripts within their budget, and reports what they throw. Nothing that a script does comes out of here as an exception.</summary>
/// <param name="engine">The engine.</param>
/// <param name="clock">The scripts' clock.</param>
/// <param name="budget">What a script may use.</param>
/// <param name="console">Takes what is printed.</param>
/// <param name="missed">Counts what is not printed.</param>
/// <param name="trace">Writes down what some calls do; null for none.</param>
internal sealed class ScriptCalls(JsEngine engine, ScriptClock clock, ScriptBudget budget, IScriptConsole console, MissedEvents missed, HookTrace? trace)
{
    /// <summary>The script whose code runs: helpers act for it.</summary>
    internal LoadedScript Current => (LoadedScript)engine.CurrentScript!.HostData!;

    /// <summary>CPU time that the next calls may take.</summary>
    internal void Allow(TimeSpan time) => engine.Limits.CallNanoseconds = time.Ticks * 100;

    /// <summary>Calls a function. False where it threw or was stopped; that is then counted and printed.</summary>
    /// <param name="script">The script on whose account the call goes.</param>
    /// <param name="row">Where the call is counted.</param>
    /// <param name="function">The function.</param>
    /// <param name="thisValue">Its <c>this</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    internal bool Call(LoadedScript script, HookLedger row, JsFunction function, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        Call(script, row, function, thisValue, arguments, out _);

    /// <summary>Calls a function, and gives the error's text where it failed.</summary>
    internal bool Call(LoadedScript script, HookLedger row, JsFunction function, in JsValue thisValue, ReadOnlySpan<JsValue> arguments, out string? error)
    {
        row.Calls++;
        trace?.Begin(script.Name, row.Name, row.Calls);
        try
        {
            engine.Call(script.Code, function, thisValue, arguments);
            script.NotePassed();
            error = null;
            return true;
        }
        catch (JsException e)
        {
            error = e.Message;
            ReportError(script, row, error, new ErrorPlace(row.Name, e.ScriptName, e.Line, e.Column));
        }
        catch (JsStoppedException e)
        {
            error = Describe(e);
            ReportStop(script, row, error, new ErrorPlace(row.Name, e.ScriptName, e.Line, e.Column));
        }
        catch (Exception e)
        {
            // A defect of the engine or of a helper costs the call, and neither the script nor the capture.
            error = "internal error: " + e.Message;
            ReportError(script, row, error, new ErrorPlace(row.Name, script.Name, 0, 0));
        }
        finally
        {
            trace?.End();
        }

        row.Errors++;
        return false;
    }

    /// <summary>Why a guard stopped a call, with the limit.</summary>
    internal string Describe(JsStoppedException e) => e.Kind switch
    {
        JsGuardKind.Time => $"stopped: over {Milliseconds()} ms of CPU time in one call",
        JsGuardKind.RegularExpression => $"stopped: over {Milliseconds()} ms of CPU time in one call, in a regular expression",
        JsGuardKind.Memory => $"stopped: over {budget.MemoryBytes >> 20} MiB of memory",
        JsGuardKind.StackDepth => $"stopped: calls nested more than {budget.StackDepth.ToString(CultureInfo.InvariantCulture)} deep",
        _ => "stopped: " + e.Message,
    };

    /// <summary>Prints a line for a script.</summary>
    internal void Print(LoadedScript script, ConsoleLevel level, string text) => console.Write(new ConsoleLine(script.Name, level, text, clock.Now));

    /// <summary>Prints a line of a script's own; while capture is live, only as many per second as it may.</summary>
    internal void PrintWithinLimit(LoadedScript script, ConsoleLevel level, string text)
    {
        if (clock.IsLive)
        {
            var mayPrint = script.Output.MayPrint(clock.Now, text.Length, out var heldBack);
            PrintHeldBackLines(script, heldBack);
            if (!mayPrint)
            {
                missed.LineHeldBack();
                return;
            }
        }

        Print(script, level, text);
    }

    /// <summary>Prints how many lines and repeated errors of a script were held back, and forgets them.</summary>
    internal void PrintHeldBack(LoadedScript script)
    {
        PrintHeldBackLines(script, script.Output.TakeHeldBack());
        foreach (var (place, count) in script.Errors.TakeHeldBack())
        {
            var what = place.Hook is null ? "further errors" : $"{Label(place.Hook)} the error{Position(place)}";
            Print(script, ConsoleLevel.Error, $"{what} occurred {count.ToString(CultureInfo.InvariantCulture)} more times");
        }
    }

    /// <summary><c> (script:line:column)</c>, or nothing where the place is not known.</summary>
    internal static string Position(in ErrorPlace place) => place.Line > 0
        ? string.Create(CultureInfo.InvariantCulture, $" ({place.Script}:{place.Line}:{place.Column})")
        : "";

    private void PrintHeldBackLines(LoadedScript script, long count)
    {
        if (count == 0) return;
        Print(script, ConsoleLevel.Error, string.Create(
            CultureInfo.InvariantCulture, $"{count} lines not shown: a script prints at most {budget.LinesPerSecond} lines and {budget.CharactersPerSecond >> 20} Mi characters per second"));
    }

    private static string Label(string row) => row.StartsWith("job:", StringComparison.Ordinal) ? $"(job={row[4..]})" : $"(hook={row})";

    private void ReportError(LoadedScript script, HookLedger row, string error, in ErrorPlace place)
    {
        if (!script.Errors.MayPrint(place, clock.Now, out var heldBack)) return;
        var again = heldBack == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {heldBack} more times since it was last shown");
        Print(script, ConsoleLevel.Error, $"{Label(row.Name)} {error}{Position(place)}{again}");
    }

    private void ReportStop(LoadedScript script, HookLedger row, string error, in ErrorPlace place)
    {
        ReportError(script, row, error, place);
        var reason = $"{row.Name} {error}{Position(place)}";
        if (script.NoteStopped(reason, clock.Now) is { } pause)
            Print(script, ConsoleLevel.Error, string.Create(CultureInfo.InvariantCulture, $"paused for {pause.TotalSeconds:0.###} s: {reason}"));
    }

    private string Milliseconds() => (engine.Limits.CallNanoseconds / 1e6).ToString("0.###", CultureInfo.InvariantCulture);
}
