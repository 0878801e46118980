using System.CommandLine;
using Wirehook.Capture;
using Wirehook.Capture.Live;
using Wirehook.Cli.Options;
using Wirehook.Cli.Output;
using Wirehook.Worker.Configuration;
using Wirehook.Worker.Pipeline;
using Wirehook.Worker.Sessions;

namespace Wirehook.Cli.Commands;

/// <summary><c>wirehook tap -i IF</c>: runs live traffic through scripts.</summary>
internal sealed class TapCommand : DetailedCommand
{
    private const string Explanation = """
        Scripts with an onNetworkEvent get the kernel's network events as well. Capture never waits for a script: what a slow script misses is counted against that script, what the kernel drops is counted too.
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
    private readonly Option<double> _duration = new("--duration") { Description = "Stops after so many seconds.", HelpName = "SECONDS" };

    /// <summary>Declares the command.</summary>
    public TapCommand()
        : base("tap", "Captures live traffic and runs your scripts on it, until Ctrl+C; then prints the summary.", Explanation)
    {
        Options.Add(_interfaces);
        _run.AddTo(this);
        foreach (var option in new Option[] { _write, _duration }) Options.Add(option);
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
        using var run = new ScriptRun(_run, arguments, TimeProvider.System);
        var interfaces = arguments.GetValue(_interfaces)!.SelectMany(i => i.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray();
        using var capture = LiveCapture.Open(interfaces, CaptureOptions(run.Configuration));
        using var file = OpenFile(arguments.GetValue(_write), run.Session);
        run.Loaded(run.Session.Start(run.Scripts, null));
        using var network = new NetworkWatch(run.Session, NetworkWatch.OptionsFor(run.Configuration), TimeProvider.System);
        network.Poll();
        network.WaitUntilReady();
        var refusedAtStart = network.Failure;
        if (refusedAtStart is not null) Messages.Error(refusedAtStart);
        if (arguments.GetValue(_duration) is > 0 and var seconds) run.Interruption.After(TimeSpan.FromSeconds(seconds));
        Console.Error.WriteLine($"Capturing on {string.Join(", ", capture.Interfaces)}; Ctrl+C ends.");
        var summary = Tap.Run(run.Session, capture, file, network, TimeProvider.System, run.Interruption.Token);
        if (network.Failure is { } late && late != refusedAtStart) Messages.Error(late);
        if (file?.Failure is { } failure) Messages.Error($"--write {arguments.GetValue(_write)}: {failure}");
        return run.Conclude(summary);
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
