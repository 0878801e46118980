namespace Wirehook.EventHooks.Hooks.Scheduling;

/// <summary>The waiting and waking around the scheduler's lock: workers wait for runs, others for room or for quiet. All members but <see cref="WaitUntil"/> are called
/// with the lock held.</summary>
/// <param name="gate">The scheduler's lock.</param>
/// <param name="startWorker">Starts one more worker; must not wait.</param>
internal sealed class WorkerSignal(object gate, Action startWorker)
{
    private int _idle, _others;

    /// <summary>Workers that were started and have not ended.</summary>
    public int Workers { get; private set; }

    /// <summary>Lets a worker look for a run, a new one where all are busy and there may be more.</summary>
    public void WakeWorker(int mostWorkers)
    {
        if (_idle > 0)
        {
            // Workers share the lock with those who wait for something else: a single pulse could reach one of these instead.
            if (_others > 0) Monitor.PulseAll(gate);
            else Monitor.Pulse(gate);
        }
        else if (Workers < mostWorkers)
        {
            Workers++;
            startWorker();
        }
    }

    /// <summary>Waits, as a worker, until something may have changed.</summary>
    public void WaitAsWorker()
    {
        _idle++;
        Monitor.Wait(gate);
        _idle--;
    }

    /// <summary>Notes that a worker ends.</summary>
    public void EndWorker()
    {
        Workers--;
        Changed();
    }

    /// <summary>Waits, for anything but a run, until something may have changed.</summary>
    public void WaitForChange() => WaitForChange(Timeout.Infinite);

    /// <summary>Tells those who wait for anything but a run.</summary>
    public void Changed()
    {
        if (_others > 0) Monitor.PulseAll(gate);
    }

    /// <summary>Tells everybody.</summary>
    public void ChangedForAll() => Monitor.PulseAll(gate);

    /// <summary>Waits until <paramref name="reached"/>, which is asked with the lock held. False where that takes longer than <paramref name="timeout"/>.</summary>
    public bool WaitUntil(Func<bool> reached, TimeSpan timeout)
    {
        var deadline = timeout == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        lock (gate)
        {
            while (!reached())
            {
                var left = deadline - Environment.TickCount64;
                if (left <= 0) return false;
                WaitForChange((int)Math.Min(left, int.MaxValue));
            }

            return true;
        }
    }

    private void WaitForChange(int milliseconds)
    {
        _others++;
        Monitor.Wait(gate, milliseconds);
        _others--;
    }
}
