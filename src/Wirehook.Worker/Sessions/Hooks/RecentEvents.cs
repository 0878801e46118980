using Wirehook.Netlink.Events;

namespace Wirehook.Worker.Sessions.Hooks;

/// <summary>The newest events, for whoever asks later. Taking a batch costs one short lock.</summary>
internal sealed class RecentEvents(int capacity)
{
    private readonly NetworkEvent[] _ring = new NetworkEvent[capacity];
    private readonly Lock _lock = new();
    private long _count;

    /// <summary>Takes a batch; of one longer than the capacity, its end.</summary>
    public void Add(IReadOnlyList<NetworkEvent> batch)
    {
        lock (_lock)
        {
            for (var i = Math.Max(0, batch.Count - _ring.Length); i < batch.Count; i++) _ring[_count++ % _ring.Length] = batch[i];
        }
    }

    /// <summary>Up to <paramref name="last"/> of the newest, oldest first.</summary>
    public IReadOnlyList<NetworkEvent> Take(int last)
    {
        lock (_lock)
        {
            var events = new NetworkEvent[(int)Math.Min(Math.Max(last, 0), Math.Min(_count, _ring.Length))];
            for (var i = 0; i < events.Length; i++) events[i] = _ring[(_count - events.Length + i) % _ring.Length];
            return events;
        }
    }
}
