using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Wirehook.Cli.Output;
using Wirehook.Hub.Views;

namespace Wirehook.Cli.Commands.Hooks;

/// <summary><c>wirehook hooks history [NAME]</c>: the newest runs with their output.</summary>
internal sealed class HooksHistoryCommand : HookRequestCommand
{
    private readonly Argument<string?> _name = new("NAME") { Description = "One hook; all hooks without it.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<int> _last = Last(10);

    /// <summary>Declares the verb.</summary>
    public HooksHistoryCommand()
        : base("history", "Shows the newest runs of hooks, newest last: event, outcome, exit code, duration, output.", ExitCodes)
    {
        Arguments.Add(_name);
        Options.Add(_last);
        AddRequestOptions();
    }

    /// <inheritdoc/>
    protected override JsonElement Ask(HookApiClient client, ParseResult arguments)
    {
        var last = arguments.GetValue(_last).ToString(CultureInfo.InvariantCulture);
        return client.Send(HttpMethod.Get, (arguments.GetValue(_name) is { } name ? Target(name, "history") : "api/executions") + "?last=" + last);
    }

    /// <inheritdoc/>
    protected override int Show(JsonElement answer, ParseResult arguments)
    {
        foreach (var execution in answer.Deserialize(HubJson.Default.IReadOnlyListExecutionView)!) ExecutionText.Write(Console.Out, execution, Terminal);
        return ExitCode.Success;
    }
}
