using System.Globalization;
using Wirehook.Hub.Views;

namespace Wirehook.Cli.Output;

/// <summary>What a hook made of one event as lines for people: the verdict, then the condition's clauses as a tree.</summary>
internal static class DecisionText
{
    /// <summary>Prints <paramref name="decision"/>.</summary>
    public static void Write(TextWriter output, DecisionView decision, bool colour)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(decision.Timestamp).LocalDateTime;
        var place = decision.Namespace == "default" ? "" : " in " + decision.Namespace;
        var of = TerminalText.Safe($"{decision.Event} {decision.Interface}".TrimEnd() + place);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"#{decision.Sequence}  {at:HH:mm:ss.fff}  {of}: {Verdict(decision.Decision)}"));
        if (decision.Clause is { } clause) Write(output, clause, 1, colour);
    }

    /// <summary>A verdict of the API in words.</summary>
    internal static string Verdict(string decision) => decision switch
    {
        "fired" => "it matched, and was queued to run",
        "debouncing" => "it matched, and waits for the end of the debounce time",
        "holding" => "it matched, and must go on matching for the time of \"for\"",
        "condition_false" => "the condition did not hold",
        "condition_unknown" => "the condition asks for something that the event does not have",
        "not_listed" => "none of the hook's events names it",
        "disabled" => "the hook was disabled",
        "initial" => "it shows what existed at the start, and the hook has no run_at_start",
        "dropped" => "it matched, and was dropped because the hook's queue was full",
        "coalesced" => "it matched, and a newer event of the same interface took its place",
        "debounced" => "it matched, and a newer event of the same interface came within the debounce time",
        _ => decision,
    };

    private static void Write(TextWriter output, ClauseView clause, int depth, bool colour)
    {
        var result = clause.Result.PadRight("unknown".Length);
        if (colour) result = (clause.Result switch { "true" => "\u001b[32m", "false" => "\u001b[31m", _ => "\u001b[33m" }) + result + "\u001b[0m";
        var value = clause.Value.Length == 0 ? "" : "    " + TerminalText.Safe(clause.Value);
        output.WriteLine($"  {result}{new string(' ', 2 * depth)}{TerminalText.Safe(clause.Text)}{value}");
        foreach (var inner in clause.Clauses) Write(output, inner, depth + 1, colour);
    }
}
