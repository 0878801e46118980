using Wirehook.Packets;

namespace Wirehook.Dissection.Engine;

/// <summary>
/// What all flows of an engine keep together between packets: undigested bytes of streams, and messages that are incomplete or wait for their partner.
/// Beyond the limit, whoever holds for the longest lets go, of the kind that holds more.
/// </summary>
internal sealed class DissectionMemory(DissectionOptions options, DissectionLosses losses, ByteArena arena)
{
    /// <summary>A message younger than this many chunks shares its chunk with messages about to leave; an older one would keep it from being freed.</summary>
    private const int YoungChunks = 32;

    private readonly HolderQueue _streams = new();
    private readonly HolderQueue _messages = new();

    /// <summary>Bytes held.</summary>
    public long Bytes => _streams.Bytes + _messages.Bytes;

    /// <summary>The engine's time: packet time, or the present on live capture.</summary>
    public Timestamp Now { get; set; }

    /// <summary>Notes what a stream holds now.</summary>
    public void ReportStream(MemoryHolder stream, long bytes) => _streams.Report(stream, bytes, Now, arena.Chunks);

    /// <summary>Notes what a message holds now.</summary>
    public void ReportMessage(MemoryHolder message, long bytes)
    {
        _messages.Report(message, bytes, Now, arena.Chunks);
        _messages.Age(arena.Chunks - YoungChunks);
    }

    /// <summary>Makes room. Called between packets, because those who let go emit items.</summary>
    public void Relieve()
    {
        while (Bytes > options.MemoryLimit)
        {
            var fromStreams = _streams.Bytes > _messages.Bytes;
            var queue = fromStreams ? _streams : _messages;
            (fromStreams ? losses.MemoryStreams : losses.MemoryMessages).Add();
            var holder = queue.Oldest!;
            holder.Release(Now);
            queue.Report(holder, 0, Now, 0);
        }
    }

    /// <summary>Gives up messages that have waited for too long.</summary>
    public void ExpireMessages()
    {
        while (options.RequestTimeout > 0 && _messages.Oldest is { } oldest && Now.Since(oldest.HeldSince) >= options.RequestTimeout)
        {
            oldest.Expire(Now);
            if (_messages.Oldest == oldest) _messages.Renew(oldest, Now, arena.Chunks);
        }
    }
}
