using System.CommandLine;
using System.Text.Json;
using Wirehook.Cli.Output;
using Wirehook.Hub.Server;

namespace Wirehook.Cli.Commands.Hooks;

/// <summary>A verb that asks the running <c>wirehook hooks run</c> something: with a socket, and JSON for programs instead of text for people.</summary>
internal abstract class HookRequestCommand : DetailedCommand
{
    /// <summary>The exit codes that every such verb has.</summary>
    protected const string ExitCodes = "Exit codes: 0 done, 2 refused or wrong usage, 6 no wirehook hooks run listens on the socket.";

    private readonly Option<string?> _socket = new("--socket")
    {
        Description = $"The socket of wirehook hooks run (default {ApiSocket.DefaultPath}).",
        HelpName = "PATH",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Prints the answer as JSON." };

    /// <summary>Declares the verb.</summary>
    protected HookRequestCommand(string name, string description, string details)
        : base(name, description, details)
    {
        SetAction(Run);
    }

    /// <summary>Whether standard output is a terminal that wants colours.</summary>
    protected static bool Terminal => !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";

    /// <summary>The name of a hook for verbs that need one.</summary>
    protected static Argument<string> HookName() => new("NAME") { Description = "The hook's name." };

    /// <summary>How many of the newest to show.</summary>
    protected static Option<int> Last(int otherwise) => new("--last")
    {
        Description = "How many of the newest to show.",
        HelpName = "N",
        DefaultValueFactory = _ => otherwise,
    };

    /// <summary>The path of a hook's operation in the API.</summary>
    protected static string Target(string hook, string operation = "") =>
        $"api/hooks/{Uri.EscapeDataString(hook)}{(operation.Length == 0 ? "" : "/" + operation)}";

    /// <summary>Adds the options that all have; called once the verb's own arguments are there, so that the help lists those first.</summary>
    protected void AddRequestOptions()
    {
        Options.Add(_socket);
        Options.Add(_json);
    }

    /// <summary>Asks. Returns <c>data</c> of the answer.</summary>
    protected abstract JsonElement Ask(HookApiClient client, ParseResult arguments);

    /// <summary>Prints an answer for people. Returns the exit status.</summary>
    protected abstract int Show(JsonElement answer, ParseResult arguments);

    /// <summary>The exit status that goes with <paramref name="answer"/> when it is printed as JSON.</summary>
    protected virtual int Status(JsonElement answer) => ExitCode.Success;

    private int Run(ParseResult arguments)
    {
        try
        {
            using var client = new HookApiClient(arguments.GetValue(_socket));
            var answer = Ask(client, arguments);
            if (!arguments.GetValue(_json)) return Show(answer, arguments);
            Console.Out.WriteLine(answer.GetRawText());
            return Status(answer);
        }
        catch (HookApiException error)
        {
            Messages.Error(error.Message);
            return error.ExitCode;
        }
    }
}
