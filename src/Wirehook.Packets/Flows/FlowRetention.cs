namespace Wirehook.Packets.Flows;

/// <summary>How long flows are kept: one queue per kind of flow, and the pool that entries come from and return to.</summary>
internal sealed class FlowRetention
{
    private const int LargestPool = 4096;

    /// <summary>Closed flows remembered: enough for late packets, little against <see cref="FlowOptions.MaximumFlows"/>.</summary>
    private const int LargestClosed = 16_384;

    private readonly ExpiryQueue _messages, _halfOpen, _open, _reset, _closed;
    private readonly ExpiryQueue[] _queues;
    private readonly int _reorderPackets;
    private readonly Stack<FlowEntry> _pool = new();

    /// <summary>Empty queues with the limits of <paramref name="options"/>.</summary>
    public FlowRetention(FlowOptions options)
    {
        (_messages, _halfOpen, _open) = (new(options.UdpIdle), new(options.TcpHalfOpen), new(options.TcpIdle));
        (_reset, _closed) = (new(options.ResetLinger), new(options.ClosedLinger));
        _queues = [_closed, _reset, _halfOpen, _messages, _open];
        _reorderPackets = options.ReorderPackets;
    }

    /// <summary>Elapsed packet time before which nothing expires.</summary>
    public long NextExpiry { get; private set; } = long.MaxValue;

    /// <summary>The entry to give up when room is needed: closed and reset flows first, then unanswered SYNs, then the one silent for longest.</summary>
    public FlowEntry? LeastWanted
    {
        get
        {
            if ((_closed.Oldest ?? _reset.Oldest ?? _halfOpen.Oldest) is { } dispensable) return dispensable;
            if (_messages.Oldest is null) return _open.Oldest;
            return _open.Oldest is null || _messages.Oldest.QueuedAt <= _open.Oldest.QueuedAt ? _messages.Oldest : _open.Oldest;
        }
    }

    /// <summary>A blank entry.</summary>
    public FlowEntry Rent() => _pool.TryPop(out var entry) ? entry : new FlowEntry();

    /// <summary>Takes back an entry that left the index; its flow has ended.</summary>
    public void Return(FlowEntry entry)
    {
        entry.Queue!.Remove(entry);
        if (_pool.Count >= LargestPool) return;
        entry.Tcp?.Recycle();
        _pool.Push(entry);
    }

    /// <summary>Keeps a new flow of UDP, ICMP or SCTP.</summary>
    public void AddMessages(FlowEntry entry, PacketClock clock)
    {
        // A pooled entry of a TCP flow brings its connection along; one of messages has none.
        entry.Tcp = null;
        Add(_messages, entry, clock);
    }

    /// <summary>Keeps a new TCP flow.</summary>
    public void AddTcp(FlowEntry entry, PacketClock clock) => Add(_halfOpen, entry, clock);

    /// <summary>More than an unanswered SYN was seen.</summary>
    public void MoveToOpen(FlowEntry entry, PacketClock clock)
    {
        if (entry.Queue == _halfOpen) Move(_open, entry, clock);
    }

    /// <summary>A RST was seen.</summary>
    public void MoveToReset(FlowEntry entry, PacketClock clock)
    {
        if (entry.Queue != _reset) Move(_reset, entry, clock);
    }

    /// <summary>The flow has ended. Returns a closed entry that is to be forgotten to keep their number in bounds, or null.</summary>
    public FlowEntry? MoveToClosed(FlowEntry entry, PacketClock clock)
    {
        Move(_closed, entry, clock);
        return _closed.Count > LargestClosed ? _closed.Oldest : null;
    }

    /// <summary>An entry that was silent for its limit, still in its queue; null, and a new <see cref="NextExpiry"/>, where there is none.</summary>
    public FlowEntry? TakeSilent(PacketClock clock)
    {
        NextExpiry = long.MaxValue;
        foreach (var queue in _queues)
        {
            if (queue.Oldest is not { } oldest) continue;
            var due = oldest.QueuedAt + queue.Limit;
            var ready = queue != _reset || clock.Packets - oldest.Tcp!.ResetPacket >= _reorderPackets;
            if (due <= clock.Elapsed && ready) return oldest;
            NextExpiry = Math.Min(NextExpiry, due);
        }

        return null;
    }

    private void Move(ExpiryQueue queue, FlowEntry entry, PacketClock clock)
    {
        entry.Queue!.Remove(entry);
        Add(queue, entry, clock);
    }

    private void Add(ExpiryQueue queue, FlowEntry entry, PacketClock clock)
    {
        queue.Add(entry, clock.Elapsed);
        NextExpiry = Math.Min(NextExpiry, clock.Elapsed + queue.Limit);
    }
}
