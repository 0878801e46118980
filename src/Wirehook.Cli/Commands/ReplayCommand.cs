using System.CommandLine;
using Wirehook.Capture;
using Wirehook.Cli.Options;
using Wirehook.Cli.Output;
using Wirehook.Worker.Scripts;
using Wirehook.Worker.Sessions;

namespace Wirehook.Cli.Commands;

/// <summary><c>wirehook replay FILE…</c>: runs finished captures through scripts.</summary>
internal sealed class ReplayCommand : DetailedCommand
{
    private const string Explanation = """
        Reads pcap and pcapng, plain or gzip; several files are merged by time; - reads standard input. Streams are rebuilt, HTTP and DNS are
        dissected, and every packet, item and job goes to the scripts' hooks. The same capture gives the same output every time.

        Examples:
          wirehook replay traffic.pcap --script top.js
          wirehook replay traffic.pcap --items - | jq .request.path
          tcpdump -i eth0 -w - | wirehook replay - --script top.js
        Exit codes: 0 done, 2 wrong usage or configuration, 3 damaged capture (everything before the damage was processed), 4 a script was not loaded.
        """;

    private readonly RunOptions _run = new();
    private readonly Argument<string[]> _files = new("FILE") { Description = "Capture files, or - for standard input.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<long> _limit = new("--limit") { Description = "Stops after N items.", HelpName = "N" };

    /// <summary>Declares the command.</summary>
    public ReplayCommand()
        : base("replay", "Runs capture files through your scripts, in packet time.", Explanation)
    {
        Arguments.Add(_files);
        _run.AddTo(this);
        Options.Add(_limit);
        SetAction(Run);
    }

    private int Run(ParseResult arguments)
    {
        var configuration = _run.ReadConfiguration(arguments);
        var itemsPath = arguments.GetValue(_run.Items);
        var summaryPath = arguments.GetValue(_run.Summary);
        var scripts = ScriptSelection.Read(arguments.GetValue(_run.Scripts)!, configuration);
        using var source = CaptureFileSet.Open(arguments.GetValue(_files)!);
        using var interruption = new Interruption();
        using var console = new ScriptConsoleWriter(toStandardError: itemsPath == "-" || summaryPath == "-");
        using var session = new CaptureSession(new SessionOptions
        {
            Configuration = configuration,
            Console = console,
            Items = Outputs.OpenItems(itemsPath),
            Limit = arguments.GetValue(_limit),
            CountItems = summaryPath is not null || scripts.Count == 0,
            BatchCompleted = console.Flush,
        });
        using var watcher = arguments.GetValue(_run.Watch) || configuration.Flag("scripting.watchScripts")
            ? new ScriptWatcher(session.Lane, scripts, o => ScriptSelection.ReportReload(o))
            : null;
        var allLoaded = true;
        ReplayResult result;
        using (new ReplayProgress(source))
        {
            // A run whose only script is broken has nothing to do; one of several leaves work for the others.
            result = Replay.Run(session, source, scripts, o => (allLoaded = Messages.Report(o)) || o.Any(s => s.Loaded), interruption.Token);
        }

        console.Flush();
        if (allLoaded || result.Outcomes.Any(o => o.Loaded)) Outputs.WriteSummary(summaryPath, result.Summary);
        if (session.OutputFailure is { } failure) Messages.Error($"--items {itemsPath}: {failure}");
        foreach (var damage in result.Damages) Messages.Error(damage.ToString());
        return result.Damages.Count > 0 ? ExitCode.DamagedCapture : allLoaded ? ExitCode.Success : ExitCode.ScriptNotLoaded;
    }
}
