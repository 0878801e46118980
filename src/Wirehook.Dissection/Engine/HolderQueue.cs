using Wirehook.Packets;

namespace Wirehook.Dissection.Engine;

/// <summary>Those who hold memory, in the order in which they began to.</summary>
internal sealed class HolderQueue
{
    private MemoryHolder? _newest;
    private MemoryHolder? _young;

    /// <summary>Who holds for the longest.</summary>
    public MemoryHolder? Oldest { get; private set; }

    /// <summary>What all of them hold.</summary>
    public long Bytes { get; private set; }

    /// <summary>Notes that <paramref name="holder"/> holds <paramref name="bytes"/> now; 0 takes it out.</summary>
    public void Report(MemoryHolder holder, long bytes, Timestamp now, long chunk)
    {
        var before = holder.HeldBytes;
        if (before == bytes) return;
        Bytes += bytes - before;
        holder.HeldBytes = bytes;
        if (bytes == 0) Unlink(holder);
        else if (before == 0) Link(holder, now, chunk);
    }

    /// <summary>Puts <paramref name="holder"/>, which goes on holding, behind all others.</summary>
    public void Renew(MemoryHolder holder, Timestamp now, long chunk)
    {
        Unlink(holder);
        Link(holder, now, chunk);
    }

    /// <summary>Tells those who began before <paramref name="chunk"/>, each once, that they have grown old.</summary>
    public void Age(long chunk)
    {
        while (_young is { } holder && holder.HeldChunk < chunk)
        {
            _young = holder.Newer;
            holder.OnAged();
        }
    }

    private void Link(MemoryHolder holder, Timestamp now, long chunk)
    {
        (holder.HeldSince, holder.HeldChunk, holder.Older, holder.Newer) = (now, chunk, _newest, null);
        if (_newest is null) Oldest = holder;
        else _newest.Newer = holder;
        _newest = holder;
        _young ??= holder;
    }

    private void Unlink(MemoryHolder holder)
    {
        if (_young == holder) _young = holder.Newer;
        if (holder.Older is null) Oldest = holder.Newer;
        else holder.Older.Newer = holder.Newer;
        if (holder.Newer is null) _newest = holder.Older;
        else holder.Newer.Older = holder.Older;
        (holder.Older, holder.Newer) = (null, null);
    }
}
