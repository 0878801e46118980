using System.Text;
using Wirehook.Dissection.Framing;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Mongo;

/// <summary>A MongoDB response, read from its kept bytes when a field is asked for.</summary>
internal sealed class MongoResponse(FramedMessage message, int limit) : Record
{
    private const uint CursorNotFound = 1;
    private const uint QueryFailure = 2;
    private MongoContent? _content;
    private MongoOutcome? _outcome;
    private FieldValue? _body;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("MongoResponse", "A MongoDB response.",
    [
        new("opcode", "string", "The operation, `OP_MSG` or `OP_REPLY`; of a compressed message the one inside.", static r => FieldValue.From(MongoHeader.NameOf(Of(r).Opcode))),
        new("requestId", "number", "The message's number.", static r => FieldValue.From(Of(r).Header.RequestId)),
        new("responseTo", "number", "Number of the request.", static r => FieldValue.From(Of(r).Header.ResponseTo)),
        new("flags", "number", "The operation's flag bits.", static r => FieldValue.From(Of(r).Flags)),
        new("success", "boolean", "Whether the command succeeded: `ok` is 1, and there are no write errors.", static r => FieldValue.From(((MongoResponse)r).Outcome.Success)),
        new("errorCode", "number", "The error's number.", static r => ((MongoResponse)r).Outcome.Code is { } code ? FieldValue.From(code) : FieldValue.Absent, Optional: true),
        new("errorCodeName", "string", "The error's name, such as `NamespaceNotFound`.", static r => FieldValue.From(((MongoResponse)r).Outcome.CodeName), Optional: true),
        new("errorMessage", "string", "The error's message.", static r => FieldValue.From(((MongoResponse)r).Outcome.Message), Optional: true),
        new("body", "any", "The answer to a command as Extended JSON.", static r => ((MongoResponse)r).Body, Optional: true),
        new("documents", "any[]", "The documents of an OP_REPLY.", static r => MongoDocuments.Legacy(Of(r)), Optional: true),
        new("cursorId", "string", "The cursor of an OP_REPLY, in decimal.", static r => MongoDocuments.Cursor(Of(r)), Optional: true),
        new("compressor", "string", "How the message was compressed.", static r => FieldValue.From(Of(r).Compressor), Optional: true),
        new("problem", "string", "Why the content is not there as a whole.", static r => FieldValue.From(Of(r).Problem), Optional: true),
        new("truncated", "boolean", "Present and true when only the beginning is there.", static r => ((MongoResponse)r).Truncated, Optional: true),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private MongoOutcome Outcome => _outcome ??= FindOutcome(Of(this));

    private FieldValue Body => _body ??= Of(this).Opcode == MongoOpcode.Reply ? FieldValue.Absent : MongoDocuments.Body(Of(this));

    private FieldValue Truncated => message.Truncated ? FieldValue.From(true) : FieldValue.Absent;

    private static MongoContent Of(Record record)
    {
        var response = (MongoResponse)record;
        return response._content ??= response.Read();
    }

    private static MongoOutcome FindOutcome(MongoContent content)
    {
        var document = content.Documents is [var first, ..] ? first.Span : default;
        var refused = content.Opcode == MongoOpcode.Reply && (content.Flags & (CursorNotFound | QueryFailure)) != 0;
        var failed = BsonReader.TryFind(document, "ok"u8, out var ok) && ok.TryGetNumber(out var number) && number == 0;
        if (!failed && !refused && FirstOf(document, "writeErrors"u8) is { IsEmpty: false } write) return Describe(write, "errmsg"u8);
        if (!failed && !refused && BsonReader.TryFind(document, "writeConcernError"u8, out var concern) && concern.Type == BsonType.Document) return Describe(concern.Value, "errmsg"u8);
        if (!failed && !refused) return new MongoOutcome(true, null, null, null);
        return Describe(document, refused ? "$err"u8 : "errmsg"u8);
    }

    private static MongoOutcome Describe(ReadOnlySpan<byte> error, ReadOnlySpan<byte> messageName)
    {
        double? code = BsonReader.TryFind(error, "code"u8, out var number) && number.TryGetNumber(out var value) ? value : null;
        return new MongoOutcome(false, code, TextOf(error, "codeName"u8), TextOf(error, messageName));
    }

    private static string? TextOf(ReadOnlySpan<byte> document, ReadOnlySpan<byte> name) =>
        BsonReader.TryFind(document, name, out var element) && element.Type == BsonType.String ? Encoding.UTF8.GetString(element.Text) : null;

    private static ReadOnlySpan<byte> FirstOf(ReadOnlySpan<byte> document, ReadOnlySpan<byte> array)
    {
        if (!BsonReader.TryFind(document, array, out var list) || list.Type != BsonType.Array) return default;
        return new BsonReader(list.Value).TryRead(out var first) && first.Type == BsonType.Document ? first.Value : default;
    }

    private MongoContent Read() => MongoContentReader.Read(message.Bytes, limit);

    private sealed record MongoOutcome(bool Success, double? Code, string? CodeName, string? Message);
}
