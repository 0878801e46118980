namespace Wirehook.Packets.Flows;

/// <summary>Entries that share one idle limit, least recently used first. An active entry moves at most once per <c>grain</c>, so a packet costs a comparison.</summary>
internal sealed class ExpiryQueue
{
    private const long LongestGrain = 1_000_000_000;
    private readonly long _grain;
    private FlowEntry? _newest;

    /// <summary>A queue whose entries expire after <paramref name="limit"/> nanoseconds, late by an eighth of it or a second, whichever is less.</summary>
    public ExpiryQueue(long limit)
    {
        _grain = Math.Min(limit / 8, LongestGrain);
        Limit = limit + _grain;
    }

    /// <summary>Time after which an entry that did not move has been silent for the idle limit.</summary>
    public long Limit { get; }

    /// <summary>Entries held.</summary>
    public int Count { get; private set; }

    /// <summary>The entry that was silent the longest.</summary>
    public FlowEntry? Oldest { get; private set; }

    /// <summary>Puts <paramref name="entry"/>, which is in no queue, at the end.</summary>
    public void Add(FlowEntry entry, long elapsed)
    {
        (entry.Queue, entry.QueuedAt, entry.Older, entry.Newer) = (this, elapsed, _newest, null);
        if (_newest is null) Oldest = entry;
        else _newest.Newer = entry;
        _newest = entry;
        Count++;
    }

    /// <summary>Takes <paramref name="entry"/> out.</summary>
    public void Remove(FlowEntry entry)
    {
        if (entry.Older is null) Oldest = entry.Newer;
        else entry.Older.Newer = entry.Newer;
        if (entry.Newer is null) _newest = entry.Older;
        else entry.Newer.Older = entry.Older;
        (entry.Queue, entry.Older, entry.Newer) = (null, null, null);
        Count--;
    }

    /// <summary>Notes a packet of <paramref name="entry"/>.</summary>
    public void Touch(FlowEntry entry, long elapsed)
    {
        if (elapsed - entry.QueuedAt < _grain) return;
        Remove(entry);
        Add(entry, elapsed);
    }
}
