using System.Diagnostics;

namespace Wirehook.EventHooks.Running;

/// <summary>
/// What finished programs have left running: it may go on until its run's time is up, then it is killed. Its output is read and
/// discarded, so that it does not stall. A thread of its own does this, and waits for orphans that have ended.
/// </summary>
internal sealed unsafe class BackgroundRuns(ChildTable children, int maximum) : IDisposable
{
    private const int TickMilliseconds = 250;
    private const int KillTickMilliseconds = 10;
    private const int ReadsPerTick = 16;

    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private readonly Descriptor _wake = Descriptor.CreateEvent();
    private readonly byte[] _discard = new byte[64 * 1024];
    private Thread? _thread;
    private int _collecting;
    private long _killed;
    private volatile bool _closing;

    /// <summary>Runs with processes left.</summary>
    public int Count
    {
        get { lock (_lock) return _entries.Count; }
    }

    /// <summary>Processes killed because their run's time was up.</summary>
    public long Killed => Interlocked.Read(ref _killed);

    /// <summary>Takes over a finished run's processes.</summary>
    /// <param name="scope">The processes.</param>
    /// <param name="output">The pipe that they may still write to; null for none.</param>
    /// <param name="termAt">When SIGTERM comes (<see cref="Stopwatch.GetTimestamp"/>).</param>
    /// <param name="killAt">When SIGKILL comes.</param>
    /// <param name="process">The run's first process where it has not been waited for; 0 for none.</param>
    /// <param name="released">Called when nothing is left.</param>
    public void Add(ProcessScope scope, OutputPipe? output, long termAt, long killAt, int process, Action released)
    {
        lock (_lock)
        {
            if (_entries.Count >= maximum) HasteFirst();
            _entries.Add(new Entry(scope, output, termAt, killAt, process, released));
            EnsureThread();
        }
        _wake.Signal();
    }

    /// <summary>Orphans may end just after the run that they belong to; they are waited for a little later.</summary>
    public void CollectSoon()
    {
        if (Interlocked.Exchange(ref _collecting, 1) != 0) return;
        lock (_lock) EnsureThread();
        _wake.Signal();
    }

    /// <summary>Kills all that is left and waits for it, up to the time given.</summary>
    public void Close(TimeSpan limit)
    {
        lock (_lock)
        {
            _closing = true;
            foreach (var entry in _entries) entry.KillAt = 0;
        }
        _wake.Signal();
        _thread?.Join(limit);
        children.Collect();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_thread is not { IsAlive: true }) _wake.Dispose();
    }

    private void EnsureThread()
    {
        if (_thread is not null || _closing) return;
        _thread = new Thread(Work) { IsBackground = true, Name = "hook processes" };
        _thread.Start();
    }

    /// <summary>Makes room: the run that ends first ends now.</summary>
    private void HasteFirst()
    {
        Entry? first = null;
        foreach (var entry in _entries)
        {
            if (entry.KillAt > 0 && (first is null || entry.KillAt < first.KillAt)) first = entry;
        }
        if (first is not null) first.KillAt = 0;
    }

    private void Work()
    {
        var entries = new List<Entry>();
        while (true)
        {
            lock (_lock)
            {
                entries.Clear();
                entries.AddRange(_entries);
            }
            if (entries.Count == 0 && _closing) return;
            var woken = Wait(entries);
            foreach (var entry in entries) Advance(entry);
            if (woken) continue;
            Volatile.Write(ref _collecting, 0);
            children.Collect();
        }
    }

    /// <summary>Waits for a time, for output, or until woken, which it returns.</summary>
    private bool Wait(List<Entry> entries)
    {
        var timeout = entries.Count == 0 ? (Volatile.Read(ref _collecting) != 0 ? TickMilliseconds : -1) : TickMilliseconds;
        var descriptors = new Libc.PollDescriptor[entries.Count + 1];
        descriptors[0] = new() { Descriptor = _wake.Value, Events = Libc.PollIn };
        var now = Stopwatch.GetTimestamp();
        for (var i = 0; i < entries.Count; i++)
        {
            descriptors[i + 1] = new() { Descriptor = entries[i].Output?.Reading ?? -1, Events = Libc.PollIn };
            var next = entries[i].TermSent ? entries[i].KillAt : Math.Min(entries[i].TermAt, entries[i].KillAt);
            timeout = Math.Clamp((int)Math.Min(Stopwatch.GetElapsedTime(now, next).TotalMilliseconds + 1, timeout), KillTickMilliseconds, TickMilliseconds);
        }
        fixed (Libc.PollDescriptor* start = descriptors)
        {
            if (Libc.Poll(start, (nuint)descriptors.Length, timeout) <= 0 || descriptors[0].Returned == 0) return false;
        }
        _wake.Reset();
        return true;
    }

    private void Advance(Entry entry)
    {
        for (var i = 0; i < ReadsPerTick && entry.Output is not null && entry.Output.Read(_discard, null); i++)
        {
        }
        if (entry.Process > 0 && children.Wait(entry.Process) is not null)
        {
            entry.Process = 0;
            entry.Scope.Ended();
        }
        if (entry.Process == 0 && entry.Scope.IsEmpty()) Remove(entry);
        else SignalDue(entry);
    }

    private void SignalDue(Entry entry)
    {
        var now = Stopwatch.GetTimestamp();
        if (now >= entry.KillAt)
        {
            var others = entry.Scope.Signal(Libc.SignalKill);
            if (!entry.KillSent) Interlocked.Add(ref _killed, others);
            entry.KillSent = true;
        }
        else if (now >= entry.TermAt && !entry.TermSent)
        {
            entry.TermSent = true;
            entry.Scope.Signal(Libc.SignalTerminate);
        }
    }

    private void Remove(Entry entry)
    {
        lock (_lock) _entries.Remove(entry);
        entry.Output?.Dispose();
        entry.Scope.Release();
        entry.Released();
    }

    private sealed class Entry(ProcessScope scope, OutputPipe? output, long termAt, long killAt, int process, Action released)
    {
        public ProcessScope Scope => scope;

        public OutputPipe? Output => output;

        public long TermAt => termAt;

        public long KillAt { get; set; } = killAt;

        public int Process { get; set; } = process;

        public Action Released => released;

        public bool TermSent { get; set; } = termAt >= killAt;

        public bool KillSent { get; set; }
    }
}
