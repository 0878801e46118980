using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Wirehook.Cli.Output;
using Wirehook.Hub.Views;

namespace Wirehook.Cli.Commands.Hooks;

/// <summary><c>wirehook hooks list</c>: the registered hooks.</summary>
internal sealed class HooksListCommand : HookRequestCommand
{
    /// <summary>Declares the verb.</summary>
    public HooksListCommand()
        : base("list", "Lists the hooks of the running wirehook hooks run.", ExitCodes)
    {
        AddRequestOptions();
    }

    /// <inheritdoc/>
    protected override JsonElement Ask(HookApiClient client, ParseResult arguments) => client.Send(HttpMethod.Get, "api/hooks");

    /// <inheritdoc/>
    protected override int Show(JsonElement answer, ParseResult arguments)
    {
        var table = new TextTable(">id", "name", "state", "mode", ">timeout", ">runs", ">failed", "condition", "script");
        foreach (var hook in answer.Deserialize(HubJson.Default.IReadOnlyListHookView)!)
        {
            table.Add(
                hook.Id.ToString(CultureInfo.InvariantCulture),
                hook.Name,
                hook.Enabled ? "enabled" : "disabled",
                hook.Async ? "async" : "sync",
                Quantity.Milliseconds(hook.TimeoutMs),
                Quantity.Count(hook.Statistics.Executions),
                Quantity.Count(hook.Statistics.Failures + hook.Statistics.Timeouts),
                Condition(hook),
                hook.Script);
        }

        table.Write(Console.Out, Terminal);
        return ExitCode.Success;
    }

    private static string Condition(HookView hook)
    {
        var events = string.Join(", ", hook.Events);
        if (hook.Condition.Length == 0) return events.Length == 0 ? "(every event)" : events;
        return events.Length == 0 ? hook.Condition : $"{events}; {hook.Condition}";
    }
}
