using System.CommandLine;
using Wirehook.Capture;
using Wirehook.Cli.Options;

namespace Wirehook.Cli.Commands;

/// <summary><c>wirehook replay FILE…</c>: runs finished captures through scripts.</summary>
internal sealed class ReplayCommand : DetailedCommand
{
    private const string Explanation = """
        Reads pcap and pcapng, plain or gzip; several files are merged by time; - reads standard input. Streams are rebuilt and their
        protocols dissected (wirehook protocols lists them), and every packet, item and job goes to the scripts' hooks; recordings of network
        events (wirehook monitor --record) go to onNetworkEvent. The same capture gives the same output every time.

        Examples:
          wirehook replay traffic.pcap --script top.js
          wirehook replay traffic.pcap --items - | jq .request.path
          tcpdump -i eth0 -w - | wirehook replay - --script top.js
          wirehook replay traffic.pcap --keylog keys.txt --items -
        Exit codes: 0 done, 2 wrong usage or configuration, 3 damaged capture (everything before the damage was processed), 4 a script was not loaded.
        """;

    private readonly RunOptions _run = new();
    private readonly Argument<string[]> _files = new("FILE") { Description = "Capture files, or - for standard input.", Arity = ArgumentArity.OneOrMore };

    /// <summary>Declares the command.</summary>
    public ReplayCommand()
        : base("replay", "Runs capture files through your scripts, in packet time.", Explanation)
    {
        Arguments.Add(_files);
        _run.AddTo(this);
        SetAction(Run);
    }

    private int Run(ParseResult arguments)
    {
        var files = arguments.GetValue(_files)!;
        using var run = new ScriptRun(_run, arguments, liveClock: null, followKeyLogs: files.Contains(CaptureFileSource.StandardInput));
        return run.Replay(files);
    }
}
