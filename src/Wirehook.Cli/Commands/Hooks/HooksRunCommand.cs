using System.CommandLine;
using System.Runtime.InteropServices;
using Wirehook.Cli.Output;
using Wirehook.Hub.Server;
using Wirehook.Netlink.Monitor;
using Wirehook.Worker.Sessions.Hooks;

namespace Wirehook.Cli.Commands.Hooks;

/// <summary><c>wirehook hooks run</c>: monitors the network and runs hooks in the foreground, until it is told to end.</summary>
internal sealed class HooksRunCommand : DetailedCommand
{
    private const string Explanation = """
        Standard output has one line for every finished run, for reloads and for losses. The other hooks verbs talk to it through the socket.
        The first Ctrl+C or SIGTERM lets running programs go on for ten seconds, the second ends at once; SIGHUP reads the configuration again.

        Examples:
          wirehook hooks run --config hooks.yaml
          wirehook hooks run --config hooks.yaml --all-namespaces --record changes.pcapng
          wirehook hooks run --config hooks.yaml --replay changes.pcapng
        Exit codes: 0 done, 2 wrong usage or configuration or a socket in use, 3 damaged recording, 5 the system refused the monitoring.
        """;

    private readonly Option<string?> _config = new("--config", "-c") { Description = "The YAML file with nlmon.integration.hooks.", HelpName = "FILE" };
    private readonly Option<string?> _socket = new("--socket") { Description = $"Where the API listens (default {ApiSocket.DefaultPath}).", HelpName = "PATH" };
    private readonly Option<string[]> _namespaces = new("--namespace")
    {
        Description = "A name under /run/netns or a path; the own namespace without it. Repeatable.",
        HelpName = "NS",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _allNamespaces = new("--all-namespaces") { Description = "Follows every network namespace, as they come and go." };
    private readonly Option<string?> _replay = new("--replay")
    {
        Description = "Takes the events of a recording instead of the kernel's, runs hooks for all of them, and ends.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _record = new("--record") { Description = "Records all netlink messages as pcapng.", HelpName = "FILE" };
    private readonly Option<bool> _watch = new("--watch")
    {
        Description = "Reads the configuration again when its file changes (on by default; --watch false).",
        DefaultValueFactory = _ => true,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Prints JSON lines instead of text." };

    /// <summary>Declares the verb.</summary>
    public HooksRunCommand()
        : base("run", "Monitors the network and runs your hooks, in the foreground.", Explanation)
    {
        foreach (var option in new Option[] { _config, _socket, _namespaces, _allNamespaces, _replay, _record, _watch, _json }) Options.Add(option);
        Validators.Add(result =>
        {
            if (result.GetValue(_replay) is null) return;
            if (result.GetValue(_record) is not null) result.AddError("--record has nothing to record with --replay.");
            if (result.GetValue(_allNamespaces) || result.GetValue(_namespaces)!.Length > 0)
                result.AddError("--replay takes the namespaces of the recording; leave --namespace and --all-namespaces out.");
        });
        SetAction(Run);
    }

    private int Run(ParseResult arguments)
    {
        try
        {
            return Serve(arguments);
        }
        catch (ApiSocketException error)
        {
            Messages.Error(error.Message);
            return ExitCode.Usage;
        }
        catch (MonitorException error)
        {
            Messages.Error(error.Message);
            return ExitCode.CaptureRefused;
        }
    }

    private int Serve(ParseResult arguments)
    {
        using var interruption = new Interruption();
        using var socket = OpenSocket(arguments);
        using var log = new HookLog(arguments.GetValue(_json), TimeProvider.System);
        var session = HookSession.Start(SessionOptions(arguments, log));
        string? damage;
        try
        {
            using var server = socket is null ? null : ApiServer.Start(socket, new HookService(session));
            using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Reload(context, session));
            Console.Error.WriteLine(HookSessionText.Started(session, socket?.Path, arguments.GetValue(_replay)));
            damage = session.Run(interruption.Token);
        }
        finally
        {
            session.Dispose();
        }

        Console.Error.WriteLine(HookSessionText.Ended(session));
        if (session.RecordFailure is { } failure) Messages.Error($"--record {arguments.GetValue(_record)}: {failure}");
        if (damage is null) return ExitCode.Success;
        Messages.Error(damage);
        return ExitCode.DamagedCapture;
    }

    // A replay is short and one of many: it gets a socket only when it is asked for one.
    private ApiSocket? OpenSocket(ParseResult arguments)
    {
        var path = arguments.GetValue(_socket);
        return path is null && arguments.GetValue(_replay) is not null ? null : ApiSocket.Claim(path ?? ApiSocket.DefaultPath);
    }

    private HookSessionOptions SessionOptions(ParseResult arguments, HookLog log) => new()
    {
        ConfigurationFile = arguments.GetValue(_config),
        Watch = arguments.GetValue(_watch) && arguments.GetValue(_replay) is null,
        Namespaces = arguments.GetValue(_namespaces)!,
        AllNamespaces = arguments.GetValue(_allNamespaces),
        RecordFile = arguments.GetValue(_record),
        ReplayFile = arguments.GetValue(_replay),
        Log = log,
    };

    private static void Reload(PosixSignalContext context, HookSession session)
    {
        context.Cancel = true;
        ThreadPool.QueueUserWorkItem(_ => session.Reload());
    }
}
