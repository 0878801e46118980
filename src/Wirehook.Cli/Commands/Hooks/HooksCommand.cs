using System.CommandLine;

namespace Wirehook.Cli.Commands.Hooks;

/// <summary><c>wirehook hooks</c>: runs executables on network events, and talks to the run.</summary>
internal sealed class HooksCommand : DetailedCommand
{
    private const string Explanation = """
        Start with:
          wirehook hooks check --config hooks.yaml
          wirehook hooks run --config hooks.yaml
        and, beside it:
          wirehook hooks list
        """;

    /// <summary>Declares the command.</summary>
    /// <param name="isAsked">Whether the command line is about it: only then are its verbs declared, so that no other command starts later
    /// for their sake.</param>
    public HooksCommand(bool isAsked)
        : base("hooks", "Runs your executables on network events, and shows and steers what runs.", Explanation)
    {
        if (!isAsked) return;
        Command[] verbs =
        [
            new HooksRunCommand(), new HooksCheckCommand(), new HooksListCommand(), new HooksStatsCommand(), .. HooksSwitchCommand.All,
            new HooksTestCommand(), new HooksHistoryCommand(), new HooksExplainCommand(), new HooksRegisterCommand(), new HooksReloadCommand(),
        ];
        foreach (var verb in verbs) Subcommands.Add(verb);
    }
}
