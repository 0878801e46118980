using System.Globalization;
using System.Text;
using Wirehook.Scripting;

namespace Wirehook.Worker.Summary;

/// <summary>Writes a run's summary for people: what was seen, what was lost and why, what each script did and cost.</summary>
public static class SummaryText
{
    /// <summary>The summary as a few lines of text.</summary>
    public static string Format(RunSummary summary)
    {
        var text = new StringBuilder();
        var seconds = summary.ElapsedMilliseconds / 1000.0;
        if (summary.Packets > 0 || summary.NetworkEvents == 0) text.Append(CultureInfo.InvariantCulture, $"{summary.Packets:N0} packets, {Bytes(summary.Bytes)}");
        if (summary.Dissected) text.Append(CultureInfo.InvariantCulture, $", {summary.Streams:N0} streams");
        if (summary.NetworkEvents > 0) text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 0 ? ", " : "")}{summary.NetworkEvents:N0} network events");
        text.AppendLine(CultureInfo.InvariantCulture, $" in {seconds:0.00} s");
        foreach (var (protocol, count) in summary.Items.OrderByDescending(p => p.Value.Count))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {protocol}: {count.Count:N0} items ({count.Requests:N0} requests, {count.Responses:N0} responses)");
        AppendLosses(text, summary);
        foreach (var script in summary.Scripts) AppendScript(text, script);
        return text.ToString();
    }

    private static void AppendLosses(StringBuilder text, RunSummary summary)
    {
        if (summary.Losses.Count == 0)
        {
            text.AppendLine("Losses: none");
            return;
        }

        text.AppendLine("Losses:");
        foreach (var loss in summary.Losses)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {loss.Stage}/{loss.Reason}: {loss.Count:N0} {loss.Unit}. {loss.Explanation}");
    }

    private static void AppendScript(StringBuilder text, ScriptReport script)
    {
        text.Append(CultureInfo.InvariantCulture, $"Script {script.Name}");
        if (script.State != ScriptState.Active) text.Append(CultureInfo.InvariantCulture, $" ({(script.State == ScriptState.Paused ? "paused" : "on probation")}: {script.Reason})");
        else if (script.LastStop is not null) text.Append(CultureInfo.InvariantCulture, $" (stopped {script.Stops:N0} times; last: {script.LastStop})");
        text.AppendLine();
        foreach (var hook in script.Hooks)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {hook.Hook}: {hook.Calls:N0} calls");
            if (hook.Errors > 0) text.Append(CultureInfo.InvariantCulture, $", {hook.Errors:N0} errors");
            if (hook.Missed > 0) text.Append(CultureInfo.InvariantCulture, $", {hook.Missed:N0} missed");
            text.Append(CultureInfo.InvariantCulture, $", {hook.CpuMilliseconds:N1} ms CPU");
            if (hook.P99Microseconds > 0) text.Append(CultureInfo.InvariantCulture, $", p50 {hook.MedianMicroseconds:N2} µs, p99 {hook.P99Microseconds:N2} µs");
            text.AppendLine();
        }
    }

    private static string Bytes(long count) => count switch
    {
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{count} bytes"),
        < 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{count / 1e3:0.0} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{count / 1e6:N1} MB"),
    };
}
