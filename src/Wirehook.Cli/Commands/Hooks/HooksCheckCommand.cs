using System.CommandLine;
using Wirehook.Cli.Output;
using Wirehook.Worker.Sessions.Hooks;

namespace Wirehook.Cli.Commands.Hooks;

/// <summary><c>wirehook hooks check</c>: checks a configuration without running anything.</summary>
internal sealed class HooksCheckCommand : DetailedCommand
{
    private const string Explanation = """
        Every error is shown, not just the first, with line and column, and conditions with the place that is wrong.

        Example:
          wirehook hooks check --config hooks.yaml
        Exit codes: 0 usable, 2 not.
        """;

    private readonly Option<string> _config = new("--config", "-c")
    {
        Description = "The YAML file with nlmon.integration.hooks.",
        HelpName = "FILE",
        Required = true,
    };

    /// <summary>Declares the verb.</summary>
    public HooksCheckCommand()
        : base("check", "Checks a configuration's hooks without running anything.", Explanation)
    {
        Options.Add(_config);
        SetAction(Run);
    }

    private int Run(ParseResult arguments)
    {
        var file = arguments.GetValue(_config)!;
        var content = HookFile.Read(file);
        foreach (var error in content.Errors) Messages.Error(error);
        if (content.Hooks is not { } configuration) return ExitCode.Usage;
        foreach (var warning in content.Warnings) Console.Error.WriteLine("warning: " + warning);
        var count = configuration.Hooks.Count;
        Console.Error.WriteLine($"{file}: {(count == 1 ? "1 hook is" : $"{count} hooks are")} in order.");
        return ExitCode.Success;
    }
}
