using System.Buffers;
using System.CommandLine;
using System.Text.Json;
using Wirehook.Hub.Views;

namespace Wirehook.Cli.Commands.Hooks;

/// <summary><c>wirehook hooks register NAME --script S</c>: adds a hook at run time.</summary>
internal sealed class HooksRegisterCommand : HookRequestCommand
{
    private const string Explanation = """
        The hook lasts until it is unregistered or the program ends; one that shall stay belongs into the configuration file.

        Example:
          wirehook hooks register carrier --script /usr/local/bin/carrier.sh --condition "event == 'link.carrier_lost'" --async --timeout 5s
        """ + "\n" + ExitCodes;

    private readonly Argument<string> _name = HookName();
    private readonly Option<string> _script = new("--script")
    {
        Description = "An executable's absolute path, or a shell command.",
        HelpName = "SCRIPT",
        Required = true,
    };

    private readonly Option<string?> _condition = new("--condition") { Description = "Which events it runs for; all without it.", HelpName = "EXPR" };
    private readonly Option<string?> _timeout = new("--timeout")
    {
        Description = "How long a run may take, such as 500ms or 10s (default 30s).",
        HelpName = "TIME",
    };

    private readonly Option<bool> _async = new("--async") { Description = "Runs beside the other hooks." };
    private readonly Option<bool> _disabled = new("--disabled") { Description = "Does not run until it is enabled." };

    /// <summary>Declares the verb.</summary>
    public HooksRegisterCommand()
        : base("register", "Adds a hook to the running wirehook hooks run.", Explanation)
    {
        Arguments.Add(_name);
        foreach (var option in new Option[] { _script, _condition, _timeout, _async, _disabled }) Options.Add(option);
        AddRequestOptions();
    }

    /// <inheritdoc/>
    protected override JsonElement Ask(HookApiClient client, ParseResult arguments)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, arguments.GetValue(_name));
            writer.WriteString("script"u8, arguments.GetValue(_script));
            if (arguments.GetValue(_condition) is { } condition) writer.WriteString("condition"u8, condition);
            if (arguments.GetValue(_timeout) is { } timeout) writer.WriteString("timeout"u8, timeout);
            if (arguments.GetValue(_async)) writer.WriteBoolean("async"u8, true);
            if (arguments.GetValue(_disabled)) writer.WriteBoolean("enabled"u8, false);
            writer.WriteEndObject();
        }

        return client.Send(HttpMethod.Post, "api/hooks", body.WrittenSpan.ToArray());
    }

    /// <inheritdoc/>
    protected override int Show(JsonElement answer, ParseResult arguments)
    {
        var hook = answer.Deserialize(HubJson.Default.HookView)!;
        Console.Out.WriteLine($"{hook.Name} is registered with id {hook.Id}.");
        return ExitCode.Success;
    }
}
