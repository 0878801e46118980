using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>A NotificationResponse: what NOTIFY told those who LISTEN.</summary>
internal sealed class PostgresNotification(ReadOnlyMemory<byte> contents) : Record
{
    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("PostgresNotification", "What NOTIFY tells a session that listens.",
    [
        new("processId", "number", "The server's process of the session that notified.", static r => FieldValue.From((double)((PostgresNotification)r).ProcessId)),
        new("channel", "string", "The channel.", static r => FieldValue.From(((PostgresNotification)r).Text(0))),
        new("payload", "string", "The payload, often empty.", static r => FieldValue.From(((PostgresNotification)r).Text(1))),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private uint ProcessId => (uint)new PostgresCursor(contents.Span).ReadInt32();

    private string Text(int index)
    {
        var cursor = new PostgresCursor(contents.Span);
        cursor.ReadInt32();
        var channel = cursor.ReadText();
        return PostgresText.Read(index == 0 ? channel : cursor.ReadText());
    }
}
