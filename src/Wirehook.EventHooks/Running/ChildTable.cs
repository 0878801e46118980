using System.Runtime.InteropServices;

namespace Wirehook.EventHooks.Running;

/// <summary>How a process ended.</summary>
/// <param name="ExitCode">-1 where a signal ended it.</param>
/// <param name="Signal">0 where it exited.</param>
/// <param name="CpuTime">Its own and that of the children that it waited for.</param>
internal readonly record struct ProcessEnd(int ExitCode, int Signal, TimeSpan CpuTime);

/// <summary>
/// The processes that the runner itself started. Their orphans become Wirehook's children (it is a subreaper, prctl(2)), and are
/// waited for here: every child of Wirehook in another session that nobody here started. There is one table in a process, as
/// there is one subreaper.
/// </summary>
internal sealed unsafe class ChildTable
{
    private readonly Lock _lock = new();
    private readonly HashSet<int> _own = [];
    private readonly int _session = Libc.SessionOf(0);

    // From here on Wirehook is the parent of the orphans of all its descendants.
    private ChildTable() => _ = Libc.ProcessControl(Libc.SetChildSubreaper, 1, 0, 0, 0);

    /// <summary>The table.</summary>
    public static ChildTable Instance { get; } = new();

    /// <summary>Starts a process that <see cref="Wait"/> waits for; as <see cref="ChildProcess.Start"/>.</summary>
    public int Start(IReadOnlyList<string> arguments, IReadOnlyList<string> environment, ChildProcess.Descriptors descriptors, out string? error)
    {
        // Held until the id is known here, so that the process is not taken for an orphan if it ends at once.
        lock (_lock)
        {
            var process = ChildProcess.Start(arguments, environment, descriptors, out error);
            if (process > 0) _own.Add(process);
            return process;
        }
    }

    /// <summary>Waits for a process of this table; null while it runs.</summary>
    public ProcessEnd? Wait(int process)
    {
        lock (_lock)
        {
            int status;
            Libc.ResourceUsage usage;
            int waited;
            do waited = Libc.Wait(process, &status, Libc.NoHang, &usage);
            while (waited < 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted);
            if (waited == 0) return null;
            _own.Remove(process);
            return waited == process ? Decode(status, usage) : new ProcessEnd(-1, 0, TimeSpan.Zero);
        }
    }

    /// <summary>Whether a process of this table has not ended; it stays to be waited for.</summary>
    public bool IsRunning(int process) => Contains(process) && ProcessTable.Read(process) is { IsDead: false };

    /// <summary>Waits for all orphans that have ended.</summary>
    public void Collect()
    {
        lock (_lock)
        {
            foreach (var process in ProcessTable.ReadAdoptedOrOwn())
            {
                int status;
                if (IsOrphan(process)) _ = Libc.Wait(process, &status, Libc.NoHang, null);
            }
        }
    }

    /// <summary>Adopted processes that still live, at this moment.</summary>
    public List<ProcessEntry> LivingOrphans()
    {
        var orphans = new List<ProcessEntry>();
        lock (_lock)
        {
            foreach (var process in ProcessTable.ReadAdoptedOrOwn())
            {
                if (IsOrphan(process) && ProcessTable.Read(process) is { IsDead: false } entry) orphans.Add(entry);
            }
        }
        return orphans;
    }

    /// <summary>Whether a process is one that this table started and has not waited for.</summary>
    public bool Contains(int process)
    {
        lock (_lock) return _own.Contains(process);
    }

    // What Wirehook starts otherwise stays in its own session; a run and its descendants never are in it.
    private bool IsOrphan(int process) => !_own.Contains(process) && Libc.SessionOf(process) is var session && session >= 0 && session != _session;

    private static ProcessEnd Decode(int status, in Libc.ResourceUsage usage)
    {
        var signal = status & 0x7F;
        var cpu = TimeSpan.FromSeconds(usage.User.Seconds + usage.System.Seconds) + TimeSpan.FromMicroseconds(usage.User.Fraction + usage.System.Fraction);
        return new ProcessEnd(signal == 0 ? (status >> 8) & 0xFF : -1, signal, cpu);
    }
}
