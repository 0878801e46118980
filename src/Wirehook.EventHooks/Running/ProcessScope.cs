namespace Wirehook.EventHooks.Running;

/// <summary>Everything that one run has started and that still lives.</summary>
internal abstract class ProcessScope
{
    /// <summary>The file by which a process enters; null where processes are found by what they are.</summary>
    public virtual string? Entry => null;

    /// <summary>The name by which the guardian finds it; null where it goes by the execution id.</summary>
    public virtual string? GuardianName => null;

    /// <summary>Called when the run's first process exists.</summary>
    /// <param name="process">Its id, which is also the id of its session and process group.</param>
    public virtual void Started(int process)
    {
    }

    /// <summary>Called when the run's first process has been waited for, after which its id may be anybody's.</summary>
    public virtual void Ended()
    {
    }

    /// <summary>Whether nothing lives any more. Exact at the exit of the run's first process; later, as of now.</summary>
    public abstract bool IsEmpty();

    /// <summary>Sends a signal to all once; returns how many processes there were beside the first.</summary>
    public abstract int Signal(int signal);

    /// <summary>Gives back what the scope holds; it must be empty.</summary>
    public abstract void Release();

    /// <summary>Kills until nothing is left or the time is up.</summary>
    /// <param name="patience">Time to wait for what was killed.</param>
    /// <param name="killed">Processes that there were beside the first.</param>
    public bool KillAll(TimeSpan patience, out int killed)
    {
        killed = Signal(Libc.SignalKill);
        var limit = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        for (var pause = 0; !IsEmpty(); pause = Math.Min(pause + 1, 10))
        {
            if (Environment.TickCount64 > limit) return false;
            Thread.Sleep(pause);
            killed = Math.Max(killed, Signal(Libc.SignalKill));
        }
        return true;
    }
}
