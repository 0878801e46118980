using System.Globalization;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Mongo;

/// <summary>The documents of a message as values.</summary>
internal static class MongoDocuments
{
    /// <summary>The message's document with its sequences as arrays, which is how a server reads it; absent where there is none.</summary>
    public static FieldValue Body(MongoContent content)
    {
        if (content.Documents.Count == 0 && content.Sequences.Count == 0) return FieldValue.Absent;
        var fields = content.Documents is [var first, ..] ? BsonJson.ToFields(first.Span) : [];
        foreach (var (name, documents) in content.Sequences) fields[name] = FieldValue.From(ToList(documents));
        return FieldValue.From(BsonJson.ToMap(fields));
    }

    /// <summary>The documents of an operation before OP_MSG.</summary>
    public static FieldValue Legacy(MongoContent content) =>
        content.Opcode is MongoOpcode.Message or MongoOpcode.Command or MongoOpcode.CommandReply || content.Documents.Count == 0 || content.FullName.EndsWith(".$cmd", StringComparison.Ordinal)
            ? FieldValue.Absent : FieldValue.From(ToList(content.Documents));

    /// <summary>The cursor, where the message has one.</summary>
    public static FieldValue Cursor(MongoContent content) =>
        content.CursorId is { } cursor ? FieldValue.From(cursor.ToString(CultureInfo.InvariantCulture)) : FieldValue.Absent;

    private static List<FieldValue> ToList(List<ReadOnlyMemory<byte>> documents) => [.. documents.Select(d => BsonJson.ToMap(d.Span))];
}
