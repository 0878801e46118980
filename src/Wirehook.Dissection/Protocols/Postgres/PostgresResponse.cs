using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>What the server sent, read when asked for.</summary>
internal sealed class PostgresResponse(PostgresReply reply) : Record
{
    private FieldValue[]? _results;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("PostgresResponse", "What a PostgreSQL server answers or announces.",
    [
        new("success", "boolean", "Whether no error came and encryption was not refused.", static r => FieldValue.From(Of(r).Error.IsEmpty && Of(r).Encryption != (byte)'N')),
        new("errorCode", "string", "The SQLSTATE code of the error, such as `42P01`; only present where there is one.", static r => Fault(r, 'C'), Optional: true),
        new("errorMessage", "string", "The error's message; only present where there is one.", static r => Fault(r, 'M'), Optional: true),
        new("error", "PostgresFault", "The whole error; only present where there is one.",
            static r => Of(r).Error.IsEmpty ? default : FieldValue.From(new PostgresFault(Of(r).Error)), Optional: true),
        new("notices", "PostgresFault[]", "Warnings and notices, at most 16; only present where there are some.", static r => Notices(Of(r)), Optional: true),
        new("results", "PostgresResult[]", "One result per statement, at most 256; only present where there are some.", static r => FieldValue.From(((PostgresResponse)r).Results), Optional: true),
        new("tag", "string", "The command tag of the last statement, such as `SELECT 3`; only present where there is one.", static r => Of(r).Results?[^1].Tag is { Length: > 0 } tag ? FieldValue.From(tag) : default, Optional: true),
        new("rowCount", "number", "Rows of all results together; only present where there are results.", static r => RowCount(Of(r)), Optional: true),
        new("status", "\"idle\" | \"transaction\" | \"failed\"", "The session's state behind the request; only present where the server told it.", static r => Status(Of(r)), Optional: true),
        new("authentication", "string", "How the user had to prove who it is, such as `SCRAM-SHA-256`, `md5` or `trust`; only present at the session's start.",
            static r => FieldValue.From(Of(r).Authentication), Optional: true),
        new("parameters", "{ [name: string]: string }", "The server's parameters, such as `server_version`; only present where it told some.", static r => Parameters(Of(r)), Optional: true),
        new("processId", "number", "The server's process of this session; only present at its start.", static r => Of(r).Process < 0 ? default : FieldValue.From(Of(r).Process), Optional: true),
        new("encryption", "\"tls\" | \"gss\" | \"refused\"", "The answer to a request for encryption.", static r => Encryption(Of(r)), Optional: true),
        new("copy", "PostgresCopy", "What COPY moves.", static r => FieldValue.From(Of(r).Copied), Optional: true),
        new("functionResult", "string", "The result of FunctionCall: as `\\x` and hexadecimal digits; only present there, and not where it is null.", static r => FunctionResult(Of(r)), Optional: true),
        new("notification", "PostgresNotification", "What NOTIFY told.", static r => Of(r).Notification.IsEmpty ? default : FieldValue.From(new PostgresNotification(Of(r).Notification)), Optional: true),
        new("replication", "PostgresReplication", "A message of the replication protocol.",
            static r => Of(r).Replication.IsEmpty ? default : FieldValue.From(new PostgresReplication(Of(r).Replication, server: true)), Optional: true),
        new("messages", "number", "How many protocol messages make up the response; the one byte that answers a request for encryption is none.", static r => FieldValue.From(Of(r).Messages)),
    ], PostgresFault.RecordType, PostgresResult.RecordType, PostgresCopy.RecordType, PostgresNotification.RecordType, PostgresReplication.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private PostgresReply Reply => reply;

    private FieldValue[]? Results => reply.Results is null ? null : _results ??= [.. reply.Results.Select(static r => FieldValue.From(r))];

    private static PostgresReply Of(Record record) => ((PostgresResponse)record).Reply;

    private static FieldValue Fault(Record record, char letter) =>
        Of(record).Error.IsEmpty ? default : FieldValue.From(PostgresFault.Read(Of(record).Error.Span, letter) ?? "");

    private static FieldValue Notices(PostgresReply reply) =>
        reply.Notices is null ? default : FieldValue.From((FieldValue[])[.. reply.Notices.Select(static n => FieldValue.From(new PostgresFault(n)))]);

    private static FieldValue RowCount(PostgresReply reply) => reply.Results is null ? default : FieldValue.From((double)reply.Results.Sum(static r => r.RowCount));

    private static FieldValue Status(PostgresReply reply) => (char)reply.Status switch
    {
        'I' => FieldValue.From("idle"),
        'T' => FieldValue.From("transaction"),
        'E' => FieldValue.From("failed"),
        _ => default,
    };

    private static FieldValue Encryption(PostgresReply reply) => (char)reply.Encryption switch
    {
        'S' => FieldValue.From("tls"),
        'G' => FieldValue.From("gss"),
        'N' => FieldValue.From("refused"),
        _ => default,
    };

    private static FieldValue Parameters(PostgresReply reply)
    {
        if (reply.Parameters is null) return default;
        var values = new SortedDictionary<string, FieldValue>(StringComparer.Ordinal);
        foreach (var parameter in reply.Parameters)
        {
            var cursor = new PostgresCursor(parameter.Span);
            values[PostgresText.Read(cursor.ReadText())] = FieldValue.From(PostgresText.Read(cursor.ReadText()));
        }

        return FieldValue.From(new FieldMap([.. values.Keys], [.. values.Values]));
    }

    private static FieldValue FunctionResult(PostgresReply reply)
    {
        if (reply.FunctionResult.IsEmpty) return default;
        var cursor = new PostgresCursor(reply.FunctionResult.Span);
        var size = cursor.ReadInt32();
        return size < 0 ? default : FieldValue.From("\\x" + Convert.ToHexStringLower(cursor.ReadBytes(size)));
    }
}
