using Wirehook.Netlink.State;

namespace Wirehook.Netlink.Monitor;

/// <summary>Follows one namespace: what it announces, and its dumps per protocol. The reader's thread alone uses it, but for its status.</summary>
internal sealed class NamespaceReader : IDisposable
{
    private const int MostCallsPerTurn = 32;
    private readonly ReaderContext _context;
    private readonly int _firstRecordingNumber;
    private int _recordingNumber;
    private readonly ProtocolReader[] _protocols;
    private long _overruns;
    private int _isReady;

    /// <summary>Begins to keep the namespace's state; its first dumps begin with the next <see cref="Proceed"/>.</summary>
    /// <param name="context">What namespaces share.</param>
    /// <param name="identity">The namespace.</param>
    /// <param name="sockets">Its sockets, which this then owns; null where it is heard through another's.</param>
    public NamespaceReader(ReaderContext context, NamespaceIdentity identity, NamespaceSockets? sockets)
    {
        (_context, Identity, Sockets) = (context, identity, sockets);
        State = context.Engine.AddNamespace(identity.Name, identity.Id, identity.IsNew);
        _recordingNumber = _firstRecordingNumber = context.Recorder?.AddNamespace(identity.Name, identity.Id, identity.IsNew) ?? 0;
        _protocols = sockets is null ? [] : [.. sockets.Monitors.Where(m => m.Families.Count > 0).Select(m => new ProtocolReader(context, this, m, sockets.QueryOf(m.Socket.Protocol)))];
    }

    /// <summary>Which namespace it is.</summary>
    public NamespaceIdentity Identity { get; }

    /// <summary>Its sockets; null where it is heard through another's.</summary>
    public NamespaceSockets? Sockets { get; }

    /// <summary>What the engine knows of it.</summary>
    public NamespaceState State { get; }

    /// <summary>Its protocols, NETLINK_ROUTE first; none where it is heard through another's sockets.</summary>
    public IReadOnlyList<ProtocolReader> Protocols => _protocols;

    /// <summary>Whether its first dumps have ended.</summary>
    public bool IsReady => Volatile.Read(ref _isReady) != 0;

    /// <summary>For people; from any thread.</summary>
    public NamespaceStatus Status => new(State.Name, State.Id, Sockets is null ? [] : [.. Sockets.Monitors.Select(m => m.Status)])
    {
        Ready = IsReady,
        Overruns = Volatile.Read(ref _overruns),
    };

    /// <summary>Learns the namespace's present id.</summary>
    public void SetId(int id)
    {
        if (State.Id == id) return;
        State.Id = id;
        _recordingNumber = _context.Recorder?.RenameNamespace(_firstRecordingNumber, State.Name, id) ?? 0;
    }

    /// <summary>Processes announcements that wait at a socket. False where more wait than one turn may take.</summary>
    /// <param name="protocol">Whose socket.</param>
    /// <param name="router">Takes datagrams of other namespaces; null where there are none.</param>
    public bool ReceiveAnnouncements(ProtocolReader protocol, IForeignDatagrams? router)
    {
        for (var call = 0; call < MostCallsPerTurn; call++)
        {
            var result = _context.Announcements.Receive(protocol.Monitor.Socket);
            if (result == ReceiveResult.Received)
            {
                TakeAnnouncements(protocol, router);
            }
            else if (result == ReceiveResult.Overrun)
            {
                // What still waits is older than the loss, and the kernel drops everything until it has been fetched.
                protocol.HasOverrun = true;
            }
            else
            {
                if (protocol.HasOverrun) TellOverrun(protocol, router);
                return true;
            }
        }

        return false;
    }

    /// <summary>Processes announcements that already wait, and then answers to dumps: so no change is found by comparing whose announcement is under way.</summary>
    public void ReceiveAnswers(ProtocolReader protocol, IForeignDatagrams? router)
    {
        if (protocol.Query is not { } query) return;
        for (var call = 0; call < MostCallsPerTurn && protocol.Dumps.IsRunning; call++)
        {
            if (_context.Answers.Receive(query) != ReceiveResult.Received) return;
            ReceiveAnnouncements(protocol, router);
            var at = _context.WallClock;
            for (var slot = 0; slot < _context.Answers.Count; slot++)
            {
                if (!_context.Answers.IsFromKernel(slot)) continue;
                Process(protocol.Protocol, _context.Answers[slot], at, outgoing: false);
                protocol.AnswerProcessed();
            }
        }
    }

    /// <summary>Takes a datagram that was received through another namespace's socket.</summary>
    public void TakeForwarded(int protocol, ReadOnlySpan<byte> datagram, Packets.Timestamp at) => Process(protocol, datagram, at, outgoing: false);

    /// <summary>Begins dumps, resyncs and audits for which it is time.</summary>
    /// <param name="isDrained">Whether no announcement waits.</param>
    /// <returns>When to be called again without anything received; null for never.</returns>
    public TimeSpan? Proceed(bool isDrained)
    {
        TimeSpan? next = null;
        var isIdle = true;
        foreach (var protocol in _protocols)
        {
            if (protocol.Proceed(isDrained) is { } deadline && (next is null || deadline < next)) next = deadline;
            isIdle &= protocol.Dumps.IsIdle && !protocol.Resync.IsNeeded;
        }

        if (isIdle) Volatile.Write(ref _isReady, 1);
        return next;
    }

    /// <summary>Records and processes one datagram.</summary>
    public void Process(int protocol, ReadOnlySpan<byte> datagram, Packets.Timestamp at, bool outgoing)
    {
        _context.Recorder?.Record(_recordingNumber, protocol, datagram, at, outgoing);
        _context.Engine.Process(State, protocol, datagram, at, _context.Output);
        _context.DeliverMany();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _context.Engine.RemoveNamespace(State);
        Sockets?.Dispose();
    }

    private void TakeAnnouncements(ProtocolReader protocol, IForeignDatagrams? router)
    {
        var (datagrams, at) = (_context.Announcements, _context.WallClock);
        _context.Counters.AddDatagrams(datagrams.Count);
        for (var slot = 0; slot < datagrams.Count; slot++)
        {
            if (!datagrams.IsFromKernel(slot))
            {
                _context.Counters.AddForeign();
                continue;
            }

            if (datagrams.IsTruncated(slot)) protocol.HasOverrun = true;
            if (router is null || !router.TryTake(datagrams.NamespaceIdOf(slot), protocol.Protocol, datagrams[slot], at)) Process(protocol.Protocol, datagrams[slot], at, outgoing: false);
        }
    }

    private void TellOverrun(ProtocolReader protocol, IForeignDatagrams? router)
    {
        protocol.HasOverrun = false;
        var (at, lost) = (_context.WallClock, Math.Max(1, protocol.Monitor.Socket.TakeDrops()));
        _context.Counters.AddOverrun(lost);
        Volatile.Write(ref _overruns, _overruns + 1);
        _context.Recorder?.RecordOverrun(_recordingNumber, protocol.Protocol, lost, at);
        _context.Engine.Overrun(State, protocol.Protocol, at, lost, _context.Output);
        protocol.Resync.Lost(_context.Now);
        router?.Forget();
    }
}

/// <summary>Takes datagrams that one namespace's socket receives from others (NETLINK_LISTEN_ALL_NSID).</summary>
internal interface IForeignDatagrams
{
    /// <summary>Takes a datagram. False where it belongs to the socket's own namespace.</summary>
    bool TryTake(int namespaceId, int protocol, ReadOnlySpan<byte> datagram, Packets.Timestamp at);

    /// <summary>Datagrams were lost. What is known of namespaces that nobody can ask may be wrong, and is forgotten.</summary>
    void Forget();
}
