using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Hooks.Scheduling;

/// <summary>The matched events that wait for one hook. Guarded by the scheduler's lock; holds no time and no threads.</summary>
internal sealed class HookQueue(int id, HookDefinition definition)
{
    /// <summary>No run of this hook could start now.</summary>
    public const long Nothing = long.MaxValue;

    private readonly LinkedList<WaitingRun> _order = new();
    private readonly Dictionary<RunKey, KeyLane> _lanes = [];
    private readonly Queue<KeyLane> _ready = new();
    private volatile bool _suspended;

    public int Id { get; } = id;

    public HookDefinition Definition { get; } = definition;

    public HookCounters Counters { get; } = new();

    /// <summary>Whether the hook is removed or replaced: nothing may be added any more.</summary>
    public bool Closed { get; set; }

    /// <summary>Whether the hook is disabled. Changed under the lock, read without it by whoever only wants to know.</summary>
    public bool Suspended
    {
        get => _suspended;
        set => _suspended = value;
    }

    public bool IsSynchronous => !Definition.Async;

    public int Count => _order.Count;

    public void Add(NetworkEvent networkEvent, long ticket, long since)
    {
        var key = RunKey.Of(networkEvent);
        if (!_lanes.TryGetValue(key, out var lane)) _lanes[key] = lane = new KeyLane(key);
        var run = new WaitingRun(this, networkEvent, ticket, since) { Lane = lane };
        _order.AddLast(run.Place);
        lane.Waiting.Enqueue(run);
        lane.Newest = run;
        List(lane);
        Counters.Queued++;
    }

    /// <summary>Puts <paramref name="networkEvent"/> in the place of the last waiting one of its interface; false where none waits.</summary>
    public bool TryReplace(NetworkEvent networkEvent, out NetworkEvent? displaced)
    {
        displaced = null;
        if (!_lanes.TryGetValue(RunKey.Of(networkEvent), out var lane) || lane.Newest is not { } newest) return false;
        displaced = newest.Event;
        newest.Event = networkEvent;
        return true;
    }

    public WaitingRun RemoveOldest()
    {
        // The oldest of all is also the oldest of its lane, because lanes keep the order of arrival.
        var oldest = _order.First!.Value;
        Detach(oldest);
        Forget(oldest.Lane!);
        return oldest;
    }

    /// <summary>The ticket of the run that would start next, or <see cref="Nothing"/>.</summary>
    public long NextTicket()
    {
        if (IsSynchronous) return _order.First?.Value.Ticket ?? Nothing;
        if (Counters.Running >= Definition.MaxParallel) return Nothing;
        while (_ready.TryPeek(out var lane))
        {
            if (!lane.Busy && lane.Waiting.TryPeek(out var run)) return run.Ticket;
            _ready.Dequeue();
            lane.Listed = false;
        }

        return Nothing;
    }

    /// <summary>Takes the run of which <see cref="NextTicket"/> gave the ticket; its interface is busy until <see cref="Release"/>.</summary>
    public WaitingRun Take()
    {
        var run = IsSynchronous ? _order.First!.Value : _ready.Peek().Waiting.Peek();
        Detach(run);
        run.Lane!.Busy = true;
        return run;
    }

    /// <summary>Lets the next run of the same interface start.</summary>
    public void Release(WaitingRun run)
    {
        var lane = run.Lane!;
        lane.Busy = false;
        if (lane.Waiting.Count > 0) List(lane);
        else Forget(lane);
    }

    /// <summary>Removes all that waits, and says how many they were.</summary>
    public int Clear(HookDropReason reason)
    {
        var count = _order.Count;
        while (_order.Count > 0) RemoveOldest();
        Counters.Drop(reason, count);
        return count;
    }

    private void Detach(WaitingRun run)
    {
        var lane = run.Lane!;
        lane.Waiting.Dequeue();
        if (lane.Newest == run) lane.Newest = null;
        _order.Remove(run.Place);
        Counters.Queued--;
    }

    private void List(KeyLane lane)
    {
        if (IsSynchronous || lane.Listed || lane.Busy) return;
        lane.Listed = true;
        _ready.Enqueue(lane);
    }

    private void Forget(KeyLane lane)
    {
        if (!lane.Busy && lane.Waiting.Count == 0) _lanes.Remove(lane.Key);
    }
}
