using System.Collections.Concurrent;

namespace Wirehook.Netlink.Monitor;

/// <summary>The thread that reads every socket of every namespace, and never waits for anything else.</summary>
internal sealed unsafe class NetworkReader : IDisposable
{
    private readonly ReaderContext _context;
    private readonly NamespaceDirectory _namespaces;
    private readonly WakeSignal _wake = new();
    private readonly ConcurrentQueue<Action> _commands = new();
    private readonly Thread _thread;
    private readonly bool _followsIds;
    private Libc.PollDescriptor[] _descriptors = [];
    private Source[] _sources = [];
    private NamespaceReader[] _polled = [];
    private volatile bool _isStopping;

    /// <summary>Prepares the thread.</summary>
    public NetworkReader(MonitorOptions options, TimeProvider time, INetworkEventSink sink)
    {
        _context = new ReaderContext(options, time, sink);
        _namespaces = new NamespaceDirectory(_context, options.MaxNamespaces);
        _followsIds = options.AllNamespaces;
        _thread = new Thread(Run) { IsBackground = true, Name = "netlink reader" };
    }

    /// <summary>What is counted.</summary>
    public MonitorCounters Counters => _context.Counters;

    /// <summary>What went wrong.</summary>
    public MonitorNotes Notes => _context.Notes;

    /// <summary>The namespaces that are followed; from any thread.</summary>
    public IReadOnlyList<NamespaceReader> Namespaces => _namespaces.All;

    /// <summary>Begins to read. What was added before is followed from the start, and its status is known when this returns.</summary>
    public void Begin()
    {
        while (_commands.TryDequeue(out var command)) command();
        _thread.Start();
    }

    /// <summary>Follows a namespace; from any thread.</summary>
    public void Add(NamespaceIdentity identity, NamespaceSockets sockets) => Post(() => _namespaces.Add(identity, sockets));

    /// <summary>Stops following a namespace; from any thread.</summary>
    public void Remove(ulong inode) => Post(() => _namespaces.Remove(inode));

    /// <summary>Has something done on the reader's thread, between two turns; from any thread.</summary>
    public void Post(Action command)
    {
        _commands.Enqueue(command);
        _wake.Set();
    }

    /// <summary>Ends the thread, after a last turn, and closes all sockets.</summary>
    public void Dispose()
    {
        _isStopping = true;
        _wake.Set();
        if (_thread.IsAlive) _thread.Join();
        while (_commands.TryDequeue(out var command)) command();
        _namespaces.Dispose();
        _context.Dispose();
        _wake.Dispose();
    }

    private void Run()
    {
        var timeout = 0;
        while (!_isStopping)
        {
            Wait(timeout);
            while (_commands.TryDequeue(out var command)) command();
            var isDrained = ReadReady();
            var next = Proceed(isDrained);
            _context.Deliver();
            timeout = !isDrained ? 0 : Milliseconds(next);
        }

        Wait(0);
        ReadReady();
        _context.Deliver();
    }

    private int Milliseconds(TimeSpan? deadline)
    {
        if (deadline is not { } moment) return -1;
        return (int)Math.Clamp(Math.Ceiling((moment - _context.Now).TotalMilliseconds), 0, 60_000);
    }

    private void Wait(int timeout)
    {
        if (_polled != _namespaces.All) Rebuild();
        fixed (Libc.PollDescriptor* descriptors = _descriptors)
        {
            if (Libc.Poll(descriptors, (nuint)_descriptors.Length, timeout) >= 0) return;
        }

        // Interrupted: what the kernel left in the array is old.
        foreach (ref var descriptor in _descriptors.AsSpan()) descriptor.Returned = 0;
    }

    private void Rebuild()
    {
        _polled = _namespaces.All;
        var (descriptors, sources) = (new List<Libc.PollDescriptor>(), new List<Source>());
        descriptors.Add(new() { Descriptor = _wake.Descriptor, Events = Libc.PollIn });
        foreach (var protocol in from reader in _polled from protocol in reader.Protocols select (reader, protocol))
        {
            if (protocol.protocol.Query is { } query) Append(query, isQuery: true);
            Append(protocol.protocol.Monitor.Socket, isQuery: false);

            void Append(NetlinkSocket socket, bool isQuery)
            {
                descriptors.Add(new() { Descriptor = socket.Descriptor, Events = Libc.PollIn });
                sources.Add(new(protocol.reader, protocol.protocol, isQuery));
            }
        }

        (_descriptors, _sources) = ([.. descriptors], [.. sources]);
    }

    /// <summary>Reads what is ready. False where more waits than one turn takes.</summary>
    private bool ReadReady()
    {
        if (_descriptors[0].Returned != 0) _wake.Clear();
        if (_polled != _namespaces.All) return false;
        var isDrained = true;
        for (var index = 0; index < _sources.Length; index++)
        {
            if (_descriptors[index + 1].Returned == 0) continue;
            var source = _sources[index];
            var router = RouterOf(source);
            if (source.IsQuery) source.Namespace.ReceiveAnswers(source.Protocol, router);
            else isDrained &= source.Namespace.ReceiveAnnouncements(source.Protocol, router);
        }

        return isDrained;
    }

    private NamespaceDirectory? RouterOf(in Source source) => _followsIds && source.Namespace.Identity.Name == NamespaceIdentity.Own ? _namespaces : null;

    private TimeSpan? Proceed(bool isDrained)
    {
        if (_followsIds) _namespaces.FollowIds();
        TimeSpan? next = null;
        foreach (var reader in _namespaces.All)
        {
            if (reader.Proceed(isDrained) is { } deadline && (next is null || deadline < next)) next = deadline;
        }

        return next;
    }

    private readonly record struct Source(NamespaceReader Namespace, ProtocolReader Protocol, bool IsQuery);
}
