using System.Collections.Concurrent;
using System.Globalization;

namespace Wirehook.EventHooks.Running;

/// <summary>The cgroups of version 2 that the runner made below Wirehook's own: one leaf per run, used again when it is empty.</summary>
internal sealed class CgroupTree : IDisposable
{
    private const int MaximumIdle = 64;

    private static int _trees;

    private readonly ConcurrentBag<CgroupScope> _idle = [];
    private readonly int _maximumProcesses;
    private int _leaves;
    private volatile bool _closed;

    private CgroupTree(string folder, int maximumProcesses)
    {
        Folder = folder;
        _maximumProcesses = maximumProcesses;
        HasProcessLimit = File.ReadAllText(folder + "/cgroup.controllers").Split((char[])[' ', '\n']).Contains("pids")
            && TryWrite(folder + "/cgroup.subtree_control", "+pids");
    }

    /// <summary>The tree's folder.</summary>
    public string Folder { get; }

    /// <summary>Whether the number of a run's processes is limited by the kernel.</summary>
    public bool HasProcessLimit { get; }

    /// <summary>Makes a tree; null with the reason where the system has no cgroup version 2 or does not let Wirehook make one.</summary>
    public static CgroupTree? Create(int maximumProcesses, out string? reason)
    {
        try
        {
            var own = CgroupMount.FindOwnFolder(File.ReadAllText("/proc/self/mountinfo"), File.ReadAllText("/proc/self/cgroup"));
            reason = own is null ? "cgroup version 2 is not mounted" : null;
            if (own is null) return null;
            RemoveForsaken(own);
            var name = string.Create(CultureInfo.InvariantCulture, $"{own}/wirehook-{Environment.ProcessId}-{Interlocked.Increment(ref _trees)}");
            Directory.CreateDirectory(name);
            if (File.Exists(name + "/cgroup.kill") && CanEnter(name)) return new CgroupTree(name, maximumProcesses);
            Directory.Delete(name);
            reason = "the kernel has no cgroup.kill (Linux 5.14 or later has), or the cgroup cannot be entered";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            reason = exception.Message;
        }
        return null;
    }

    /// <summary>An empty leaf; null when none can be made any more.</summary>
    public CgroupScope? Rent()
    {
        while (_idle.TryTake(out var idle))
        {
            if (Directory.Exists(idle.Folder)) return idle;
        }
        var folder = string.Create(CultureInfo.InvariantCulture, $"{Folder}/run-{Interlocked.Increment(ref _leaves)}");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        if (HasProcessLimit) TryWrite(folder + "/pids.max", _maximumProcesses.ToString(CultureInfo.InvariantCulture));
        return new CgroupScope(this, folder);
    }

    /// <summary>Takes an empty leaf back.</summary>
    public void Return(CgroupScope leaf)
    {
        if (_closed || _idle.Count >= MaximumIdle) Remove(leaf.Folder);
        else _idle.Add(leaf);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed = true;
        foreach (var folder in Directory.GetDirectories(Folder)) Remove(folder);
        Remove(Folder);
    }

    /// <summary>Writes a control file; false where the kernel refuses.</summary>
    internal static bool TryWrite(string path, string value)
    {
        using var file = Descriptor.Open(path, Libc.OpenWriteOnly);
        return file.IsOpen && file.WriteAll(System.Text.Encoding.ASCII.GetBytes(value), 0);
    }

    /// <summary>A cgroup whose kind was changed above it, or one beyond a delegation, can be made but not entered.</summary>
    private static bool CanEnter(string folder)
    {
        using var entry = Descriptor.Open(folder + "/cgroup.procs", Libc.OpenWriteOnly);
        return entry.IsOpen && File.ReadAllText(folder + "/cgroup.type").StartsWith("domain\n", StringComparison.Ordinal);
    }

    /// <summary>Removes what a Wirehook that was killed has left; trees in which something still runs stay.</summary>
    private static void RemoveForsaken(string own)
    {
        foreach (var tree in Directory.GetDirectories(own, "wirehook-*"))
        {
            var parts = Path.GetFileName(tree).Split('-');
            if (parts.Length != 3 || Directory.Exists("/proc/" + parts[1])) continue;
            foreach (var leaf in Directory.GetDirectories(tree)) Remove(leaf);
            Remove(tree);
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Something in it is still dying; the next start of Wirehook removes it.
        }
    }
}
