namespace Wirehook.EventHooks.Hooks.Scheduling;

/// <summary>Failed runs that wait for their next attempt. Guarded by the scheduler's lock.</summary>
internal sealed class RetryQueue(TimeProvider time)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);
    private readonly PriorityQueue<WaitingRun, long> _waiting = new();
    private readonly Queue<WaitingRun> _due = new();

    /// <summary>Whether an attempt is due.</summary>
    public bool HasDue => _due.Count > 0;

    /// <summary>Time until the next attempt becomes due; null where none waits.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            if (!_waiting.TryPeek(out _, out var due)) return null;
            var wait = time.GetElapsedTime(time.GetTimestamp(), due);
            // Timers count whole milliseconds: rounded up, so that none is early and then set again for nothing.
            return wait <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
        }
    }

    /// <summary>Notes a run whose attempt failed; the wait doubles with every attempt.</summary>
    public void Add(WaitingRun run)
    {
        var delay = run.Queue.Definition.RetryDelay * (1L << Math.Min(run.Attempt - 1, 12));
        if (delay > LongestDelay) delay = LongestDelay;
        run.Attempt++;
        run.Queue.Counters.Retrying++;
        run.Since = time.GetTimestamp();
        _waiting.Enqueue(run, run.Since + (long)(delay.TotalSeconds * time.TimestampFrequency));
    }

    /// <summary>Makes due what has waited long enough.</summary>
    public void Collect()
    {
        var now = time.GetTimestamp();
        while (_waiting.TryPeek(out _, out var due) && due <= now) _due.Enqueue(_waiting.Dequeue());
    }

    /// <summary>Takes an attempt that is due.</summary>
    public bool TryTake(out WaitingRun run)
    {
        if (!_due.TryDequeue(out run!)) return false;
        run.Queue.Counters.Retrying--;
        return true;
    }

    /// <summary>Gives up all attempts of one hook and returns their runs.</summary>
    public IReadOnlyList<WaitingRun> Remove(HookQueue queue)
    {
        var removed = _waiting.UnorderedItems.Select(i => i.Element).Concat(_due).Where(r => r.Queue == queue).ToList();
        if (removed.Count == 0) return removed;
        var others = _waiting.UnorderedItems.Where(i => i.Element.Queue != queue).ToList();
        _waiting.Clear();
        _waiting.EnqueueRange(others);
        for (var count = _due.Count; count > 0; count--)
        {
            var run = _due.Dequeue();
            if (run.Queue != queue) _due.Enqueue(run);
        }

        queue.Counters.Retrying -= removed.Count;
        return removed;
    }
}
