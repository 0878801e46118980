using System.Text;
using Wirehook.Dissection.Framing;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Mongo;

/// <summary>A MongoDB request, read from its kept bytes when a field is asked for.</summary>
internal sealed class MongoRequest(FramedMessage message, int limit) : Record
{
    private MongoContent? _content;
    private string? _command;
    private string? _database;
    private string? _collection;
    private FieldValue? _body;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("MongoRequest", "A MongoDB request.",
    [
        new("opcode", "string", "The operation, such as `OP_MSG`; of a compressed message the one inside.", static r => FieldValue.From(MongoHeader.NameOf(Of(r).Opcode))),
        new("command", "string", "The command, such as `find`; of the operations before OP_MSG `query`, `insert`, `update`, `delete`, `getMore` or `killCursors`.",
            static r => FieldValue.From(((MongoRequest)r).Command)),
        new("database", "string", "The database, or empty.", static r => FieldValue.From(((MongoRequest)r).Database)),
        new("collection", "string", "The collection, or empty.", static r => FieldValue.From(((MongoRequest)r).Collection)),
        new("requestId", "number", "The message's number.", static r => FieldValue.From(Of(r).Header.RequestId)),
        new("flags", "number", "The operation's flag bits.", static r => FieldValue.From(Of(r).Flags)),
        new("body", "any", "The command as Extended JSON, its sequences of documents included.", static r => ((MongoRequest)r).Body, Optional: true),
        new("documents", "any[]", "The documents of an operation before OP_MSG.", static r => MongoDocuments.Legacy(Of(r)), Optional: true),
        new("cursorId", "string", "The cursor, in decimal.", static r => MongoDocuments.Cursor(Of(r)), Optional: true),
        new("compressor", "string", "How the message was compressed.", static r => FieldValue.From(Of(r).Compressor), Optional: true),
        new("problem", "string", "Why the content is not there as a whole.", static r => FieldValue.From(Of(r).Problem), Optional: true),
        new("truncated", "boolean", "Present and true when only the beginning is there.", static r => ((MongoRequest)r).Truncated, Optional: true),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private string Command => _command ??= FindCommand();

    private string Database => _database ??= FindDatabase();

    private string Collection => _collection ??= FindCollection();

    private FieldValue Body => _body ??= Of(this).Opcode is MongoOpcode.Message or MongoOpcode.Command || IsLegacyCommand ? MongoDocuments.Body(Of(this)) : FieldValue.Absent;

    private FieldValue Truncated => message.Truncated ? FieldValue.From(true) : FieldValue.Absent;

    private bool IsLegacyCommand => Of(this).FullName.EndsWith(".$cmd", StringComparison.Ordinal);

    /// <summary>The command's document; where a query is wrapped, what is inside.</summary>
    private ReadOnlySpan<byte> Document
    {
        get
        {
            if (Of(this).Documents is not [var first, ..]) return default;
            return BsonReader.TryFind(first.Span, "$query"u8, out var inner) && inner.Type == BsonType.Document ? inner.Value : first.Span;
        }
    }

    private static MongoContent Of(Record record)
    {
        var request = (MongoRequest)record;
        return request._content ??= request.Read();
    }

    private MongoContent Read() => MongoContentReader.Read(message.Bytes, limit);

    private string FindCommand() => Of(this).Opcode switch
    {
        MongoOpcode.Insert => "insert",
        MongoOpcode.Update => "update",
        MongoOpcode.Delete => "delete",
        MongoOpcode.GetMore => "getMore",
        MongoOpcode.KillCursors => "killCursors",
        MongoOpcode.Command => Of(this).CommandName,
        MongoOpcode.Query when !IsLegacyCommand => "query",
        MongoOpcode.Query or MongoOpcode.Message => new BsonReader(Document).TryRead(out var first) ? Encoding.UTF8.GetString(first.Name) : "",
        _ => "",
    };

    private string FindDatabase()
    {
        var content = Of(this);
        if (content.Opcode == MongoOpcode.Message) return BsonReader.TryFind(Document, "$db"u8, out var name) ? Encoding.UTF8.GetString(name.Text) : "";
        var dot = content.FullName.IndexOf('.');
        return dot < 0 ? content.FullName : content.FullName[..dot];
    }

    private string FindCollection()
    {
        var content = Of(this);
        if (content.Opcode is MongoOpcode.Message or MongoOpcode.Command || IsLegacyCommand)
        {
            // {find: "people"} names the collection; {getMore: 12, collection: "people"} has it beside; {hello: 1} and {validate…: true} have none.
            if (BsonReader.TryFind(Document, "collection"u8, out var beside) && beside.Type == BsonType.String) return Encoding.UTF8.GetString(beside.Text);
            return Command is not ("saslStart" or "authenticate" or "createUser" or "dropUser" or "renameCollection") && new BsonReader(Document).TryRead(out var first) && first.Type == BsonType.String
                ? Encoding.UTF8.GetString(first.Text) : "";
        }

        var dot = content.FullName.IndexOf('.');
        return dot < 0 ? "" : content.FullName[(dot + 1)..];
    }
}
