using System.CommandLine;
using Wirehook.Capture;
using Wirehook.Cli.Options;
using Wirehook.Cli.Output;
using Wirehook.Scripting;
using Wirehook.Worker.Configuration;
using Wirehook.Worker.Scripts;
using Wirehook.Worker.Sessions;
using Wirehook.Worker.Summary;

namespace Wirehook.Cli.Commands;

/// <summary>What replaying and tapping have in common: settings, scripts, their console, the session, and the end with summary and exit status.</summary>
internal sealed class ScriptRun : IDisposable
{
    private readonly ScriptConsoleWriter _console;
    private readonly ScriptWatcher? _watcher;
    private readonly string? _items;
    private readonly string? _summary;
    private bool _allLoaded = true;
    private bool _anyLoaded = true;

    /// <summary>Reads settings and scripts, and opens the outputs.</summary>
    /// <param name="options">The declared options.</param>
    /// <param name="arguments">What was given.</param>
    /// <param name="liveClock">The wall clock when live; null on replay.</param>
    /// <param name="initialNetworkEvents">Whether a recording's network events begin with what existed when it began.</param>
    /// <param name="followKeyLogs">Whether key logs may grow on replay too, because packets come through a pipe.</param>
    /// <exception cref="ConfigurationException">Something given cannot be used.</exception>
    public ScriptRun(RunOptions options, ParseResult arguments, TimeProvider? liveClock, bool initialNetworkEvents = false, bool followKeyLogs = false)
    {
        (_items, _summary) = (arguments.GetValue(options.Items), arguments.GetValue(options.Summary));
        Configuration = options.ReadConfiguration(arguments);
        Scripts = ScriptSelection.Read(arguments.GetValue(options.Scripts)!, Configuration);
        _console = new ScriptConsoleWriter(toStandardError: _items == "-" || _summary == "-");
        Session = new CaptureSession(new SessionOptions
        {
            Configuration = Configuration,
            Console = _console,
            Items = Outputs.OpenItems(_items),
            Limit = arguments.GetValue(options.Limit),
            CountItems = _summary is not null || Scripts.Count == 0,
            LiveClock = liveClock,
            InitialNetworkEvents = initialNetworkEvents,
            FollowKeyLogs = followKeyLogs,
            BatchCompleted = _console.Flush,
        });
        if (arguments.GetValue(options.Watch) || Configuration.Flag("scripting.watchScripts"))
            _watcher = new ScriptWatcher(Session.Lane, Scripts, ScriptSelection.ReportReload);
    }

    /// <summary>The settings.</summary>
    public WorkerConfiguration Configuration { get; }

    /// <summary>The scripts, in load order.</summary>
    public IReadOnlyList<ScriptSource> Scripts { get; }

    /// <summary>The session, not started.</summary>
    public CaptureSession Session { get; }

    /// <summary>Cancelled by Ctrl+C or SIGTERM.</summary>
    public Interruption Interruption { get; } = new();

    /// <summary>Reports scripts that were not loaded. Returns whether there is anything to run: one broken script of several leaves work for the others.</summary>
    public bool Loaded(IReadOnlyList<LoadOutcome> outcomes)
    {
        _console.Flush();
        _allLoaded = Messages.Report(outcomes);
        return _anyLoaded = _allLoaded || outcomes.Any(o => o.Loaded);
    }

    /// <summary>Runs the scripts over captures and concludes.</summary>
    /// <param name="paths">The files; <c>-</c> for standard input.</param>
    /// <returns>The exit status.</returns>
    /// <exception cref="CaptureException">A file cannot be opened.</exception>
    public int Replay(IReadOnlyList<string> paths)
    {
        using var source = CaptureFileSet.Open(paths);
        ReplayResult result;
        using (new ReplayProgress(source)) result = Worker.Sessions.Replay.Run(Session, source, Scripts, Loaded, Interruption.Token);
        var status = Conclude(result.Summary);
        foreach (var damage in result.Damages) Messages.Error(damage.ToString());
        return result.Damages.Count > 0 ? ExitCode.DamagedCapture : status;
    }

    /// <summary>Writes the summary and what went wrong with the outputs.</summary>
    /// <returns>The exit status.</returns>
    public int Conclude(RunSummary summary)
    {
        _console.Flush();
        if (_anyLoaded) Outputs.WriteSummary(_summary, summary);
        if (Session.OutputFailure is { } failure && _items != "-") Messages.Error($"--items {_items}: {failure}");
        return _allLoaded ? ExitCode.Success : ExitCode.ScriptNotLoaded;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watcher?.Dispose();
        Session.Dispose();
        _console.Dispose();
        Interruption.Dispose();
    }
}
