using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Wirehook.Cli.Commands;

/// <summary>A command with one sentence for the list of commands, and details with examples that its own help adds.</summary>
/// <param name="name">The verb.</param>
/// <param name="description">The sentence.</param>
/// <param name="details">What it does, examples, exit codes.</param>
internal abstract class DetailedCommand(string name, string description, string details) : Command(name, description)
{
    /// <summary>What the command's own help adds.</summary>
    public string Details { get; } = details;
}

/// <summary>The help of System.CommandLine, followed by the details of the command that was asked about.</summary>
internal sealed class DetailedHelp(HelpAction summary) : SynchronousCommandLineAction
{
    /// <summary>Makes the help option of <paramref name="root"/>, and so of all its commands, show details.</summary>
    public static void InstallIn(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new DetailedHelp((HelpAction)option.Action!);
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var status = summary.Invoke(parseResult);
        if (parseResult.CommandResult.Command is DetailedCommand command) parseResult.InvocationConfiguration.Output.WriteLine(command.Details);
        return status;
    }
}
