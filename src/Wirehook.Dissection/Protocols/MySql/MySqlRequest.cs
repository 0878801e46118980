using System.Buffers.Binary;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>What the client sent, read when asked for.</summary>
internal sealed class MySqlRequest(MySqlExchange exchange) : Record
{
    private FieldValue[]? _parameters;
    private FieldMap? _attributes;
    private string? _query;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("MySqlRequest", "What a MySQL client asks for.",
    [
        new("command", "string", "The command, such as `COM_QUERY` or `COM_STMT_EXECUTE`; `Login` for the packet that starts a session, `SSLRequest` for the one that asks for TLS.",
            static r => FieldValue.From(Of(r).Command)),
        new("query", "string", "The SQL text, that of the prepared statement for what refers to one; only present where it is known.", static r => FieldValue.From(((MySqlRequest)r).Query), Optional: true),
        new("parameters", "(string | null)[]", "Values of the statement's parameters as text; null for SQL's null and for what was sent ahead.",
            static r => FieldValue.From(((MySqlRequest)r).Parameters), Optional: true),
        new("attributes", "{ [name: string]: string | null }", "Attributes of the query, or of the client for `Login`.", static r => FieldValue.From(((MySqlRequest)r).Attributes), Optional: true),
        new("statementId", "number", "The prepared statement's number.", static r => ((MySqlRequest)r).StatementId, Optional: true),
        new("user", "string", "The user of the session; only present where the login was seen.", static r => FieldValue.From(Of(r).User), Optional: true),
        new("database", "string", "The database in use when the command was sent; only present where it is known.", static r => FieldValue.From(Of(r).Database), Optional: true),
        new("schema", "string", "The database that COM_INIT_DB, COM_CREATE_DB or COM_DROP_DB names.", static r => ((MySqlRequest)r).TextOf(MySqlCommands.InitDb, MySqlCommands.CreateDb, MySqlCommands.DropDb), Optional: true),
        new("table", "string", "The table of COM_FIELD_LIST.", static r => ((MySqlRequest)r).TextOf(MySqlCommands.FieldList), Optional: true),
        new("authPlugin", "string", "The method by which the client of `Login` proves who it is.", static r => Of(r).Login is { AuthPlugin.Length: > 0 } login ? FieldValue.From(login.AuthPlugin) : default, Optional: true),
        new("capabilities", "number", "What the client of `Login` can, a bit each.", static r => Of(r).Login is { } login ? FieldValue.From((double)login.Capabilities) : default, Optional: true),
        new("processId", "number", "The connection that COM_PROCESS_KILL ends.", static r => ((MySqlRequest)r).NumberOf(MySqlCommands.ProcessKill), Optional: true),
        new("fileBytes", "number", "Bytes of a local file that the server asked for.", static r => Of(r).FileBytes < 0 ? default : FieldValue.From(Of(r).FileBytes), Optional: true),
        new("truncated", "boolean", "Only present, and true, where the command is too long to be kept whole.", static r => Of(r).Truncated ? FieldValue.From(true) : default, Optional: true),
        new("packets", "number", "How many packets make up the request.", static r => FieldValue.From(Of(r).Packets)),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private MySqlExchange Exchange => exchange;

    private string? Query
    {
        get
        {
            if (_query is not null) return _query;
            if (exchange.Code == MySqlCommands.Query) return _query = MySqlText.Read(MySqlParameters.SplitQuery(exchange.Payload.Span, exchange.Capabilities, out _attributes));
            if (exchange.Code == MySqlCommands.StmtPrepare && !exchange.Payload.IsEmpty) return _query = MySqlText.Read(exchange.Payload.Span[1..]);
            return exchange.Statement is { } statement ? _query = MySqlText.Read(statement.Query) : null;
        }
    }

    private FieldValue[]? Parameters => exchange.Code == MySqlCommands.StmtExecute ? _parameters ??= MySqlParameters.Read(exchange) : null;

    private FieldMap? Attributes
    {
        get
        {
            if (exchange.Login is { } login) return _attributes ??= login.ReadAttributes();
            _ = Query;
            return _attributes;
        }
    }

    private FieldValue StatementId => exchange.Code is MySqlCommands.StmtExecute or MySqlCommands.StmtSendLongData or MySqlCommands.StmtClose or MySqlCommands.StmtReset
        or MySqlCommands.StmtFetch or MySqlCommands.StmtBulkExecute ? NumberOf(exchange.Code) : default;

    private static MySqlExchange Of(Record record) => ((MySqlRequest)record).Exchange;

    private FieldValue NumberOf(byte command) =>
        exchange.Code == command && exchange.Payload.Length >= 5 ? FieldValue.From((double)BinaryPrimitives.ReadUInt32LittleEndian(exchange.Payload.Span[1..])) : default;

    private FieldValue TextOf(params ReadOnlySpan<byte> commands)
    {
        if (!commands.Contains(exchange.Code) || exchange.Payload.IsEmpty) return default;
        var text = exchange.Payload.Span[1..];
        var end = text.IndexOf((byte)0);
        return FieldValue.From(MySqlText.Read(end < 0 ? text : text[..end]));
    }
}
