using System.Diagnostics;
using Wirehook.JavaScript;
using Wirehook.Packets;
using Wirehook.Scripting.Dispatch;
using Wirehook.Scripting.Helpers;
using Wirehook.Scripting.Hooks;
using Wirehook.Scripting.Jobs;
using Wirehook.Scripting.Loading;
using Wirehook.Scripting.Time;

namespace Wirehook.Scripting;

/// <summary>
/// The scripts of one worker: one realm, so that <c>this.x</c> is shared, and for every event each script's hook in load order.
/// Not thread-safe: a <see cref="ScriptLane"/> owns it. Only <see cref="WantsPackets"/>, <see cref="WantsItems"/>,
/// <see cref="WantsNetworkEvents"/> and <see cref="Report"/> without memory may be asked by any thread.
/// </summary>
public sealed class ScriptHost
{
    private readonly ScriptClock _clock;
    private readonly ScriptCalls _calls;
    private readonly EventDispatch _dispatch;
    private readonly JobRunner _jobs;
    private readonly ScriptLoader _loader;
    private volatile LoadedScript[] _scripts = [];
    private volatile bool _wantsPackets;
    private volatile bool _wantsItems;
    private volatile bool _wantsNetworkEvents;

    /// <summary>A host without scripts.</summary>
    public ScriptHost(ScriptHostOptions options)
    {
        var budget = options.Budget;
        _clock = new ScriptClock(options.LiveClock);
        var engine = new JsEngine(
            new ScriptWorld(_clock, options.TimeZone, options.RandomSeed),
            new JsLimits { MemoryBytes = budget.MemoryBytes, StackDepth = budget.StackDepth },
            options.Trace);
        var missed = new MissedEvents(options.Losses);
        _calls = new ScriptCalls(engine, _clock, budget, options.Console, missed, options.Trace);
        _calls.Allow(budget.CallTime);
        _jobs = new JobRunner(engine, _calls, _clock, missed, budget);
        _dispatch = new EventDispatch(engine, _calls, _clock, missed, budget);
        _loader = new ScriptLoader(engine, _calls, _jobs.Scheduler, budget);
        HelperInstaller.Install(new ScriptContext(engine, _calls, _jobs, options));
    }

    /// <summary>Whether any script has an <c>onPacketCaptured</c>: without one, packets need not be submitted.</summary>
    public bool WantsPackets => _wantsPackets;

    /// <summary>Whether any script has an <c>onItemCaptured</c>: without one, items need not be submitted.</summary>
    public bool WantsItems => _wantsItems;

    /// <summary>Whether any script has an <c>onNetworkEvent</c>: without one, network events need not be submitted.</summary>
    public bool WantsNetworkEvents => _wantsNetworkEvents;

    /// <summary>The jobs, in the order in which they were scheduled.</summary>
    public IReadOnlyList<JobReport> Jobs => [.. _jobs.Scheduler.Jobs.Select(j =>
        new JobReport(j.Tag, j.Owner.ToString()!, j.Schedule.Text, j.Limit, j.RunCount, j.Skipped, j.LastRun, j.Due))];

    /// <summary>
    /// Compiles a script and runs its top-level code; a script that does not parse, or whose top-level code throws, is not loaded.
    /// A script of the same name is replaced: it stays, with its jobs, where the new one is not loaded.
    /// </summary>
    public LoadOutcome Load(ScriptSource source)
    {
        var at = Array.FindIndex(_scripts, s => s.Name == source.Name);
        var outcome = _loader.Load(source, at < 0 ? null : _scripts[at], out var script);
        if (script is null) return outcome;
        LoadedScript[] scripts = at < 0 ? [.. _scripts, script] : [.. _scripts];
        if (at >= 0) scripts[at] = script;
        Serve(scripts);
        return outcome;
    }

    /// <summary>Removes a script and its jobs. False where no script has the name.</summary>
    public bool Remove(string name)
    {
        var scripts = _scripts;
        if (Array.Find(scripts, s => s.Name == name) is not { } script) return false;
        _jobs.Scheduler.RemoveOwner(script);
        _calls.PrintHeldBack(script);
        Serve([.. scripts.Where(s => s != script)]);
        return true;
    }

    /// <summary>Shows a batch's events to the scripts, in order, with the jobs that are due between them.</summary>
    public void Run(EventBatch batch) => Run(batch, null);

    /// <summary>
    /// Says that the scripts' clock has come to <paramref name="time"/> and runs the jobs that are due by then.
    /// Called before the first script is loaded, it sets the time that top-level code sees on replay.
    /// </summary>
    public void AdvanceTo(Timestamp time)
    {
        if (time.UnixNanoseconds >= _jobs.Scheduler.NextDue) RunJobs(time);
        _clock.Reach(time);
    }

    /// <summary>Ends the run: prints how many repeated errors were held back.</summary>
    public void Finish()
    {
        foreach (var script in _scripts) _calls.PrintHeldBack(script);
    }

    /// <summary>What every script did and costs so far, in load order.</summary>
    /// <param name="measureMemory">Also walks the memory that each script holds.</param>
    public IReadOnlyList<ScriptReport> Report(bool measureMemory = false) => [.. _scripts.Select(s => s.Report(measureMemory))];

    /// <summary>Runs a batch; with a backlog, the costliest scripts are withheld while they hold up the others.</summary>
    internal void Run(EventBatch batch, LaneBacklog? backlog)
    {
        var measure = _dispatch.Begin(backlog);
        _dispatch.OnDropped(batch.Dropped);
        var shown = default(BatchPosition);
        foreach (ref readonly var entry in batch.NetworkEvents)
        {
            RunTraffic(batch, shown, entry.Place);
            shown = entry.Place;
            AdvanceTo(entry.Event.Timestamp);
            _dispatch.OnNetworkEvent(entry.Event);
        }

        RunTraffic(batch, shown, batch.End);
        if (batch.ReachedTime is { } time) AdvanceTo(time);
        _dispatch.End(measure);
        if (_clock.IsLive) AdvanceLiveClock();
    }

    /// <summary>Counts events that were dropped before they got here as missed by every script.</summary>
    internal void CountDropped(in DroppedEvents dropped) => _dispatch.OnDropped(dropped);

    /// <summary>Runs the jobs that are due by the live clock.</summary>
    internal void AdvanceLiveClock() => AdvanceTo(_clock.Now);

    /// <summary>How long the lane may sleep before a job is due; forever on replay.</summary>
    internal TimeSpan UntilLiveJobIsDue()
    {
        if (!_clock.IsLive || _jobs.Scheduler.NextDue == long.MaxValue) return Timeout.InfiniteTimeSpan;
        var nanoseconds = Math.Clamp((double)_jobs.Scheduler.NextDue - _clock.Now.UnixNanoseconds, 0, 60e9);
        return TimeSpan.FromMilliseconds(Math.Ceiling(nanoseconds / 1e6));
    }

    /// <summary>Shows the packets and items of a batch between two places.</summary>
    private void RunTraffic(EventBatch batch, BatchPosition from, BatchPosition to)
    {
        var at = from.Packets;
        foreach (ref readonly var item in batch.Items[from.Items..to.Items])
        {
            RunPackets(batch.Packets[at..item.PacketsBefore]);
            at = item.PacketsBefore;
            AdvanceTo(item.Time);
            _dispatch.OnItem(item);
        }

        RunPackets(batch.Packets[at..to.Packets]);
    }

    private void RunPackets(ReadOnlySpan<PacketHeader> packets)
    {
        foreach (ref readonly var packet in packets)
        {
            AdvanceTo(packet.Timestamp);
            _dispatch.OnPacket(packet);
        }
    }

    private void RunJobs(Timestamp time)
    {
        var start = Stopwatch.GetTimestamp();
        _jobs.Scheduler.AdvanceTo(time);
        _dispatch.Exclude(Stopwatch.GetTimestamp() - start);
    }

    private void Serve(LoadedScript[] scripts)
    {
        AssignGlobalHooks(scripts);
        _dispatch.Serve(scripts);
        _jobs.Listeners = scripts;
        _scripts = scripts;
        (_wantsPackets, _wantsItems, _wantsNetworkEvents) = (_dispatch.WantsPackets, _dispatch.WantsItems, _dispatch.WantsNetworkEvents);
    }

    /// <summary>A hook that scripts put on the shared global object is called once per event, for the first script that names it without declaring it.</summary>
    private static void AssignGlobalHooks(LoadedScript[] scripts)
    {
        for (var hook = 0; hook < ScriptHook.All.Count; hook++)
        {
            var taken = false;
            foreach (var script in scripts)
            {
                if (script.Hooks[hook] is not { } slot) continue;
                slot.UsesGlobal = !taken && !slot.IsDeclared;
                taken |= slot.UsesGlobal;
            }
        }
    }
}
