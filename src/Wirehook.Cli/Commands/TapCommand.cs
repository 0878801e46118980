using System.CommandLine;
using Wirehook.Capture;
using Wirehook.Capture.Live;
using Wirehook.Cli.Options;
using Wirehook.Cli.Output;
using Wirehook.Worker.Configuration;
using Wirehook.Worker.Pipeline;
using Wirehook.Worker.Scripts;
using Wirehook.Worker.Sessions;

namespace Wirehook.Cli.Commands;

/// <summary><c>wirehook tap -i IF</c>: runs live traffic through scripts.</summary>
internal sealed class TapCommand : DetailedCommand
{
    private const string Explanation = """
        Capture never waits for a script: what a slow script misses is counted against that script, what the kernel drops is counted too.
        Needs root or the capability net_raw: sudo setcap cap_net_raw=ep artifacts/wirehook

        Examples:
          wirehook tap -i eth0 --script top.js
          wirehook tap -i any --items - | jq 'select(.protocol.name == "http") | .request.path'
          wirehook tap -i eth0,lo --script top.js --write traffic.pcap --duration 60
        Exit codes: 0 done, 2 wrong usage or configuration, 4 a script was not loaded, 5 the system refused the capture.
        """;

    private readonly RunOptions _run = new();
    private readonly Option<string[]> _interfaces = new("--interface", "-i")
    {
        Description = "Interfaces to capture on, separated by commas, or any.",
        HelpName = "IF[,IF…]",
        Required = true,
    };

    private readonly Option<string?> _write = new("--write", "-w") { Description = "Writes every packet to a pcap file as well.", HelpName = "FILE" };
    private readonly Option<long> _limit = new("--limit") { Description = "Stops after N items.", HelpName = "N" };
    private readonly Option<double> _duration = new("--duration") { Description = "Stops after so many seconds.", HelpName = "SECONDS" };

    /// <summary>Declares the command.</summary>
    public TapCommand()
        : base("tap", "Captures live traffic and runs your scripts on it, until Ctrl+C; then prints the summary.", Explanation)
    {
        Options.Add(_interfaces);
        _run.AddTo(this);
        foreach (var option in new Option[] { _write, _limit, _duration }) Options.Add(option);
        SetAction(Run);
    }

    private int Run(ParseResult arguments)
    {
        try
        {
            return Capture(arguments);
        }
        catch (CaptureException error)
        {
            Messages.Error(error.Message);
            return ExitCode.CaptureRefused;
        }
    }

    private int Capture(ParseResult arguments)
    {
        var configuration = _run.ReadConfiguration(arguments);
        var itemsPath = arguments.GetValue(_run.Items);
        var summaryPath = arguments.GetValue(_run.Summary);
        var scripts = ScriptSelection.Read(arguments.GetValue(_run.Scripts)!, configuration);
        var interfaces = arguments.GetValue(_interfaces)!.SelectMany(i => i.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray();
        using var capture = LiveCapture.Open(interfaces, CaptureOptions(configuration));
        using var interruption = new Interruption();
        if (arguments.GetValue(_duration) is > 0 and var seconds) interruption.After(TimeSpan.FromSeconds(seconds));
        using var console = new ScriptConsoleWriter(toStandardError: itemsPath == "-" || summaryPath == "-");
        using var session = new CaptureSession(new SessionOptions
        {
            Configuration = configuration,
            Console = console,
            Items = Outputs.OpenItems(itemsPath),
            Limit = arguments.GetValue(_limit),
            CountItems = summaryPath is not null || scripts.Count == 0,
            LiveClock = TimeProvider.System,
            BatchCompleted = console.Flush,
        });
        var allLoaded = Messages.Report(session.Start(scripts, null));
        using var watcher = arguments.GetValue(_run.Watch) || configuration.Flag("scripting.watchScripts")
            ? new ScriptWatcher(session.Lane, scripts, ScriptSelection.ReportReload)
            : null;
        using var file = OpenFile(arguments.GetValue(_write), session);
        Console.Error.WriteLine($"Capturing on {string.Join(", ", capture.Interfaces)}; Ctrl+C ends.");
        var summary = Tap.Run(session, capture, file, TimeProvider.System, interruption.Token);
        console.Flush();
        Outputs.WriteSummary(summaryPath, summary);
        if (session.OutputFailure is { } failure) Messages.Error($"--items {itemsPath}: {failure}");
        if (file?.Failure is { } writeFailure) Messages.Error($"--write {arguments.GetValue(_write)}: {writeFailure}");
        return allLoaded ? ExitCode.Success : ExitCode.ScriptNotLoaded;
    }

    private static LiveCaptureOptions CaptureOptions(WorkerConfiguration configuration) => new(
        RingBytes: (int)Math.Clamp(configuration.Number("capture.ringMb"), 1, 1024) << 20,
        Promiscuous: configuration.Flag("capture.promiscuous"));

    private static PacketFile? OpenFile(string? path, CaptureSession session)
    {
        try
        {
            return path is null ? null : new PacketFile(path, session.Losses);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"--write {path}: {error.Message}");
        }
    }
}
