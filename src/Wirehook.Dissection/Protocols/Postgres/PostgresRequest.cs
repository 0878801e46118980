using System.Globalization;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>What the client sent, read when asked for.</summary>
internal sealed class PostgresRequest(PostgresExchange exchange) : Record
{
    private FieldValue[]? _parameters;
    private FieldMap? _options;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("PostgresRequest", "What a PostgreSQL client asks for.",
    [
        new("command", "string", "The message after which the request is named: `Query`, `Execute`, `Parse`, `Bind`, `Describe`, `Close`, `Sync`, `FunctionCall`, `Startup`, "
            + "`SSLRequest`, `GSSENCRequest`, `CancelRequest`, `Authentication`, `CopyData`, `Terminate`.", static r => FieldValue.From(Of(r).Command)),
        new("query", "string", "The SQL text, that of the prepared statement for `Execute`; only present where it is known.", static r => FieldValue.From(((PostgresRequest)r).Query), Optional: true),
        new("parameters", "(string | null)[]", "Values of the statement's parameters as text; only present with Bind.", static r => FieldValue.From(((PostgresRequest)r).Parameters), Optional: true),
        new("statement", "string", "The prepared statement's name, empty for the unnamed one.", static r => FieldValue.From(Of(r).StatementName), Optional: true),
        new("portal", "string", "The portal's name, empty for the unnamed one.", static r => FieldValue.From(Of(r).PortalName), Optional: true),
        new("rowLimit", "number", "Most rows that Execute asks for; only present where it limits them.", static r => Of(r).RowLimit == 0 ? default : FieldValue.From(Of(r).RowLimit), Optional: true),
        new("user", "string", "The user of the session; only present where its start was seen.", static r => FieldValue.From(Of(r).Login?.User), Optional: true),
        new("database", "string", "The database of the session; only present where its start was seen.", static r => FieldValue.From(Of(r).Login?.Database), Optional: true),
        new("protocolVersion", "string", "The version that Startup asks for, such as `3.0`.", static r => FieldValue.From(((PostgresRequest)r).ProtocolVersion), Optional: true),
        new("options", "{ [name: string]: string }", "Names and values of Startup.", static r => FieldValue.From(((PostgresRequest)r).Options), Optional: true),
        new("processId", "number", "The server's process whose query CancelRequest wants cancelled.", static r => ((PostgresRequest)r).NumberOf("CancelRequest"), Optional: true),
        new("function", "number", "The object id of the function of FunctionCall.", static r => ((PostgresRequest)r).NumberOf("FunctionCall"), Optional: true),
        new("copy", "PostgresCopy", "What was copied to the server.", static r => FieldValue.From(Of(r).Copied), Optional: true),
        new("replication", "PostgresReplication", "A message of the replication protocol.", static r => FieldValue.From(((PostgresRequest)r).Replication), Optional: true),
        new("truncated", "boolean", "Only present, and true, where the text or the parameters are too long to be kept whole.",
            static r => Of(r).Truncated ? FieldValue.From(true) : default, Optional: true),
        new("messages", "number", "How many protocol messages make up the request.", static r => FieldValue.From(Of(r).Messages)),
    ], PostgresCopy.RecordType, PostgresReplication.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private string? Query
    {
        get
        {
            if (!exchange.Query.IsEmpty || exchange.Command == "Query") return PostgresText.Read(exchange.Query.Span);
            return exchange.Statement is { } statement ? PostgresText.Read(statement.Query) : null;
        }
    }

    private FieldValue[]? Parameters =>
        exchange.PortalName is null || exchange.Contents.IsEmpty ? null : _parameters ??= PostgresBind.ReadValues(exchange.Contents.Span, exchange.Statement);

    private string? ProtocolVersion =>
        exchange.Command == "Startup" ? string.Create(CultureInfo.InvariantCulture, $"{exchange.Number >> 16}.{exchange.Number & 0xFFFF}") : null;

    private FieldMap? Options => exchange.Command == "Startup" ? _options ??= ReadPairs(exchange.Contents.Span) : null;

    private PostgresReplication? Replication => exchange.Command == "CopyData" && !exchange.Contents.IsEmpty ? new PostgresReplication(exchange.Contents, server: false) : null;

    /// <summary>Names and values, each behind the other; the last of a name counts.</summary>
    public static FieldMap ReadPairs(ReadOnlySpan<byte> pairs)
    {
        var values = new SortedDictionary<string, FieldValue>(StringComparer.Ordinal);
        var cursor = new PostgresCursor(pairs);
        while (true)
        {
            var name = cursor.ReadText();
            if (name.IsEmpty || cursor.Failed) break;
            values[PostgresText.Read(name)] = FieldValue.From(PostgresText.Read(cursor.ReadText()));
        }

        return new FieldMap([.. values.Keys], [.. values.Values]);
    }

    private static PostgresExchange Of(Record record) => ((PostgresRequest)record).Exchange;

    private PostgresExchange Exchange => exchange;

    private FieldValue NumberOf(string command) => exchange.Command == command ? FieldValue.From((double)exchange.Number) : default;
}
