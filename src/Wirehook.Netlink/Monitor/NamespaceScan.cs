using System.Globalization;
using System.Runtime.InteropServices;

namespace Wirehook.Netlink.Monitor;

/// <summary>A namespace that was found.</summary>
/// <param name="Name">As events name it.</param>
/// <param name="Path">A file that stands for it.</param>
/// <param name="Inode">Its inode.</param>
/// <param name="ProcessId">The process that it was found by; 0 for a named one.</param>
internal readonly record struct FoundNamespace(string Name, string Path, ulong Inode, int ProcessId);

/// <summary>One search for namespaces: those under /run/netns, then those of processes.</summary>
internal sealed class NamespaceScan
{
    private const int AccessDenied = 13;
    private readonly HashSet<ulong> _inodes = [];
    private readonly List<FoundNamespace> _found = [];

    /// <summary>Begins without those that are not looked for.</summary>
    public NamespaceScan(ulong own) => _inodes.Add(own);

    /// <summary>What was found, each namespace once.</summary>
    public IReadOnlyList<FoundNamespace> Found => _found;

    /// <summary>Whether a file stands for no namespace (yet): <c>ip netns add</c> makes it before it mounts the namespace there.</summary>
    public bool IsUnfinished { get; private set; }

    /// <summary>Processes whose namespace may not be known.</summary>
    public int Hidden { get; private set; }

    /// <summary>Looks at the named ones.</summary>
    public void AddNamed()
    {
        foreach (var name in NamespaceFolder.Names()) AddFile(name, Path.Combine(NamespaceFolder.Path, name));
    }

    /// <summary>Looks at one file.</summary>
    public void AddFile(string name, string path)
    {
        using var file = NamespaceFile.TryOpen(path);
        if (file is null) IsUnfinished = true;
        else Add(new FoundNamespace(name, path, file.Inode, ProcessOf(path)));
    }

    /// <summary>Looks at the namespaces of processes by which some are known already: as long as they live there, the name stays.</summary>
    public void AddProcesses(IEnumerable<int> known)
    {
        foreach (var process in known) AddProcess(process);
    }

    /// <summary>Looks at the namespaces of all processes that may be looked at.</summary>
    public void AddAllProcesses()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var process)) AddProcess(process);
        }
    }

    /// <summary>What events call the namespace of a file: the name under /run/netns, <c>pid-N</c> for that of a process, otherwise the path.</summary>
    public static string NameOf(string path)
    {
        if (!path.Contains('/', StringComparison.Ordinal)) return path;
        if (ProcessOf(path) is > 0 and var process) return string.Create(CultureInfo.InvariantCulture, $"pid-{process}");
        return Path.GetDirectoryName(path) is NamespaceFolder.Path or "/var/run/netns" ? Path.GetFileName(path) : path;
    }

    private static int ProcessOf(string path)
    {
        var parts = path.Split('/');
        return parts is ["", "proc", var process, "ns", "net"] && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
    }

    private void AddProcess(int process)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/ns/net");
        if (NamespaceFile.InodeOf(path) is { } inode) Add(new FoundNamespace(string.Create(CultureInfo.InvariantCulture, $"pid-{process}"), path, inode, process));
        else if (Marshal.GetLastPInvokeError() == AccessDenied) Hidden++;
    }

    private void Add(FoundNamespace found)
    {
        if (_inodes.Add(found.Inode)) _found.Add(found);
    }
}
