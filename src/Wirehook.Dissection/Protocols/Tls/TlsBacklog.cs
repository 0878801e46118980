using Wirehook.Dissection.Engine;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>What happened on a connection while its keys were awaited.</summary>
internal enum BacklogKind : byte
{
    /// <summary>An encrypted record came.</summary>
    Record,

    /// <summary>Bytes are missing.</summary>
    Gap,

    /// <summary>A direction ended.</summary>
    DirectionEnd,
}

/// <summary>One of those events.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Direction">Whose.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Length">Bytes of the record, which lie in the backlog, or missing bytes.</param>
/// <param name="RecordsLost">Of a gap: how many records it swallowed, -1 where that is unknown.</param>
internal readonly record struct BacklogEntry(BacklogKind Kind, Direction Direction, Timestamp Timestamp, long Length, int RecordsLost);

/// <summary>The encrypted records and other events of a connection that waits for its keys, in order.</summary>
internal sealed class TlsBacklog
{
    private readonly Queue<BacklogEntry> _entries = [];
    private StreamBuffer _records;

    /// <summary>Bytes of memory that it holds.</summary>
    public int Held => _records.Capacity + (_entries.Count * 40);

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => _entries.Count == 0;

    /// <summary>Adds an encrypted record.</summary>
    public void AddRecord(Direction direction, ReadOnlySpan<byte> record, Timestamp timestamp)
    {
        _records.Append(record);
        _entries.Enqueue(new BacklogEntry(BacklogKind.Record, direction, timestamp, record.Length, 0));
    }

    /// <summary>Adds an event without bytes.</summary>
    public void Add(in BacklogEntry entry) => _entries.Enqueue(entry);

    /// <summary>The oldest event, which stays, with its record's bytes.</summary>
    public BacklogEntry Peek(out ReadOnlySpan<byte> record)
    {
        var entry = _entries.Peek();
        record = entry.Kind == BacklogKind.Record ? _records.Span[..(int)entry.Length] : default;
        return entry;
    }

    /// <summary>Takes the oldest event out.</summary>
    public void Remove()
    {
        var entry = _entries.Dequeue();
        if (entry.Kind == BacklogKind.Record) _records.Drop((int)entry.Length);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _entries.Clear();
        _records.Clear();
    }
}
