using Wirehook.EventHooks.Conditions;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Hooks.Dispatch;

/// <summary>The last decisions of one hook. The dispatch thread adds, any thread reads.</summary>
internal sealed class DecisionLog
{
    /// <summary>Decisions kept.</summary>
    public const int Capacity = 256;

    private readonly Lock _gate = new();
    private readonly Entry[] _entries = new Entry[Capacity];
    private long _count;

    public void Add(NetworkEvent networkEvent, HookVerdict verdict, Evidence evidence = default)
    {
        lock (_gate) _entries[_count++ % Capacity] = new Entry(networkEvent, verdict, evidence);
    }

    /// <summary>The last <paramref name="last"/> decisions, oldest first.</summary>
    public IReadOnlyList<Entry> Last(int last)
    {
        lock (_gate)
        {
            var count = (int)Math.Min(Math.Min(_count, Capacity), Math.Max(0, last));
            var entries = new Entry[count];
            for (var i = 0; i < count; i++) entries[i] = _entries[(_count - count + i) % Capacity];
            return entries;
        }
    }

    /// <summary>What cannot be worked out again later: what time windows had counted, and since when <c>for</c> held.</summary>
    public readonly record struct Evidence(ClauseTrace? Clauses, long[]? Counts);

    public readonly record struct Entry(NetworkEvent Event, HookVerdict Verdict, Evidence Evidence);
}
