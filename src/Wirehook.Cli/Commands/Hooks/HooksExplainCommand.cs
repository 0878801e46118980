using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Wirehook.Cli.Output;
using Wirehook.Hub.Views;

namespace Wirehook.Cli.Commands.Hooks;

/// <summary><c>wirehook hooks explain NAME</c>: why a hook did or did not run.</summary>
internal sealed class HooksExplainCommand : HookRequestCommand
{
    private const string Explanation = """
        For each of the newest events: what the hook made of it, and the value of every clause of its condition. A clause is unknown where the event
        lacks what it asks for; a hook runs only where the whole condition is true.

        Example:
          wirehook hooks explain interface_down_alert --last 3
        """ + "\n" + ExitCodes;

    private readonly Argument<string> _name = HookName();
    private readonly Option<int> _last = Last(5);

    /// <summary>Declares the verb.</summary>
    public HooksExplainCommand()
        : base("explain", "Shows why a hook did or did not run for the newest events, clause by clause.", Explanation)
    {
        Arguments.Add(_name);
        Options.Add(_last);
        AddRequestOptions();
    }

    /// <inheritdoc/>
    protected override JsonElement Ask(HookApiClient client, ParseResult arguments) =>
        client.Send(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"{Target(arguments.GetValue(_name)!, "explain")}?last={arguments.GetValue(_last)}"));

    /// <inheritdoc/>
    protected override int Show(JsonElement answer, ParseResult arguments)
    {
        var decisions = answer.Deserialize(HubJson.Default.IReadOnlyListDecisionView)!;
        if (decisions.Count == 0) Console.Out.WriteLine("No event has come yet.");
        foreach (var decision in decisions) DecisionText.Write(Console.Out, decision, Terminal);
        return ExitCode.Success;
    }
}
