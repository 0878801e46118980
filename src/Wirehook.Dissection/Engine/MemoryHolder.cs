using Wirehook.Packets;

namespace Wirehook.Dissection.Engine;

/// <summary>Something that keeps bytes between calls and can be told to let go of them.</summary>
internal abstract class MemoryHolder
{
    internal MemoryHolder? Older { get; set; }

    internal MemoryHolder? Newer { get; set; }

    /// <summary>Bytes as last reported; 0 while it is in no queue.</summary>
    internal long HeldBytes { get; set; }

    /// <summary>The engine's time when it began to hold, or when it was last asked whether it is overdue.</summary>
    internal Timestamp HeldSince { get; set; }

    /// <summary>The arena's chunk at that time.</summary>
    internal long HeldChunk { get; set; }

    /// <summary>Memory has run out: lets go of everything, and reports that it holds nothing.</summary>
    /// <param name="now">The engine's time.</param>
    internal abstract void Release(Timestamp now);

    /// <summary>It has held for the time limit: lets go, or goes on waiting.</summary>
    /// <param name="now">The engine's time.</param>
    internal virtual void Expire(Timestamp now)
    {
    }

    /// <summary>Many bytes were kept by others since it began: what it keeps in shared chunks moves to arrays of its own, so that the chunks can go.</summary>
    internal virtual void OnAged()
    {
    }
}
