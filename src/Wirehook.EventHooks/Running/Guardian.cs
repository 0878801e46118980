using System.Globalization;
using System.Text;

namespace Wirehook.EventHooks.Running;

/// <summary>
/// A small shell process in a session of its own that knows what runs and until when. It does nothing while Wirehook lives; when
/// Wirehook is killed its input ends, and it kills every remaining run at that run's own time.
/// </summary>
internal sealed unsafe class Guardian(ChildTable children, string? cgroupFolder) : IDisposable
{
    private const int PatienceMilliseconds = 1000;
    private const int RestartLimit = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, string> _lines = [];
    private readonly Stack<int> _freeSlots = new();
    private Descriptor? _input;
    private int _process;
    private int _starts;

    /// <summary>The guardian's process id; 0 where it does not run.</summary>
    public int ProcessId
    {
        get { lock (_lock) return _process; }
    }

    /// <summary>Tells it of a run that begins.</summary>
    /// <param name="executionId">The mark in the environment.</param>
    /// <param name="leaf">The name of the run's cgroup below the tree; null for none.</param>
    /// <param name="limit">From now to the time when nothing of the run may live any more.</param>
    /// <returns>What <see cref="End"/> takes.</returns>
    public int Begin(string executionId, string? leaf, TimeSpan limit)
    {
        var due = UptimeHundredths() + (long)Math.Min(limit.TotalMilliseconds / 10, 1e15);
        lock (_lock)
        {
            if (!_freeSlots.TryPop(out var slot)) slot = _lines.Count;
            var line = string.Create(CultureInfo.InvariantCulture, $"b {slot} {due} {executionId} {leaf ?? "-"}\n");
            _lines[slot] = line;
            // A new guardian is told of all runs, with this one.
            if (_input is null) Restart();
            else Write(line);
            return slot;
        }
    }

    /// <summary>Tells it that nothing of a run is left.</summary>
    public void End(int slot)
    {
        lock (_lock)
        {
            _lines.Remove(slot);
            _freeSlots.Push(slot);
            Write(string.Create(CultureInfo.InvariantCulture, $"e {slot}\n"));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _starts = RestartLimit;
            Stop();
        }
    }

    private static long UptimeHundredths()
    {
        Libc.KernelTime time;
        _ = Libc.Clock(Libc.ClockBootTime, &time);
        return time.Seconds * 100 + time.Fraction / 10_000_000;
    }

    private void Write(string line)
    {
        if (_input is null || _input.WriteAll(Encoding.ASCII.GetBytes(line), PatienceMilliseconds)) return;
        // Somebody has killed it.
        Stop();
        Restart();
    }

    private void Restart()
    {
        if (_starts >= RestartLimit || !Launch()) return;
        _starts++;
        foreach (var line in _lines.Values) _input?.WriteAll(Encoding.ASCII.GetBytes(line), PatienceMilliseconds);
    }

    private bool Launch()
    {
        var ends = stackalloc int[2];
        if (Libc.Pipe(ends, Libc.OpenCloseOnExec) != 0) return false;
        using var output = Descriptor.Open("/dev/null", Libc.OpenWriteOnly);
        using var reading = new Descriptor(ends[0]);
        var writing = new Descriptor(ends[1]);
        _ = Libc.Control(writing.Value, Libc.SetFlags, Libc.OpenNonBlocking);
        string[] arguments = ["/bin/sh", "-c", GuardianScript.Text, "wirehook-guardian", cgroupFolder ?? ""];
        _process = children.Start(arguments, ["PATH=/usr/bin:/bin"], new(reading.Value, output.Value, -1), out _);
        if (_process > 0) _input = writing;
        else writing.Dispose();
        return _process > 0;
    }

    private void Stop()
    {
        _input?.Dispose();
        _input = null;
        if (_process == 0) return;
        // With nothing to do it ends by itself; a run that is still listed is the runner's to end.
        _ = Libc.Kill(_process, Libc.SignalKill);
        using var process = new Descriptor(Libc.OpenProcess(_process));
        if (process.IsOpen) process.WaitFor(Libc.PollIn, PatienceMilliseconds);
        children.Wait(_process);
        _process = 0;
    }
}
