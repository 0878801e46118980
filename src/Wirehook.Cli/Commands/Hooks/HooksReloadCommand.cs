using System.CommandLine;
using System.Text.Json;
using Wirehook.Cli.Output;
using Wirehook.Hub.Views;

namespace Wirehook.Cli.Commands.Hooks;

/// <summary><c>wirehook hooks reload</c>: reads the configuration again.</summary>
internal sealed class HooksReloadCommand : HookRequestCommand
{
    /// <summary>Declares the verb.</summary>
    public HooksReloadCommand()
        : base("reload", "Reads the configuration file again; hooks that did not change keep their statistics.", ExitCodes)
    {
        AddRequestOptions();
    }

    /// <inheritdoc/>
    protected override JsonElement Ask(HookApiClient client, ParseResult arguments) => client.Send(HttpMethod.Post, "api/reload");

    /// <inheritdoc/>
    protected override int Show(JsonElement answer, ParseResult arguments)
    {
        Console.Out.WriteLine(ReloadText.Of(answer.Deserialize(HubJson.Default.ReloadView)!));
        return ExitCode.Success;
    }
}
