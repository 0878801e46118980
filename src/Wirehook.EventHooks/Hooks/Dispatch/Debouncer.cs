using Wirehook.EventHooks.Hooks.Scheduling;
using Wirehook.Netlink.Events;
using Wirehook.Packets;

namespace Wirehook.EventHooks.Hooks.Dispatch;

/// <summary>Keeps the last event of every interface until none has followed for a while. Owned by the dispatch thread; time comes in.</summary>
internal sealed class Debouncer(TimeSpan quiet, int limit = Debouncer.DefaultLimit)
{
    /// <summary>Interfaces remembered at once; beyond, the one that waits longest is let go early.</summary>
    public const int DefaultLimit = 4096;

    private readonly Dictionary<RunKey, LinkedListNode<NetworkEvent>> _byKey = [];
    private readonly LinkedList<NetworkEvent> _order = new();
    private readonly long _quiet = quiet.Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>When the next event is to be let go; null where none waits.</summary>
    public Timestamp? NextDeadline => _order.First is { } first ? Deadline(first.Value) : null;

    /// <summary>Takes an event.</summary>
    /// <param name="networkEvent">The event; its own time begins the wait.</param>
    /// <param name="replaced">The older event of the same interface that it makes void; null for none.</param>
    /// <param name="early">The event of another interface that must be let go now for want of room; null for none.</param>
    public void Add(NetworkEvent networkEvent, out NetworkEvent? replaced, out NetworkEvent? early)
    {
        (replaced, early) = (null, null);
        var key = RunKey.Of(networkEvent);
        if (_byKey.TryGetValue(key, out var node))
        {
            replaced = node.Value;
            node.Value = networkEvent;
            _order.Remove(node);
        }
        else
        {
            if (_byKey.Count >= limit) early = TakeFirst();
            _byKey[key] = node = new LinkedListNode<NetworkEvent>(networkEvent);
        }

        Place(node);
    }

    /// <summary>Takes the next event whose wait has ended at <paramref name="now"/>.</summary>
    public bool TryTakeDue(Timestamp now, out NetworkEvent due)
    {
        due = null!;
        if (_order.First is not { } first || Deadline(first.Value) > now) return false;
        due = TakeFirst();
        return true;
    }

    /// <summary>Keeps the order of deadlines: that of arrival, unless the clock was set back meanwhile.</summary>
    private void Place(LinkedListNode<NetworkEvent> node)
    {
        var before = _order.Last;
        while (before is not null && before.Value.Timestamp > node.Value.Timestamp) before = before.Previous;
        if (before is null) _order.AddFirst(node);
        else _order.AddAfter(before, node);
    }

    private NetworkEvent TakeFirst()
    {
        var first = _order.First!.Value;
        _order.RemoveFirst();
        _byKey.Remove(RunKey.Of(first));
        return first;
    }

    private Timestamp Deadline(NetworkEvent networkEvent) => new(networkEvent.Timestamp.UnixNanoseconds + _quiet);
}
