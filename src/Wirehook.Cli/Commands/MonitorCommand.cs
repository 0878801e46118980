using System.CommandLine;
using System.Globalization;
using Wirehook.Cli.Options;
using Wirehook.Cli.Output;
using Wirehook.Netlink.Families;
using Wirehook.Netlink.Monitor;
using Wirehook.Netlink.Recording;
using Wirehook.Worker.Configuration;
using Wirehook.Worker.Sessions;

namespace Wirehook.Cli.Commands;

/// <summary><c>wirehook monitor</c>: shows network events.</summary>
internal sealed class MonitorCommand : DetailedCommand
{
    private const string Explanation = """
        Reading never waits for the output: what a slow reader of it misses is counted and shown as monitor.dropped; what the kernel drops is shown as
        monitor.overrun, and followed by a comparison with the kernel's state, whose differences are marked synthetic.
        Other namespaces, conntrack, nftables and large receive buffers need root; links, addresses, routes and neighbours of the own namespace need nothing.

        Examples:
          wirehook monitor
          wirehook monitor --condition "event == 'link.down' || event == 'link.carrier_lost'"
          wirehook monitor --condition "link.state == 'DOWN' for 5s" --json
          wirehook monitor --only addr,route
          wirehook monitor --json --all-namespaces | jq .event
          wirehook monitor --script link-watch.js
          wirehook monitor --record changes.pcapng --duration 60
          wirehook monitor --replay changes.pcapng --condition "addr.address IN 10.0.0.0/8"
        Exit codes: 0 done, 2 wrong usage, 3 the recording is damaged, 4 a script was not loaded, 5 the system refused.
        """;

    /// <summary>What a timer takes, in seconds.</summary>
    private const int LongestDuration = 2_000_000;

    private readonly RunOptions _run = new();
    private readonly Option<string?> _condition = new("--condition") { Description = "Shows only events for which this holds.", HelpName = "EXPR" };
    private readonly Option<bool> _json = new("--json") { Description = "Writes one line of JSON per event." };
    private readonly Option<string[]> _namespaces = new("--namespace", "-n") { Description = "A name under /run/netns, or the path of a namespace file; may be repeated.", HelpName = "NS" };
    private readonly Option<bool> _all = new("--all-namespaces", "-a") { Description = "Every namespace: named ones, those of processes, and those known by an id." };
    private readonly Option<string?> _record = new("--record") { Description = "Keeps what the kernel says in a pcapng file.", HelpName = "FILE" };
    private readonly Option<string?> _replay = new("--replay") { Description = "Shows a recording instead of what happens now; needs no privilege. - is standard input.", HelpName = "FILE" };
    private readonly Option<double> _duration = new("--duration") { Description = "Stops after so many seconds.", HelpName = "SECONDS" };
    private readonly Option<long?> _count = new("--count") { Description = "Stops after so many lines.", HelpName = "N" };
    private readonly Option<string[]> _only = new("--only") { Description = "Families to listen to, separated by commas, such as link,addr,route.", HelpName = "FAMILY[,FAMILY…]" };
    private readonly Option<bool> _initial = new("--initial") { Description = "Begins with what exists, marked initial." };
    private readonly Option<bool> _noUnchanged = new("--no-unchanged") { Description = "Leaves out announcements that changed nothing." };
    private readonly Option<int> _buffer = new("--buffer") { Description = "Receive buffer to ask for, in KiB.", HelpName = "KIB", DefaultValueFactory = _ => 16 * 1024 };

    /// <summary>Declares the command.</summary>
    public MonitorCommand()
        : base("monitor", "Shows network events: links, addresses, routes, neighbours and more, as they change, until Ctrl+C.", Explanation)
    {
        foreach (var option in new Option[] { _condition, _json, _namespaces, _all, _record, _replay, _duration, _count, _only, _initial, _noUnchanged, _buffer }) Options.Add(option);
        _run.AddScriptsTo(this);
        SetAction(Run);
    }

    private int Run(ParseResult arguments)
    {
        try
        {
            Check(arguments);
            if (arguments.GetValue(_run.Scripts) is { Length: > 0 }) return RunScripts(arguments);
            var printer = PrinterFor(arguments);
            return arguments.GetValue(_replay) is { } recording ? EventReplay.Run(recording, printer, arguments.GetValue(_initial)) : Follow(arguments, printer);
        }
        catch (MonitorException error)
        {
            Messages.Error(error.Message);
            return ExitCode.CaptureRefused;
        }
    }

    private int Follow(ParseResult arguments, EventPrinter printer)
    {
        using var interruption = new Interruption();
        using var recorder = OpenRecorder(arguments.GetValue(_record));
        var queue = new EventQueue();
        using var monitor = NetworkMonitor.Start(OptionsFor(arguments, recorder), TimeProvider.System, queue);
        RefuseDeafness(monitor.Status, FamiliesOf(arguments));
        Console.Error.WriteLine(MonitorText.Start(monitor.Status));
        if (arguments.GetValue(_duration) is > 0 and var seconds) interruption.After(TimeSpan.FromSeconds(seconds));
        EventPump.Run(monitor, queue, printer, interruption.Token);
        monitor.Dispose();
        Console.Error.WriteLine(MonitorText.End(monitor.Status, printer.Printed, queue.Dropped));
        return Math.Max(printer.Conclude(), Conclude(recorder, arguments));
    }

    /// <summary>Refuses what cannot be meant, rather than passing over it.</summary>
    private void Check(ParseResult arguments)
    {
        if (arguments.GetResult(_duration) is { Implicit: false } && arguments.GetValue(_duration) is not (> 0 and <= LongestDuration))
            throw new ConfigurationException(string.Create(CultureInfo.InvariantCulture, $"--duration: more than 0, at most {LongestDuration} seconds."));
        if (arguments.GetValue(_replay) is null) return;
        foreach (var option in new Option[] { _namespaces, _all, _record, _duration, _buffer })
        {
            if (arguments.GetResult(option) is { Implicit: false })
                throw new ConfigurationException($"{option.Name} is about what happens now; a recording that is replayed has all its namespaces. Leave it out, or leave out --replay.");
        }
    }

    private int RunScripts(ParseResult arguments)
    {
        foreach (var option in new Option[] { _condition, _json, _count, _noUnchanged })
            if (arguments.GetResult(option) is { Implicit: false }) throw new ConfigurationException($"{option.Name} is about the lines that are printed; with --script, the scripts print.");
        var recording = arguments.GetValue(_replay);
        using var run = new ScriptRun(_run, arguments, recording is null ? TimeProvider.System : null, arguments.GetValue(_initial));
        if (recording is not null) return run.Replay([recording]);
        using var recorder = OpenRecorder(arguments.GetValue(_record));
        using var network = new NetworkWatch(run.Session, OptionsFor(arguments, recorder), TimeProvider.System);
        var status = ScriptMonitoring.Run(run, network, TimeSpan.FromSeconds(arguments.GetValue(_duration)));
        return Math.Max(status, Conclude(recorder, arguments));
    }

    private MonitorOptions OptionsFor(ParseResult arguments, NetlinkRecorder? recorder)
    {
        var buffer = arguments.GetValue(_buffer);
        if (buffer is < 1 or > 1024 * 1024) throw new ConfigurationException("--buffer: between 1 and 1048576 KiB.");
        return new MonitorOptions
        {
            Namespaces = arguments.GetValue(_namespaces) ?? [],
            AllNamespaces = arguments.GetValue(_all),
            Families = FamiliesOf(arguments) is { Length: > 0 } only ? only : MonitorOptions.FamiliesFor([arguments.GetValue(_condition) ?? ""]),
            EmitInitial = arguments.GetValue(_initial),
            ReceiveBufferBytes = Math.Min(buffer, (int.MaxValue >> 11)) * 1024,
            Recorder = recorder,
        };
    }

    private EventPrinter PrinterFor(ParseResult arguments)
    {
        if (arguments.GetValue(_count) is < 1) throw new ConfigurationException("--count: at least 1.");
        var selection = new EventSelection(arguments.GetValue(_condition), arguments.GetValue(_noUnchanged), FamiliesOf(arguments));
        foreach (var warning in selection.Warnings) Messages.Error($"--condition: {warning}");
        var terminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";
        return new EventPrinter(Console.OpenStandardOutput(), selection, arguments.GetValue(_json) ? EventLines.Json : terminal ? EventLines.Coloured : EventLines.Plain, arguments.GetValue(_count) ?? long.MaxValue);
    }

    private string[] FamiliesOf(ParseResult arguments)
    {
        string[] names = [.. (arguments.GetValue(_only) ?? []).SelectMany(o => o.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        var unknown = Array.Find(names, name => NetlinkFamily.All.All(f => f.Name != name));
        return unknown is null ? names : throw new ConfigurationException($"--only {unknown}: there are {string.Join(", ", NetlinkFamily.All.Select(f => f.Name))}.");
    }

    /// <exception cref="MonitorException">Families were asked for, and the system grants none of them.</exception>
    private static void RefuseDeafness(MonitorStatus status, string[] only)
    {
        var missing = status.Namespaces.SelectMany(n => n.Sockets).SelectMany(s => s.Missing).ToHashSet();
        if (only.Length > 0 && only.All(missing.Contains))
            throw new MonitorException($"--only {string.Join(',', only)}: {(Environment.IsPrivilegedProcess ? "the kernel here does not have it." : "this needs CAP_NET_ADMIN. Run as root.")}");
    }

    private static NetlinkRecorder? OpenRecorder(string? path)
    {
        try
        {
            return path is null ? null : NetlinkRecorder.Create(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"--record {path}: {error.Message}");
        }
    }

    /// <summary>Ends a recording, and says what it lacks. Returns the exit status.</summary>
    private int Conclude(NetlinkRecorder? recorder, ParseResult arguments)
    {
        if (recorder is null) return ExitCode.Success;
        recorder.Dispose();
        var path = arguments.GetValue(_record);
        if (recorder.Error is { } failure) Messages.Error($"--record {path}: {failure}");
        if (recorder.LostDatagrams > 0) Messages.Error(string.Create(CultureInfo.InvariantCulture, $"--record {path}: {recorder.LostDatagrams} datagrams are missing."));
        return recorder.Error is null ? ExitCode.Success : ExitCode.CaptureRefused;
    }
}
