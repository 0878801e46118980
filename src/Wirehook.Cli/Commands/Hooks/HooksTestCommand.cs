using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Wirehook.Cli.Output;
using Wirehook.Hub.Views;

namespace Wirehook.Cli.Commands.Hooks;

/// <summary><c>wirehook hooks test NAME</c>: runs a hook's program once and shows what came of it.</summary>
internal sealed class HooksTestCommand : HookRequestCommand
{
    private const string Explanation = """
        The program runs now, whatever the condition says, for an event made up for the hook about the interface lo, or for a recent one; statistics do not
        count it.

        Examples:
          wirehook hooks test interface_down_alert
          wirehook hooks test interface_down_alert --sequence 1234
        Exit codes: 0 the hook's program ended with 0, 1 it did not, 2 refused or wrong usage, 6 no wirehook hooks run listens on the socket.
        """;

    private readonly Argument<string> _name = HookName();
    private readonly Option<long?> _sequence = new("--sequence")
    {
        Description = "The recent event that the program sees, by its sequence number.",
        HelpName = "N",
    };

    /// <summary>Declares the verb.</summary>
    public HooksTestCommand()
        : base("test", "Runs a hook's program once and shows its outcome and output.", Explanation)
    {
        Arguments.Add(_name);
        Options.Add(_sequence);
        AddRequestOptions();
    }

    /// <inheritdoc/>
    protected override JsonElement Ask(HookApiClient client, ParseResult arguments)
    {
        var query = arguments.GetValue(_sequence) is { } sequence ? "?sequence=" + sequence.ToString(CultureInfo.InvariantCulture) : "";
        return client.Send(HttpMethod.Post, Target(arguments.GetValue(_name)!, "test") + query);
    }

    /// <inheritdoc/>
    protected override int Show(JsonElement answer, ParseResult arguments)
    {
        ExecutionText.Write(Console.Out, answer.Deserialize(HubJson.Default.ExecutionView)!, Terminal);
        return Status(answer);
    }

    /// <inheritdoc/>
    protected override int Status(JsonElement answer) => answer.GetProperty("outcome").ValueEquals("success"u8) ? ExitCode.Success : ExitCode.Difference;
}
