using System.CommandLine;
using Wirehook.Capture;
using Wirehook.Cli;
using Wirehook.Cli.Commands;
using Wirehook.Cli.Commands.Hooks;
using Wirehook.Cli.Commands.Protocols;
using Wirehook.Cli.Output;
using Wirehook.Worker.Configuration;
using Wirehook.Worker.Sessions;

// Before anything else, because reading the command line takes as long as the warming up.
if (args is ["replay" or "tap" or "test", _, ..]) WarmUp.Begin();

var root = new RootCommand("""
    Wirehook turns network events into calls of your own code: JavaScript for every packet, every message of a protocol and on a schedule,
    and executables for every change of links, addresses and routes.

    Start with:
      wirehook new script hello.js
      wirehook replay traffic.pcap --script hello.js
      wirehook protocols
      wirehook monitor
    """);
// Declaring options takes time: a command that runs scripts is declared alone, so that its first packet does not wait for the others.
Command[] commands = args switch
{
    ["replay", ..] => [new ReplayCommand()],
    ["tap", ..] => [new TapCommand()],
    ["test", ..] => [new TestCommand()],
    _ =>
    [
        new ReplayCommand(), new TapCommand(), new MonitorCommand(),
        new HooksCommand(isAsked: args.Any(a => a.Contains("hooks", StringComparison.Ordinal))),
        new TestCommand(), new NewCommand(), new TypesCommand(), new ProtocolsCommand(), new ConfigCommand(),
    ],
};
foreach (var command in commands) root.Subcommands.Add(command);
DetailedHelp.InstallIn(root);

try
{
    var arguments = root.Parse(args is ["test", ..] ? TestCommand.CompleteTrace(args) : args);
    var status = arguments.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    return arguments.Errors.Count > 0 ? ExitCode.Usage : status;
}
catch (ConfigurationException error)
{
    Messages.Error(error.Message);
    return ExitCode.Usage;
}
catch (CaptureException error)
{
    Messages.Error(error.Message);
    return ExitCode.Usage;
}
