using Wirehook.EventHooks.Running;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Hooks.Scheduling;

/// <summary>What became of a matched event.</summary>
internal enum Admission
{
    /// <summary>It waits for its run.</summary>
    Queued,

    /// <summary>It waits, and the oldest waiting one was dropped for it.</summary>
    QueuedInsteadOfOldest,

    /// <summary>It took the place of a waiting one of the same interface.</summary>
    Coalesced,

    /// <summary>It was dropped, because the queue was full or the hook no longer takes events.</summary>
    Dropped,
}

/// <summary>Decides which matched event runs when: one lane for all synchronous hooks, order per interface for asynchronous ones,
/// and never more runs at once than the limit. One short lock, never held while a program runs.</summary>
internal sealed class HookScheduler : IDisposable
{
    private readonly object _gate = new();
    private readonly List<HookQueue> _queues = [];
    private readonly RetryQueue _retries;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly WorkerSignal _signal;
    private readonly bool _alwaysWait;
    private HookLimits _limits;
    private long _nextTicket;
    private bool _synchronousBusy, _stopped;
    private int _running;

    /// <param name="limits">Limits over all hooks.</param>
    /// <param name="time">Clock and timer for retries and waits.</param>
    /// <param name="startWorker">Starts one more thread that calls <see cref="WaitForRun"/> until it gives null; must not wait.</param>
    /// <param name="alwaysWait">Whether <see cref="Offer"/> waits for room whatever the hook's policy.</param>
    public HookScheduler(HookLimits limits, TimeProvider time, Action startWorker, bool alwaysWait = false)
    {
        (_limits, _time, _alwaysWait) = (limits, time, alwaysWait);
        (_retries, _signal) = (new RetryQueue(time), new WorkerSignal(_gate, startWorker));
        _timer = time.CreateTimer(_ => CollectDueRetries(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public HookLimits Limits
    {
        get
        {
            lock (_gate) return _limits;
        }
        set
        {
            lock (_gate)
            {
                _limits = value;
                Wake();
                _signal.Changed();
            }
        }
    }

    public (int Running, int Waiting, int Workers) Load
    {
        get
        {
            lock (_gate) return (_running, Waiting(), _signal.Workers);
        }
    }

    public void Add(HookQueue queue)
    {
        lock (_gate) _queues.Add(queue);
    }

    /// <summary>Ends a hook: what waits is dropped, what runs goes on. Gives the number dropped.</summary>
    public int Remove(HookQueue queue)
    {
        lock (_gate)
        {
            queue.Closed = true;
            _queues.Remove(queue);
            var dropped = queue.Clear(HookDropReason.Removed);
            EndRetries(queue);
            Wake();
            _signal.Changed();
            return dropped;
        }
    }

    /// <summary>Disables or enables a hook; what waits when it is disabled is dropped, what runs goes on.</summary>
    public void Suspend(HookQueue queue, bool suspended)
    {
        lock (_gate)
        {
            queue.Suspended = suspended;
            if (!suspended) return;
            queue.Clear(HookDropReason.Disabled);
            EndRetries(queue);
            Wake();
            _signal.Changed();
        }
    }

    public HookStatistics Statistics(HookQueue queue)
    {
        lock (_gate) return queue.Counters.Snapshot();
    }

    public void ResetStatistics(HookQueue queue)
    {
        lock (_gate) queue.Counters.Reset();
    }

    /// <summary>Notes a matched event that waits for the end of its debounce time; <paramref name="replacesOlder"/> where an older one was given up for it.</summary>
    public void NoteDebouncing(HookQueue queue, bool replacesOlder)
    {
        lock (_gate)
        {
            queue.Counters.Matched++;
            if (replacesOlder) queue.Counters.Debounced++;
            else queue.Counters.Debouncing++;
        }
    }

    /// <summary>Takes in a matched event. Waits only where the hook's policy says so.</summary>
    /// <param name="queue">The hook's queue.</param>
    /// <param name="networkEvent">The event.</param>
    /// <param name="wasDebouncing">Whether <see cref="NoteDebouncing"/> counted it already.</param>
    /// <param name="displaced">The event that was dropped or replaced for it, if any.</param>
    public Admission Offer(HookQueue queue, NetworkEvent networkEvent, bool wasDebouncing, out NetworkEvent? displaced)
    {
        lock (_gate)
        {
            if (wasDebouncing) queue.Counters.Debouncing--;
            else queue.Counters.Matched++;
            var admission = MakeRoom(queue, networkEvent, out displaced);
            if (admission is Admission.Queued or Admission.QueuedInsteadOfOldest)
            {
                queue.Add(networkEvent, _nextTicket++, _time.GetTimestamp());
                Wake();
            }

            return admission;
        }
    }

    /// <summary>Takes the next run that may start now; null where none may.</summary>
    public WaitingRun? TryTake()
    {
        lock (_gate) return Take();
    }

    /// <summary>Waits for the next run; null when the scheduler is stopped. Called by worker threads.</summary>
    public WaitingRun? WaitForRun()
    {
        lock (_gate)
        {
            while (true)
            {
                if (Take() is { } run)
                {
                    Wake();
                    return run;
                }

                if (_stopped)
                {
                    _signal.EndWorker();
                    return null;
                }

                _signal.WaitAsWorker();
            }
        }
    }

    /// <summary>Whether another attempt would follow this result.</summary>
    public bool WillRetry(WaitingRun run, ProcessResult result)
    {
        lock (_gate)
        {
            return result.Outcome is ProcessOutcome.Error or ProcessOutcome.Timeout && run.Attempt <= run.Queue.Definition.Retries
                && Refusal(run.Queue) is null;
        }
    }

    /// <summary>Ends an attempt. True where another one follows.</summary>
    public bool Complete(WaitingRun run, ProcessResult result)
    {
        lock (_gate)
        {
            var queue = run.Queue;
            _running--;
            queue.Counters.Running--;
            queue.Counters.EndAttempt(result);
            run.Spent += result.Duration;
            run.LastResult = result;
            var retry = WillRetry(run, result);
            // The interface, or the lane of the synchronous hooks, stays taken, so that no later event overtakes.
            if (retry) _retries.Add(run);
            else Finish(run);
            if (retry) SetTimer();
            Wake();
            _signal.Changed();
            return retry;
        }
    }

    /// <summary>Ends everything: what waits is dropped, what runs goes on, workers that are free end.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            foreach (var queue in _queues)
            {
                queue.Clear(HookDropReason.Stopped);
                EndRetries(queue);
            }

            _signal.ChangedForAll();
        }
    }

    /// <summary>Waits until nothing runs and nothing waits. False where that takes longer than <paramref name="timeout"/>.</summary>
    public bool WaitIdle(TimeSpan timeout) => _signal.WaitUntil(() => _running == 0 && Waiting() == 0, timeout);

    /// <summary>Waits until all workers have ended. False where that takes longer than <paramref name="timeout"/>.</summary>
    public bool WaitForWorkers(TimeSpan timeout) => _signal.WaitUntil(() => _signal.Workers == 0, timeout);

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private Admission MakeRoom(HookQueue queue, NetworkEvent networkEvent, out NetworkEvent? displaced)
    {
        displaced = null;
        while (true)
        {
            if (Refusal(queue) is { } reason)
            {
                queue.Counters.Drop(reason);
                return Admission.Dropped;
            }

            var full = queue.Count >= Capacity(queue);
            var policy = _alwaysWait ? OverflowPolicy.Block : queue.Definition.OnOverflow;
            if ((queue.Definition.Coalesce || (full && policy == OverflowPolicy.Coalesce)) && queue.TryReplace(networkEvent, out displaced))
            {
                queue.Counters.Coalesced++;
                return Admission.Coalesced;
            }

            if (!full) return Admission.Queued;
            if (policy != OverflowPolicy.Block) return Drop(queue, policy, out displaced);
            queue.Counters.Blocked++;
            _signal.WaitForChange();
            queue.Counters.Blocked--;
        }
    }

    private Admission Drop(HookQueue queue, OverflowPolicy policy, out NetworkEvent? displaced)
    {
        displaced = null;
        if (policy == OverflowPolicy.DropNewest)
        {
            queue.Counters.Drop(HookDropReason.QueueFull);
            return Admission.Dropped;
        }

        // More than one only where a reload made the queue smaller.
        while (queue.Count >= Capacity(queue))
        {
            displaced = queue.RemoveOldest().Event;
            queue.Counters.Drop(HookDropReason.QueueFull);
        }

        return Admission.QueuedInsteadOfOldest;
    }

    private HookDropReason? Refusal(HookQueue queue) =>
        _stopped ? HookDropReason.Stopped : queue.Closed ? HookDropReason.Removed : queue.Suspended ? HookDropReason.Disabled : null;

    private int Capacity(HookQueue queue) => queue.Definition.Queue > 0 ? queue.Definition.Queue : _limits.Queue;

    private WaitingRun? Take()
    {
        if (_running >= _limits.MaxConcurrent) return null;
        if (!_retries.TryTake(out var run))
        {
            if (Select() is not { } queue) return null;
            run = queue.Take();
            if (queue.IsSynchronous) _synchronousBusy = true;
        }

        _running++;
        run.Queue.Counters.Running++;
        run.StartedAt = _time.GetTimestamp();
        run.Queue.Counters.Start(_time.GetElapsedTime(run.Since, run.StartedAt), _time.GetUtcNow(), run.Attempt);
        _signal.Changed();
        return run;
    }

    /// <summary>The hook whose next run has waited longest; null where none may start.</summary>
    private HookQueue? Select()
    {
        HookQueue? best = null;
        var bestTicket = HookQueue.Nothing;
        foreach (var queue in _queues)
        {
            if (queue.IsSynchronous && _synchronousBusy) continue;
            var ticket = queue.NextTicket();
            if (ticket < bestTicket) (best, bestTicket) = (queue, ticket);
        }

        return best;
    }

    private void Finish(WaitingRun run)
    {
        run.Queue.Counters.EndExecution(run.LastResult!.Outcome, run.Spent);
        run.Queue.Release(run);
        if (run.Queue.IsSynchronous) _synchronousBusy = false;
    }

    private void SetTimer()
    {
        if (_retries.NextDue is { } wait) _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void CollectDueRetries()
    {
        lock (_gate)
        {
            _retries.Collect();
            SetTimer();
            Wake();
        }
    }

    /// <summary>Ends the executions that wait for a retry with what their last attempt gave.</summary>
    private void EndRetries(HookQueue queue)
    {
        foreach (var run in _retries.Remove(queue)) Finish(run);
    }

    private int Waiting()
    {
        var waiting = 0;
        foreach (var queue in _queues) waiting += queue.Counters.Waiting;
        return waiting;
    }

    private void Wake()
    {
        if (!_stopped && _running < _limits.MaxConcurrent && (_retries.HasDue || Select() is not null)) _signal.WakeWorker(_limits.MaxConcurrent);
    }
}
