using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Hooks.Dispatch;

/// <summary>The events between the monitor's reader and the dispatch thread: bounded, one lock per batch.</summary>
internal sealed class EventInbox(int capacity)
{
    /// <summary>Events that dispatch takes at a time.</summary>
    public const int BatchSize = 1024;

    private readonly object _gate = new();
    private readonly Queue<NetworkEvent> _events = new();
    private NetworkEvent? _firstLost;
    private long _lost, _received, _dropped, _dispatched, _taken;
    private bool _nudged, _busy, _closed;

    public (long Received, long Dispatched, long Dropped) Counts
    {
        get
        {
            lock (_gate) return (_received, _dispatched, _dropped);
        }
    }

    /// <summary>Whether events wait.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate) return _events.Count == 0;
        }
    }

    /// <summary>Takes events in, and says how many; what does not fit is dropped and counted, or waited for with <paramref name="wait"/>.</summary>
    public int Add(IReadOnlyList<NetworkEvent> batch, bool wait)
    {
        lock (_gate)
        {
            var accepted = 0;
            for (var i = 0; i < batch.Count; i++)
            {
                while (wait && !_closed && _events.Count >= capacity)
                {
                    Monitor.PulseAll(_gate);
                    Monitor.Wait(_gate);
                }

                if (Accept(batch[i])) accepted++;
            }

            Monitor.PulseAll(_gate);
            return accepted;
        }
    }

    /// <summary>Waits for events or for a nudge, and moves up to <see cref="BatchSize"/> events into <paramref name="batch"/>. False when closed.</summary>
    public bool Take(List<NetworkEvent> batch)
    {
        batch.Clear();
        lock (_gate)
        {
            while (_events.Count == 0 && _lost == 0 && !_nudged && !_closed) Monitor.Wait(_gate);
            if (_closed) return false;
            (_nudged, _busy) = (false, true);
            while (batch.Count < BatchSize && _events.TryDequeue(out var networkEvent)) batch.Add(networkEvent);
            if (_events.Count == 0 && _lost > 0) batch.Add(AnnounceLoss());
            _taken += batch.Count;
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>Notes that all that was taken so far is done.</summary>
    public void Dispatched()
    {
        lock (_gate)
        {
            (_dispatched, _busy) = (_taken, false);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Makes <see cref="Take"/> return although there may be no events.</summary>
    public void Nudge()
    {
        lock (_gate)
        {
            _nudged = true;
            Monitor.PulseAll(_gate);
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _dropped += _events.Count;
            _events.Clear();
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until every event and every nudge is dealt with. False where that takes too long.</summary>
    public bool WaitDispatched(TimeSpan timeout)
    {
        var started = Environment.TickCount64;
        lock (_gate)
        {
            while (!_closed && (_nudged || _events.Count > 0 || _lost > 0 || _busy))
            {
                var left = timeout == Timeout.InfiniteTimeSpan ? int.MaxValue : timeout.TotalMilliseconds - (Environment.TickCount64 - started);
                if (left <= 0) return false;
                Monitor.Wait(_gate, (int)Math.Min(left, int.MaxValue));
            }

            return true;
        }
    }

    private bool Accept(NetworkEvent networkEvent)
    {
        _received++;
        if (_closed || _events.Count >= capacity)
        {
            _dropped++;
            if (_closed) return false;
            _firstLost ??= networkEvent;
            _lost++;
            return false;
        }

        if (_lost > 0) _events.Enqueue(AnnounceLoss());
        _events.Enqueue(networkEvent);
        return true;
    }

    /// <summary>An event in the place of those that were lost: it carries the sequence number of the first of them.</summary>
    private NetworkEvent AnnounceLoss()
    {
        var announcement = new NetworkEvent
        {
            Sequence = _firstLost!.Sequence,
            Timestamp = _firstLost.Timestamp,
            Events = ["monitor.dropped"],
            Lost = _lost,
            Detail = $"{_lost} events were dropped because hooks were dispatched too slowly",
        };
        (_firstLost, _lost) = (null, 0);
        return announcement;
    }
}
