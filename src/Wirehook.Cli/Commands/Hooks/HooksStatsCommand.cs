using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Wirehook.Cli.Output;
using Wirehook.Hub.Views;

namespace Wirehook.Cli.Commands.Hooks;

/// <summary><c>wirehook hooks stats [NAME]</c>: what hooks did so far.</summary>
internal sealed class HooksStatsCommand : HookRequestCommand
{
    private readonly Argument<string?> _name = new("NAME")
    {
        Description = "One hook, in full; all of them as a table without it.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>Declares the verb.</summary>
    public HooksStatsCommand()
        : base("stats", "Shows how often hooks ran, how it ended, how long it took, and what was dropped.", ExitCodes)
    {
        Arguments.Add(_name);
        AddRequestOptions();
    }

    /// <inheritdoc/>
    protected override JsonElement Ask(HookApiClient client, ParseResult arguments) =>
        client.Send(HttpMethod.Get, arguments.GetValue(_name) is { } name ? Target(name, "stats") : "api/hooks/stats");

    /// <inheritdoc/>
    protected override int Show(JsonElement answer, ParseResult arguments)
    {
        if (answer.ValueKind == JsonValueKind.Array) ShowAll(answer.Deserialize(HubJson.Default.IReadOnlyListStatisticsView)!);
        else ShowOne(answer.Deserialize(HubJson.Default.StatisticsView)!);
        return ExitCode.Success;
    }

    private static void ShowAll(IReadOnlyList<StatisticsView> all)
    {
        var table = new TextTable("hook", ">runs", ">ok", ">failed", ">timeout", ">min", ">average", ">max", ">waiting", ">running", ">dropped", "last exit");
        foreach (var hook in all)
        {
            table.Add(
                hook.Hook,
                Quantity.Count(hook.Executions),
                Quantity.Count(hook.Successes),
                Quantity.Count(hook.Failures),
                Quantity.Count(hook.Timeouts),
                Quantity.Milliseconds(hook.MinDurationMs),
                Quantity.Milliseconds(hook.AverageDurationMs),
                Quantity.Milliseconds(hook.MaxDurationMs),
                Quantity.Count(hook.Waiting),
                Quantity.Count(hook.Running),
                Quantity.Count(hook.Dropped),
                hook.LastExitCode?.ToString(CultureInfo.InvariantCulture) ?? "-");
        }

        table.Write(Console.Out, Terminal);
    }

    private static void ShowOne(StatisticsView hook)
    {
        var output = Console.Out;
        output.WriteLine($"{hook.Hook}: {Quantity.Count(hook.Executions)} executions");
        output.WriteLine($"  successes {Quantity.Count(hook.Successes)}, failures {Quantity.Count(hook.Failures)}, "
            + $"timeouts {Quantity.Count(hook.Timeouts)}, retries {Quantity.Count(hook.Retries)}");
        output.WriteLine($"  duration  min {Quantity.Milliseconds(hook.MinDurationMs)}, average {Quantity.Milliseconds(hook.AverageDurationMs)}, "
            + $"max {Quantity.Milliseconds(hook.MaxDurationMs)}, total {Quantity.Milliseconds(hook.TotalDurationMs)}");
        output.WriteLine($"  wait      average {Quantity.Milliseconds(hook.AverageWaitMs)}, max {Quantity.Milliseconds(hook.MaxWaitMs)}");
        output.WriteLine($"  events    matched {Quantity.Count(hook.Matched)}, waiting {hook.Waiting}, running {hook.Running}, "
            + $"coalesced {Quantity.Count(hook.Coalesced)}, debounced {Quantity.Count(hook.Debounced)}, dropped {Quantity.Count(hook.Dropped)}{Reasons(hook)}");
        if (hook.LastRunAt is not { } at) return;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  last run  {at.LocalDateTime:yyyy-MM-dd HH:mm:ss}, exit code {hook.LastExitCode}"));
        if (hook.LastError.Length > 0) output.WriteLine($"  last error: {TerminalText.Safe(hook.LastError)}");
        if (hook.LastOutput.Length > 0) output.WriteLine("  last output:\n" + TerminalText.Indent(hook.LastOutput, "    "));
    }

    private static string Reasons(StatisticsView hook) =>
        hook.DroppedBy.Count == 0 ? "" : $" ({string.Join(", ", hook.DroppedBy.Select(d => $"{d.Key} {Quantity.Count(d.Value)}"))})";
}
