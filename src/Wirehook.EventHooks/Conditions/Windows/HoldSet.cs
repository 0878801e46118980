using Wirehook.Netlink.Events;
using Wirehook.Packets;

namespace Wirehook.EventHooks.Conditions.Windows;

/// <summary>For which objects a condition with <c>for</c> has held, and since when. All wait equally long, so that they fall due in the order in which they began.</summary>
internal sealed class HoldSet(long duration, int most, bool perInterface)
{
    private readonly Dictionary<HoldKey, LinkedListNode<Hold>> _holds = [];
    private readonly LinkedList<Hold> _waiting = [];
    private readonly LinkedList<Hold> _done = [];
    private long _latest = long.MinValue / 2;

    /// <summary>Objects that were forgotten because there were too many.</summary>
    public long Evicted { get; private set; }

    /// <summary>Whether the condition holds for some object whose time is not over.</summary>
    public bool IsWaiting => _waiting.First is not null;

    /// <summary>When the next time is over; null while nothing is waited for.</summary>
    public Timestamp? NextDeadline => _waiting.First is { } first ? new Timestamp(first.Value.Deadline) : null;

    /// <summary>Takes note of the condition's value for an event: true begins the time for its object, false ends it, unknown says nothing.</summary>
    public void Observe(NetworkEvent subject, Truth value)
    {
        if (value == Truth.Unknown || (value == Truth.False && _holds.Count == 0)) return;
        var key = new HoldKey(subject, perInterface);
        var isHeld = _holds.TryGetValue(key, out var known);
        if (value == Truth.False && isHeld) Remove(known!);
        if (value == Truth.True && !isHeld) Begin(key, subject);
    }

    /// <summary>Adds the events that began the times that are over by <paramref name="now"/>. Each comes once; the object begins anew after the condition was false for it.</summary>
    public void Advance(Timestamp now, List<NetworkEvent> due)
    {
        while (_waiting.First is { } first && first.Value.Deadline <= now.UnixNanoseconds)
        {
            due.Add(first.Value.Began!);
            first.Value = first.Value with { Began = null };
            _waiting.Remove(first);
            _done.AddLast(first);
        }
    }

    /// <summary>Since when the condition has held for the event's object; null where it does not.</summary>
    public Timestamp? HeldSince(NetworkEvent subject) =>
        _holds.TryGetValue(new(subject, perInterface), out var hold) ? new Timestamp(hold.Value.Deadline - duration) : null;

    private void Begin(in HoldKey key, NetworkEvent subject)
    {
        if (_holds.Count >= most)
        {
            Remove((_done.First ?? _waiting.First)!);
            Evicted++;
        }

        _latest = Math.Max(_latest, subject.Timestamp.UnixNanoseconds);
        _holds.Add(key, _waiting.AddLast(new Hold(key, _latest + duration, subject)));
    }

    private void Remove(LinkedListNode<Hold> hold)
    {
        hold.List!.Remove(hold);
        _holds.Remove(hold.Value.Key);
    }

    /// <summary>One object.</summary>
    /// <param name="Key">The object.</param>
    /// <param name="Deadline">When its time is over, in nanoseconds.</param>
    /// <param name="Began">The event that began it; null once its time was over.</param>
    private readonly record struct Hold(HoldKey Key, long Deadline, NetworkEvent? Began);
}
