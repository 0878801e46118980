using System.Runtime.InteropServices;

namespace Wirehook.Netlink.Monitor;

/// <summary>Finds namespaces, opens sockets in them, and gives those to the reader; takes them back when a namespace goes. Its thread may wait, the reader's may not.</summary>
/// <remarks>An open socket keeps its namespace alive, so the end of a namespace is noticed by its name and its processes: /run/netns by inotify, processes by pidfd.</remarks>
internal sealed unsafe class NamespaceWatcher : IDisposable
{
    private const nint OpenProcess = 434;
    private const int MountWaitMilliseconds = 25;
    private const int MostMountWaits = 40;
    private readonly Dictionary<ulong, Followed> _followed = [];
    private readonly Dictionary<ulong, string> _refused = [];
    private readonly MonitorOptions _options;
    private readonly NetworkReader _reader;
    private readonly WakeSignal _stop = new();
    private readonly NamespaceIds _ids = new();
    private readonly int _notify = Libc.NotifyOpen(Libc.NonBlocking | Libc.CloseOnExec);
    private readonly ulong _own = NamespaceFile.InodeOf(NamespaceFile.OfThisThread) ?? 0;
    private Thread? _thread;
    private int _mountWaits;
    private long _nextFullScan;
    private IReadOnlyList<string> _notes = [];

    /// <summary>Prepares; finds nothing yet.</summary>
    public NamespaceWatcher(MonitorOptions options, NetworkReader reader)
    {
        (_options, _reader) = (options, reader);
    }

    /// <summary>What is left out, and why; from any thread.</summary>
    public IReadOnlyList<string> Notes => Volatile.Read(ref _notes);

    /// <summary>Opens the first namespaces, and goes on watching where that makes sense.</summary>
    /// <exception cref="MonitorException">A named one does not exist or is refused.</exception>
    public void Begin()
    {
        var followsOwn = _options.AllNamespaces || _options.Namespaces.Count == 0;
        if (followsOwn) FollowOwn();
        foreach (var name in _options.AllNamespaces ? [] : _options.Namespaces) Require(name);
        if (followsOwn && !_options.AllNamespaces) return;
        Watch();
        Scan(isFull: true);
        _thread = new Thread(Run) { IsBackground = true, Name = "namespace watcher" };
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Set();
        _thread?.Join();
        foreach (var followed in _followed.Values) followed.Close();
        if (_notify >= 0) _ = Libc.Close(_notify);
        _stop.Dispose();
        _ids.Dispose();
    }

    private void FollowOwn() =>
        _reader.Add(new NamespaceIdentity(NamespaceIdentity.Own, NamespaceIds.None, _own), NamespaceSockets.Open(_options, own: true, _options.AllNamespaces));

    private static string PathOf(string name) => name.Contains('/', StringComparison.Ordinal) ? name : Path.Combine(NamespaceFolder.Path, name);

    private void Require(string name)
    {
        var path = PathOf(name);
        using var file = NamespaceFile.TryOpen(path);
        if (file is null) throw Marshal.GetLastPInvokeError() == 0 ? MonitorErrors.NotANamespace(name) : MonitorErrors.NoNamespace(name, path);
        if (_followed.ContainsKey(file.Inode)) return;
        if (file.Inode == _own)
        {
            FollowOwn();
            _followed.Add(file.Inode, new Followed(NamespaceIdentity.Own, -1));
        }
        else if (Follow(file, new FoundNamespace(NamespaceScan.NameOf(path), path, file.Inode, 0), isNew: false) is { } refusal)
        {
            throw refusal;
        }
    }

    private MonitorException? Follow(NamespaceFile file, in FoundNamespace found, bool isNew)
    {
        var sockets = NamespaceEntrance.Run(file, found.Name, () => NamespaceSockets.Open(_options, own: false, allIds: false), out var refusal);
        if (sockets is null) return refusal;
        _followed.Add(found.Inode, new Followed(found.Name, found.ProcessId > 0 ? (int)Libc.SystemCall(OpenProcess, found.ProcessId, 0) : -1) { ProcessId = found.ProcessId });
        _reader.Add(new NamespaceIdentity(found.Name, _ids.Find(file.Descriptor), found.Inode, isNew), sockets);
        return null;
    }

    private void Run()
    {
        while (!Wait(out var isFull))
        {
            Watch();
            Scan(isFull);
        }
    }

    /// <summary>Waits for a change or the next search. True when it is time to stop.</summary>
    /// <param name="isFull">Whether processes are to be searched as well, which takes longer than looking at the names.</param>
    private bool Wait(out bool isFull)
    {
        var processes = _followed.Values.Where(f => f.Descriptor >= 0).Select(f => f.Descriptor);
        Libc.PollDescriptor[] waited = [.. new[] { _stop.Descriptor, _notify }.Concat(processes).Select(d => new Libc.PollDescriptor { Descriptor = d, Events = Libc.PollIn })];
        var untilFull = (int)Math.Max(0, _nextFullScan - Environment.TickCount64);
        fixed (Libc.PollDescriptor* descriptors = waited)
        {
            _ = Libc.Poll(descriptors, (nuint)waited.Length, _mountWaits > 0 ? Math.Min(MountWaitMilliseconds, untilFull) : untilFull);
        }

        if (_mountWaits > 0) _mountWaits--;
        if ((waited[1].Returned & Libc.PollIn) != 0) ReadNotifications();
        isFull = Environment.TickCount64 >= _nextFullScan || waited.Skip(2).Any(d => d.Returned != 0);
        return (waited[0].Returned & Libc.PollIn) != 0;
    }

    private void ReadNotifications()
    {
        var events = stackalloc byte[4096];
        while (Libc.Read(_notify, events, 4096) > 0) _mountWaits = MostMountWaits;
    }

    /// <summary>Watches the folder of names, which does not exist before the first name. Watching it again changes nothing.</summary>
    private void Watch()
    {
        if (_notify >= 0) _ = Libc.NotifyWatch(_notify, NamespaceFolder.Path, Libc.NotifyCreate | Libc.NotifyDelete | Libc.NotifyMovedFrom | Libc.NotifyMovedTo);
    }

    private void Scan(bool isFull)
    {
        if (isFull) _nextFullScan = Environment.TickCount64 + (long)_options.ScanInterval.TotalMilliseconds;
        var scan = Search(isFull);
        if (!scan.IsUnfinished) _mountWaits = 0;
        var forgotten = ForgetGone(scan);

        // What lost its name may live on with its processes.
        if (!isFull && forgotten.Count > 0) scan = Search(isFull: true);
        var beyond = FollowFound(scan, forgotten);
        if (!isFull) return;
        foreach (var gone in _refused.Keys.Except(scan.Found.Select(f => f.Inode)).ToArray()) _refused.Remove(gone);
        string[] limit = beyond > 0 ? [$"{beyond} further namespaces are not followed: at most {_options.MaxNamespaces} are."] : [];
        Volatile.Write(ref _notes, [.. _refused.Values, .. Hidden(scan.Hidden), .. limit]);
    }

    private static string[] Hidden(int processes) => processes == 0 ? [] :
        [$"{processes} {(processes == 1 ? "process" : "processes")} may not be looked at: a namespace that has no name and no other process is not followed (this needs root and CAP_SYS_PTRACE)."];

    /// <summary>Lets go what was not found, or not under its name. Returns the inodes.</summary>
    private HashSet<ulong> ForgetGone(NamespaceScan scan)
    {
        var names = scan.Found.ToDictionary(f => f.Inode, f => f.Name);
        var gone = _followed.Where(f => f.Key != _own && names.GetValueOrDefault(f.Key) != f.Value.Name).ToArray();
        foreach (var (inode, followed) in gone)
        {
            followed.Close();
            _followed.Remove(inode);
            _reader.Remove(inode);
        }

        return [.. gone.Select(f => f.Key)];
    }

    /// <summary>Follows what is not followed yet. Returns how many there are beyond the limit.</summary>
    private int FollowFound(NamespaceScan scan, HashSet<ulong> forgotten)
    {
        var beyond = 0;
        foreach (var found in scan.Found)
        {
            if (_followed.ContainsKey(found.Inode) || _refused.ContainsKey(found.Inode)) continue;
            if (_followed.Count + 1 >= _options.MaxNamespaces) beyond++;
            else TryFollow(found, isNew: _thread is not null && !forgotten.Contains(found.Inode));
        }

        return beyond;
    }

    private NamespaceScan Search(bool isFull)
    {
        var scan = new NamespaceScan(_options.AllNamespaces ? _own : 0);
        if (!_options.AllNamespaces)
        {
            foreach (var name in _options.Namespaces) scan.AddFile(NamespaceScan.NameOf(PathOf(name)), PathOf(name));
            return scan;
        }

        scan.AddNamed();
        scan.AddProcesses(_followed.Values.Where(f => f.ProcessId > 0).Select(f => f.ProcessId));
        if (isFull) scan.AddAllProcesses();
        return scan;
    }

    private void TryFollow(in FoundNamespace found, bool isNew)
    {
        using var file = NamespaceFile.TryOpen(found.Path);
        if (file is null || file.Inode != found.Inode) return;
        if (Follow(file, found, isNew) is { } refusal) _refused.Add(found.Inode, refusal.Message);
    }

    /// <summary>A namespace that the reader has sockets of.</summary>
    private sealed class Followed(string name, int descriptor)
    {
        public string Name { get; } = name;

        /// <summary>The process by which it was found; 0 for none.</summary>
        public int ProcessId { get; init; }

        /// <summary>The pidfd of that process; -1 for none.</summary>
        public int Descriptor { get; private set; } = descriptor;

        public void Close()
        {
            if (Descriptor >= 0) _ = Libc.Close(Descriptor);
            Descriptor = -1;
        }
    }
}
