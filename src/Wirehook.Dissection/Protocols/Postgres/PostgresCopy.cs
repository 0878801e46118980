using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>What COPY moves: counted, not kept.</summary>
internal sealed class PostgresCopy(string direction, bool isBinary, int columns) : Record
{
    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("PostgresCopy", "Data that COPY moves.",
    [
        new("direction", "\"in\" | \"out\" | \"both\"", "`in` to the server, `out` from it, `both` in replication.", static r => FieldValue.From(((PostgresCopy)r).Direction)),
        new("format", "\"text\" | \"binary\"", "The format; `text` includes CSV.", static r => FieldValue.From(((PostgresCopy)r).IsBinary ? "binary" : "text")),
        new("columns", "number", "How many columns a row has.", static r => FieldValue.From(((PostgresCopy)r).Columns)),
        new("chunks", "number", "How many CopyData messages the sender of this message sent.", static r => FieldValue.From(((PostgresCopy)r).Chunks)),
        new("bytes", "number", "Bytes of data in them.", static r => FieldValue.From(((PostgresCopy)r).Bytes)),
        new("failure", "string", "Why the client gave up; only present where it did.", static r => FieldValue.From(((PostgresCopy)r).Failure), Optional: true),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    public string Direction => direction;

    public bool IsBinary => isBinary;

    public int Columns => columns;

    public long Chunks { get; private set; }

    public long Bytes { get; private set; }

    public string? Failure { get; set; }

    /// <summary>A chunk of <paramref name="bytes"/> was moved.</summary>
    public void Add(int bytes)
    {
        Chunks++;
        Bytes += bytes;
    }
}
