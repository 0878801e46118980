using System.Globalization;
using System.Text.Json;
using Wirehook.Hub.Views;

namespace Wirehook.Cli.Output;

/// <summary>One run of a hook as lines for people: a line with its outcome, then its error and output.</summary>
internal static class ExecutionText
{
    private const string Red = "\u001b[31m";
    private const string Green = "\u001b[32m";
    private const string Plain = "\u001b[0m";

    /// <summary>Prints <paramref name="execution"/>.</summary>
    public static void Write(TextWriter output, ExecutionView execution, bool colour)
    {
        var outcome = Outcome(execution);
        if (colour) outcome = (execution.Outcome == "success" ? Green : Red) + outcome + Plain;
        var at = execution.StartedAt.LocalDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        output.WriteLine($"{at}  {execution.Hook}  {Event(execution.Event)}  {outcome}{After(execution)}  ({execution.Id})");
        if (execution.Error.Length > 0) output.WriteLine(TerminalText.Indent(execution.Error, "    "));
        if (execution.Output.Length > 0) output.WriteLine(TerminalText.Indent(execution.Output, "    "));
    }

    /// <summary>How it ended, in words.</summary>
    public static string Outcome(ExecutionView execution)
    {
        var text = execution switch
        {
            { Outcome: "error", Signal: > 0 } => $"killed by signal {execution.Signal}",
            { Outcome: "error", ExitCode: >= 0 } => $"exit code {execution.ExitCode}",
            { Outcome: "error" } => "not started",
            _ => execution.Outcome,
        };
        if (execution.Attempt > 1) text += $" at attempt {execution.Attempt}";
        if (execution.WillRetry) text += ", retried";
        return execution.Test ? text + " (test)" : text;
    }

    /// <summary>How long it took, where it ran at all.</summary>
    public static string After(ExecutionView execution) => execution.Pid == 0 ? "" : " after " + Quantity.Milliseconds(execution.DurationMs);

    private static string Event(JsonElement json)
    {
        var name = Text(json, "event");
        var on = Text(json, "interface");
        return TerminalText.Safe(on.Length == 0 ? name : $"{name} {on}");
    }

    private static string Text(JsonElement json, string property)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(property, out var value)) return "";
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
    }
}
