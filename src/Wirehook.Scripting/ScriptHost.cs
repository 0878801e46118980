using Wirehook.Packets;
using Wirehook.Scripting.Jobs;
using Wirehook.Scripting.Time;

namespace Wirehook.Scripting;

/// <summary>
/// The scripts of one worker: one realm, so that <c>this.x</c> is shared, and for every event each script's hook in load order.
/// Not thread-safe: a <see cref="ScriptLane"/> owns it. Only <see cref="WantsPackets"/> and <see cref="WantsItems"/> may be read by any thread.
/// </summary>
public sealed class ScriptHost
{
    private readonly ScriptHostOptions _options;
    private readonly ScriptClock _clock;
    private readonly JobScheduler _scheduler;
    private volatile bool _wantsPackets;
    private volatile bool _wantsItems;

    /// <summary>A host without scripts.</summary>
    public ScriptHost(ScriptHostOptions options)
    {
        _options = options;
        _clock = new ScriptClock(options.LiveClock);
        _scheduler = new JobScheduler(_clock, static (_, _) => { });
    }

    /// <summary>Whether any script has an <c>onPacketCaptured</c>: without one, packets need not be submitted.</summary>
    public bool WantsPackets => _wantsPackets;

    /// <summary>Whether any script has an <c>onItemCaptured</c>: without one, items need not be submitted.</summary>
    public bool WantsItems => _wantsItems;

    /// <summary>The jobs, in the order in which they were scheduled.</summary>
    public IReadOnlyList<JobReport> Jobs => [.. _scheduler.Jobs.Select(j =>
        new JobReport(j.Tag, j.Owner.ToString()!, j.Schedule.Text, j.Limit, j.RunCount, j.Skipped, j.LastRun, j.Due))];

    /// <summary>Compiles a script and runs its top-level code. A script that does not parse, or whose top-level code throws, is not loaded.</summary>
    public LoadOutcome Load(ScriptSource source)
    {
        (_wantsPackets, _wantsItems) = (false, false);
        return new(source.Name, [new ScriptProblem(source.Name, 0, 0, "scripts cannot be run yet")]);
    }

    /// <summary>Replaces the script of the same name (or loads it): compiled first, so that the old one stays where the new one is not loaded. The old one's jobs end.</summary>
    public LoadOutcome Replace(ScriptSource source) => Load(source);

    /// <summary>Removes a script and its jobs. False where no script has the name.</summary>
    public bool Remove(string name)
    {
        _scheduler.RemoveOwner(name);
        return false;
    }

    /// <summary>Shows a batch's events to the scripts, in order, with the jobs that are due between them.</summary>
    public void Run(EventBatch batch) => Run(batch, null);

    /// <summary>
    /// Says that the scripts' clock has come to <paramref name="time"/> and runs the jobs that are due by then.
    /// Called before the first script is loaded, it sets the time that top-level code sees on replay.
    /// </summary>
    public void AdvanceTo(Timestamp time)
    {
        if (time.UnixNanoseconds >= _scheduler.NextDue) _scheduler.AdvanceTo(time);
        _clock.Reach(time);
    }

    /// <summary>Ends the run: prints how many repeated errors were held back.</summary>
    public void Finish() => _scheduler.RemoveAll();

    /// <summary>What every script did and costs so far, in load order.</summary>
    /// <param name="measureMemory">Also walks the memory that each script holds.</param>
    public IReadOnlyList<ScriptReport> Report(bool measureMemory = false) => measureMemory && _options.Losses is null ? [] : [];

    /// <summary>Runs a batch; with a backlog, the costliest scripts are withheld while they hold up the others.</summary>
    internal void Run(EventBatch batch, LaneBacklog? backlog)
    {
        if (backlog?.Level > 0) CountDropped(batch.DroppedPackets, batch.DroppedItems);
        foreach (ref readonly var packet in batch.Packets) AdvanceTo(packet.Timestamp);
        if (batch.ReachedTime is { } time) AdvanceTo(time);
    }

    /// <summary>Counts events that were dropped before they got here as missed by every script.</summary>
    internal void CountDropped(long packets, long items) => _options.Losses?
        .Define("scripts", "queue-full", "events", "Scripts were slower than capture; their queue was full.").Add(packets + items);

    /// <summary>Runs the jobs that are due by the live clock.</summary>
    internal void AdvanceLiveClock() => AdvanceTo(_clock.Now);

    /// <summary>How long the lane may sleep before a job is due; forever on replay.</summary>
    internal TimeSpan UntilLiveJobIsDue()
    {
        if (!_clock.IsLive || _scheduler.NextDue == long.MaxValue) return Timeout.InfiniteTimeSpan;
        var nanoseconds = Math.Clamp(_scheduler.NextDue - _clock.Now.UnixNanoseconds, 0, 60_000_000_000);
        return TimeSpan.FromMilliseconds(Math.Ceiling(nanoseconds / 1e6));
    }
}
