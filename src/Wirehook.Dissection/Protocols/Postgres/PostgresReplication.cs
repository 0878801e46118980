using System.Globalization;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>A CopyData message of the streaming replication protocol (PostgreSQL documentation, "Streaming Replication Protocol").</summary>
internal sealed class PostgresReplication(ReadOnlyMemory<byte> contents, bool server) : Record
{
    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("PostgresReplication", "A message of streaming replication.",
    [
        new("kind", "string", "`XLogData`, `PrimaryKeepalive`, `StandbyStatusUpdate`, `HotStandbyFeedback`, or `Unknown`.", static r => FieldValue.From(((PostgresReplication)r).Kind)),
        new("start", "string", "XLogData: where its data starts in the write-ahead log, such as `0/16B3748`. StandbyStatusUpdate: up to where the log is written.",
            static r => FieldValue.From(((PostgresReplication)r).Location(0)), Optional: true),
        new("end", "string", "XLogData and PrimaryKeepalive: the end of the server's log. StandbyStatusUpdate: up to where the log is flushed.",
            static r => FieldValue.From(((PostgresReplication)r).Location(1)), Optional: true),
        new("applied", "string", "StandbyStatusUpdate: up to where the log is applied.", static r => FieldValue.From(((PostgresReplication)r).Location(2)), Optional: true),
        new("sent", "string", "When the sender's clock said it was sent, RFC 3339.", static r => FieldValue.From(((PostgresReplication)r).Sent)),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private char Tag => contents.IsEmpty ? '\0' : (char)contents.Span[0];

    private string Kind => (Tag, server) switch
    {
        ('w', true) => "XLogData",
        ('k', true) => "PrimaryKeepalive",
        ('r', false) => "StandbyStatusUpdate",
        ('h', false) => "HotStandbyFeedback",
        _ => "Unknown",
    };

    private string Sent => Number(Kind switch { "XLogData" => 16, "PrimaryKeepalive" => 8, "StandbyStatusUpdate" => 24, "HotStandbyFeedback" => 0, _ => -1 }) is { } time
        ? PostgresValue.MomentText(time) : "";

    private string? Location(int index)
    {
        var offset = (Kind, index) switch
        {
            ("XLogData" or "StandbyStatusUpdate", < 2) => 8 * index,
            ("StandbyStatusUpdate", 2) => 16,
            ("PrimaryKeepalive", 1) => 0,
            _ => -1,
        };
        return Number(offset) is { } at ? string.Create(CultureInfo.InvariantCulture, $"{at >>> 32:X}/{at & 0xFFFF_FFFF:X}") : null;
    }

    private long? Number(int offset)
    {
        if (offset < 0) return null;
        var cursor = new PostgresCursor(contents.Span);
        cursor.ReadBytes(1 + offset);
        var number = cursor.ReadInt64();
        return cursor.Failed ? null : number;
    }
}
