using System.CommandLine;
using System.Text.Json;
using Wirehook.Hub.Views;

namespace Wirehook.Cli.Commands.Hooks;

/// <summary>A verb that changes one hook: enable, disable, reset, unregister.</summary>
internal sealed class HooksSwitchCommand : HookRequestCommand
{
    private readonly Argument<string> _name = HookName();
    private readonly HttpMethod _method;
    private readonly string _operation;
    private readonly string _done;

    private HooksSwitchCommand(string verb, string description, HttpMethod method, string operation, string done)
        : base(verb, description, ExitCodes)
    {
        (_method, _operation, _done) = (method, operation, done);
        Arguments.Add(_name);
        AddRequestOptions();
    }

    /// <summary>All such verbs.</summary>
    public static IEnumerable<HooksSwitchCommand> All =>
    [
        new("enable", "Lets a hook run again, from the next event on.", HttpMethod.Post, "enable", "is enabled"),
        new("disable", "Keeps a hook from running, from the next event on; a run under way goes on.", HttpMethod.Post, "disable", "is disabled"),
        new("reset", "Sets a hook's statistics back to nothing.", HttpMethod.Post, "reset", "has new statistics"),
        new("unregister", "Removes a hook until its configuration brings it back; a run under way goes on.", HttpMethod.Delete, "", "is removed"),
    ];

    /// <inheritdoc/>
    protected override JsonElement Ask(HookApiClient client, ParseResult arguments) => client.Send(_method, Target(arguments.GetValue(_name)!, _operation));

    /// <inheritdoc/>
    protected override int Show(JsonElement answer, ParseResult arguments)
    {
        Console.Out.WriteLine($"{answer.Deserialize(HubJson.Default.HookView)!.Name} {_done}.");
        return ExitCode.Success;
    }
}
