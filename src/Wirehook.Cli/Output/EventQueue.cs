using Wirehook.Netlink.Events;
using Wirehook.Netlink.Monitor;
using Wirehook.Netlink.State;

namespace Wirehook.Cli.Output;

/// <summary>Keeps network events between the reader, which never waits, and an output that may be slow. Bounded: what does not fit is dropped, counted, and
/// said in its place by <c>monitor.dropped</c>.</summary>
/// <param name="capacity">Events that may wait.</param>
internal sealed class EventQueue(int capacity = EventQueue.DefaultCapacity) : INetworkEventSink
{
    /// <summary>Events that wait at most, where nothing else is said.</summary>
    public const int DefaultCapacity = 65_536;

    private readonly object _gate = new();
    private List<NetworkEvent> _waiting = [];
    private List<NetworkEvent> _taken = [];
    private NetworkEvent? _lastDropped;
    private long _droppedNow;
    private long _dropped;
    private bool _isComplete;

    /// <summary>Events that were dropped.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <inheritdoc/>
    public void OnEvents(IReadOnlyList<NetworkEvent> batch)
    {
        lock (_gate)
        {
            for (var index = 0; index < batch.Count; index++) Add(batch[index]);
            System.Threading.Monitor.Pulse(_gate);
        }
    }

    /// <summary>No more events come; what waits can still be taken.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
            System.Threading.Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits for events and takes all of them; they stay valid until the next call. Empty after <paramref name="patience"/>.</summary>
    /// <returns>False where no more will come.</returns>
    public bool Take(TimeSpan patience, out List<NetworkEvent> events)
    {
        lock (_gate)
        {
            _taken.Clear();
            if (_waiting.Count == 0 && _droppedNow == 0 && !_isComplete) System.Threading.Monitor.Wait(_gate, patience);
            (_waiting, _taken) = (_taken, _waiting);
            events = _taken;
            if (_droppedNow > 0) events.Add(TellDropped());
            return !_isComplete || events.Count > 0;
        }
    }

    private void Add(NetworkEvent happened)
    {
        if (_waiting.Count < capacity && _droppedNow == 0)
        {
            _waiting.Add(happened);
            return;
        }

        // What follows a drop waits for the output as well: otherwise the gap would have no place to be told.
        (_lastDropped, _droppedNow) = (happened, _droppedNow + 1);
        Interlocked.Increment(ref _dropped);
    }

    /// <summary>Takes the place of the last event that was dropped, so that sequence numbers show no other gap.</summary>
    private NetworkEvent TellDropped()
    {
        var (count, last) = (_droppedNow, _lastDropped!);
        (_droppedNow, _lastDropped) = (0, null);
        return new NetworkEvent
        {
            Sequence = last.Sequence,
            Timestamp = last.Timestamp,
            Events = [MonitorEvents.Dropped],
            Lost = count,
            Detail = "the output was slower than the events",
        };
    }
}
