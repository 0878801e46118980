using Wirehook.Packets;
using Wirehook.Scripting.Time;

namespace Wirehook.Scripting.Jobs;

/// <summary>
/// Runs jobs and timers in the order of their due times, on the scripts' clock. The clock stands at a task's due time while the task
/// runs on replay, so that what it does is independent of how capture is cut into batches.
/// </summary>
/// <param name="clock">The scripts' clock.</param>
/// <param name="skipped">Told how many due times of a job were passed over.</param>
internal sealed class JobScheduler(ScriptClock clock, Action<Job, long> skipped)
{
    /// <summary>Due times of one job that a jump of packet time makes up for; the rest but the last is passed over.</summary>
    internal const int MostRunsPerAdvance = 1_000;
    private const int MostTimerRunsPerAdvance = 10_000;
    private const int MostCountedSkips = 100_000;
    private const int MostJobs = 1_000;
    private const int MostTimers = 10_000;
    private readonly List<Job> _jobs = [];
    private readonly Dictionary<int, ScriptTimer> _timers = [];
    private readonly PriorityQueue<DueTask, DueOrder> _queue = new(DueOrder.Comparer);
    private readonly List<Job> _triggered = [];
    private long _sequence;
    private int _timerIds;
    private bool _advancing;

    /// <summary>The earliest time, in Unix nanoseconds, at which <see cref="AdvanceTo"/> has something to do: one comparison per event.</summary>
    internal long NextDue { get; private set; } = long.MaxValue;

    /// <summary>Whether due jobs run; stopped, they neither run nor count as passed over. Timers always run.</summary>
    internal bool IsRunning { get; private set; } = true;

    /// <summary>The jobs, in the order in which they were scheduled.</summary>
    internal IReadOnlyList<Job> Jobs => _jobs;

    /// <summary>Adds a job. A job with the same tag ends first, whichever script scheduled it.</summary>
    /// <exception cref="InvalidOperationException">There are too many jobs.</exception>
    internal void Schedule(Job job)
    {
        Remove(job.Tag);
        if (_jobs.Count >= MostJobs) throw new InvalidOperationException($"there are {MostJobs} jobs already");
        _jobs.Add(job);
        if (clock.IsSet) Enqueue(job, job.Schedule.Next(clock.Now));
        else NextDue = long.MinValue;
    }

    /// <summary>Sets a timer; it has an id of its own.</summary>
    /// <exception cref="InvalidOperationException">There are too many timers.</exception>
    internal ScriptTimer SetTimer(object owner, long delay, bool repeats, Action run)
    {
        if (_timers.Count >= MostTimers) throw new InvalidOperationException($"there are {MostTimers} timers already");
        var timer = new ScriptTimer(owner, ++_timerIds, repeats ? delay : 0, run);
        _timers.Add(timer.Id, timer);
        if (clock.IsSet) Enqueue(timer, new Timestamp(clock.Now.UnixNanoseconds + delay));
        else (timer.Due, NextDue) = (new Timestamp(delay), long.MinValue);
        return timer;
    }

    /// <summary>Ends a timer; an unknown id is no error.</summary>
    internal void ClearTimer(int id)
    {
        if (_timers.Remove(id, out var timer)) timer.Due = null;
    }

    /// <summary>The job with <paramref name="tag"/>, or null.</summary>
    internal Job? Find(string tag) => _jobs.Find(j => j.Tag == tag);

    /// <summary>Ends the job with <paramref name="tag"/>. False where there is none.</summary>
    internal bool Remove(string tag)
    {
        if (Find(tag) is not { } job) return false;
        Forget(job);
        return true;
    }

    /// <summary>Ends all jobs.</summary>
    internal void RemoveAll()
    {
        while (_jobs.Count > 0) Forget(_jobs[^1]);
    }

    /// <summary>Ends the jobs and timers of a script.</summary>
    internal void RemoveOwner(object owner) => TakeOwner(owner);

    /// <summary>Ends the jobs and timers of a script, so that <see cref="Restore"/> may bring them back.</summary>
    internal IReadOnlyList<(DueTask Task, Timestamp? Due)> TakeOwner(object owner)
    {
        List<DueTask> tasks = [.. _jobs.Where(j => j.Owner == owner), .. _timers.Values.Where(t => t.Owner == owner)];
        List<(DueTask, Timestamp?)> taken = [.. tasks.Select(t => (t, t.Due))];
        foreach (var task in tasks)
        {
            if (task is Job job) Forget(job);
            else ClearTimer(((ScriptTimer)task).Id);
        }

        return taken;
    }

    /// <summary>Brings back jobs and timers with their due times.</summary>
    internal void Restore(IReadOnlyList<(DueTask Task, Timestamp? Due)> tasks)
    {
        foreach (var (task, due) in tasks)
        {
            if (task is Job job) _jobs.Add(job);
            else _timers.Add(((ScriptTimer)task).Id, (ScriptTimer)task);
            if (clock.IsSet) Enqueue(task, due);
            else (task.Due, NextDue) = (due, long.MinValue);
        }
    }

    /// <summary>Has a job run as soon as the script that asks has returned.</summary>
    internal void Trigger(Job job)
    {
        if (!_triggered.Contains(job)) _triggered.Add(job);
        NextDue = long.MinValue;
    }

    /// <summary>Lets due jobs run again; those that were due in between are not made up for.</summary>
    internal void Start()
    {
        if (IsRunning) return;
        IsRunning = true;
        foreach (var job in _jobs) Arm(job, clock.Now);
    }

    /// <summary>Keeps due jobs from running.</summary>
    internal void Stop()
    {
        IsRunning = false;
        foreach (var job in _jobs) job.Due = null;
    }

    /// <summary>Runs what was triggered and what is due by <paramref name="time"/>, earliest first.</summary>
    internal void AdvanceTo(Timestamp time)
    {
        if (_advancing) return;
        _advancing = true;
        try
        {
            if (!clock.IsSet) ArmAll(time);
            RunTriggered();
            RunDue(time);
        }
        finally
        {
            _advancing = false;
            NextDue = _triggered.Count > 0 ? long.MinValue : PeekDue();
        }
    }

    /// <summary>At the first packet, what was scheduled before gets its due times.</summary>
    private void ArmAll(Timestamp time)
    {
        clock.Reach(time);
        foreach (var job in _jobs) Arm(job, time);
        foreach (var timer in _timers.Values) Enqueue(timer, new Timestamp(time.UnixNanoseconds + timer.Due!.Value.UnixNanoseconds));
    }

    private void RunTriggered()
    {
        // A job that triggers itself runs again at the next event, not in this loop.
        var triggered = _triggered.ToArray();
        _triggered.Clear();
        foreach (var job in triggered)
            if (_jobs.Contains(job)) RunJob(job);
    }

    private void RunDue(Timestamp time)
    {
        foreach (var job in _jobs) job.RunsInAdvance = 0;
        var timerRuns = 0;
        while (_queue.TryPeek(out var task, out var entry) && entry.Due <= time)
        {
            _queue.Dequeue();
            if (task.Due != entry.Due) continue;
            if (task is Job job) RunDueJob(job, entry.Due, time);
            else if (timerRuns++ < MostTimerRunsPerAdvance) RunTimer((ScriptTimer)task, entry.Due);
            else
            {
                // A chain of timers that falls behind goes on from here at the next event.
                Enqueue(task, new Timestamp(time.UnixNanoseconds + 1));
            }
        }
    }

    private void RunDueJob(Job job, Timestamp due, Timestamp time)
    {
        var most = clock.IsLive ? 0 : MostRunsPerAdvance;
        if (job.RunsInAdvance++ >= most) due = SkipToLast(job, due, time);
        clock.Reach(due);
        Enqueue(job, job.Schedule.Next(due));
        RunJob(job);
    }

    /// <summary>Passes over all due times up to <paramref name="time"/> but the last.</summary>
    private Timestamp SkipToLast(Job job, Timestamp due, Timestamp time)
    {
        var passed = 0L;
        while (job.Schedule.Next(due) is { } next && next <= time)
        {
            passed++;
            due = passed < MostCountedSkips ? next : time;
        }

        if (passed == 0) return due;
        job.Skipped += passed;
        skipped(job, passed);
        return due;
    }

    private void RunJob(Job job)
    {
        job.RunCount++;
        job.LastRun = clock.Now;
        job.Run(job);
        if (job.Limit > 0 && job.RunCount >= job.Limit && _jobs.Contains(job)) Forget(job);
    }

    private void RunTimer(ScriptTimer timer, Timestamp due)
    {
        clock.Reach(due);
        if (timer.Interval > 0) Enqueue(timer, new Timestamp(Math.Max(due.UnixNanoseconds, clock.IsLive ? clock.Now.UnixNanoseconds : 0) + timer.Interval));
        else ClearTimer(timer.Id);
        timer.Run();
    }

    private void Arm(Job job, Timestamp after) => Enqueue(job, IsRunning ? job.Schedule.Next(after) : null);

    private void Enqueue(DueTask task, Timestamp? due)
    {
        task.Due = due;
        if (due is not { } time) return;
        _queue.Enqueue(task, new DueOrder(time, ++_sequence));
        NextDue = Math.Min(NextDue, time.UnixNanoseconds);
    }

    private void Forget(Job job)
    {
        job.Due = null;
        _jobs.Remove(job);
        _triggered.Remove(job);
    }

    private long PeekDue()
    {
        while (_queue.TryPeek(out var task, out var entry))
        {
            if (task.Due == entry.Due) return entry.Due.UnixNanoseconds;
            _queue.Dequeue();
        }

        return long.MaxValue;
    }
}
