using System.Net;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Cassandra;

/// <summary>What the server sent, read when asked for.</summary>
internal sealed class CassandraResponse(CassandraMessage message) : Record
{
    private CassandraReply? _reply;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("CassandraResponse", "What a Cassandra server answers or announces.",
    [
        new("opcode", "string", "What it is: `RESULT`, `ERROR`, `READY`, `AUTHENTICATE`, `SUPPORTED`, `EVENT`, `AUTH_CHALLENGE` or `AUTH_SUCCESS`.", static r => FieldValue.From(CassandraOpcodes.NameOf(Of(r).Frame.Opcode))),
        new("version", "number", "The protocol's version.", static r => FieldValue.From(Of(r).Frame.Version)),
        new("stream", "number", "The number of the request; -1 for an event.", static r => FieldValue.From(Of(r).Frame.Stream)),
        new("success", "boolean", "Whether it is no error.", static r => FieldValue.From(Of(r).Frame.Opcode != CassandraOpcodes.Error)),
        new("errorCode", "number", "The code of the error, such as 8704 for an invalid query.", static r => Reply(r).ErrorCode is { } code ? FieldValue.From(code) : default, Optional: true),
        new("errorName", "string", "What the specification calls the code, such as `Syntax error`.", static r => FieldValue.From(Reply(r).ErrorCode is { } code ? CassandraErrors.NameOf(code) : null), Optional: true),
        new("errorMessage", "string", "The error's message.", static r => FieldValue.From(Reply(r).ErrorMessage), Optional: true),
        new("kind", "\"Void\" | \"Rows\" | \"Set_keyspace\" | \"Prepared\" | \"Schema_change\"", "The kind of a `RESULT`.", static r => FieldValue.From(Reply(r).Kind), Optional: true),
        new("columns", "CassandraColumn[]", "The columns of rows; empty where they are unknown.", static r => FieldValue.From(Reply(r).Columns), Optional: true),
        new("rows", "(string | null)[][]", "The first rows, at most 20: values as text; blobs, and values whose type is unknown, as `0x` and hexadecimal digits.", static r => FieldValue.From(Reply(r).Rows), Optional: true),
        new("rowCount", "number", "How many rows there are.", static r => Reply(r).RowCount is { } count ? FieldValue.From(count) : default, Optional: true),
        new("hasMorePages", "boolean", "Only present, and true, where more rows can be asked for.", static r => Reply(r).HasMorePages ? FieldValue.From(true) : default, Optional: true),
        new("keyspace", "string", "The keyspace that is used from now on, or that changed.", static r => FieldValue.From(Reply(r).Keyspace), Optional: true),
        new("preparedId", "string", "The prepared statement's id in hexadecimal.", static r => FieldValue.From(Reply(r).PreparedId), Optional: true),
        new("event", "string", "`TOPOLOGY_CHANGE`, `STATUS_CHANGE` or `SCHEMA_CHANGE`.", static r => FieldValue.From(Reply(r).Event), Optional: true),
        new("change", "string", "What changed: `CREATED`, `UPDATED`, `DROPPED`, `NEW_NODE`, `REMOVED_NODE`, `UP` or `DOWN`.", static r => FieldValue.From(Reply(r).Change), Optional: true),
        new("target", "string", "What a change of the schema concerns: `KEYSPACE`, `TABLE`, `TYPE`, `FUNCTION` or `AGGREGATE`.", static r => FieldValue.From(Reply(r).Target), Optional: true),
        new("name", "string", "The name of what changed.", static r => FieldValue.From(Reply(r).Name), Optional: true),
        new("address", "string", "The node that changed, address and port.", static r => FieldValue.From(Reply(r).Address), Optional: true),
        new("authenticator", "string", "The class by which the client has to prove who it is.", static r => FieldValue.From(Reply(r).Authenticator), Optional: true),
        new("supported", "{ [name: string]: string[] }", "The options that the server knows.", static r => FieldValue.From(Reply(r).Supported), Optional: true),
        new("warnings", "string[]", "Warnings; only present where there are some.", static r => FieldValue.From(Reply(r).Warnings), Optional: true),
        new("tracingId", "string", "The id under which the server traces the request.", static r => FieldValue.From(Reply(r).TracingId), Optional: true),
        new("truncated", "boolean", "Only present, and true, where the message is too long to be kept whole.", static r => Of(r).IsCut ? FieldValue.From(true) : default, Optional: true),
    ], CassandraColumn.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private CassandraMessage Message => message;

    private static CassandraMessage Of(Record record) => ((CassandraResponse)record).Message;

    private static CassandraReply Reply(Record record) => ((CassandraResponse)record)._reply ??= CassandraReply.Read(Of(record));
}

/// <summary>The contents of the server's messages (native_protocol_v5.spec §4.2).</summary>
internal sealed class CassandraReply
{
    private const int RowLimit = 20;
    private const int MostStrings = 256;

    public int? ErrorCode { get; private set; }

    public string? ErrorMessage { get; private set; }

    public string? Kind { get; private set; }

    public FieldValue[]? Columns { get; private set; }

    public FieldValue[]? Rows { get; private set; }

    public int? RowCount { get; private set; }

    public bool HasMorePages { get; private set; }

    public string? Keyspace { get; private set; }

    public string? PreparedId { get; private set; }

    public string? Event { get; private set; }

    public string? Change { get; private set; }

    public string? Target { get; private set; }

    public string? Name { get; private set; }

    public string? Address { get; private set; }

    public string? Authenticator { get; private set; }

    public FieldMap? Supported { get; private set; }

    public FieldValue[]? Warnings { get; private set; }

    public string? TracingId { get; private set; }

    /// <summary>Reads a message as far as it fits.</summary>
    public static CassandraReply Read(CassandraMessage message)
    {
        var reply = new CassandraReply();
        var cursor = message.Open(out var prefix);
        reply.TracingId = prefix.TracingId;
        reply.Warnings = prefix.Warnings is { } warnings ? [.. warnings.Select(static w => FieldValue.From(w))] : null;
        if (message.Body.IsEmpty) return reply;
        switch (message.Frame.Opcode)
        {
            case CassandraOpcodes.Error:
                (reply.ErrorCode, reply.ErrorMessage) = (cursor.ReadInt(), cursor.ReadString());
                break;
            case CassandraOpcodes.Authenticate:
                reply.Authenticator = cursor.ReadString();
                break;
            case CassandraOpcodes.Supported:
                reply.Supported = ReadSupported(ref cursor);
                break;
            case CassandraOpcodes.Event:
                reply.ReadEvent(ref cursor);
                break;
            case CassandraOpcodes.Result:
                reply.ReadResult(ref cursor, message);
                break;
        }

        return reply;
    }

    private static FieldMap ReadSupported(ref CassandraCursor cursor)
    {
        var values = new SortedDictionary<string, FieldValue>(StringComparer.Ordinal);
        for (var left = Math.Min(cursor.ReadShort(), MostStrings); left > 0 && !cursor.Failed; left--)
        {
            var name = cursor.ReadString();
            var list = new List<FieldValue>();
            for (var more = Math.Min(cursor.ReadShort(), MostStrings); more > 0 && !cursor.Failed; more--) list.Add(FieldValue.From(cursor.ReadString()));
            values[name] = FieldValue.From((FieldValue[])[.. list]);
        }

        return new FieldMap([.. values.Keys], [.. values.Values]);
    }

    private void ReadEvent(ref CassandraCursor cursor)
    {
        Event = cursor.ReadString();
        if (Event == "SCHEMA_CHANGE")
        {
            ReadSchemaChange(ref cursor);
            return;
        }

        Change = cursor.ReadString();
        var address = cursor.ReadRaw(cursor.ReadByte());
        if (address.Length is 4 or 16) Address = new IPEndPoint(new IPAddress(address), cursor.ReadInt() & 0xffff).ToString();
    }

    private void ReadSchemaChange(ref CassandraCursor cursor)
    {
        (Change, Target, Keyspace) = (cursor.ReadString(), cursor.ReadString(), cursor.ReadString());
        if (Target != "KEYSPACE") Name = cursor.ReadString();
    }

    private void ReadResult(ref CassandraCursor cursor, CassandraMessage message)
    {
        switch (cursor.ReadInt())
        {
            case 1:
                Kind = "Void";
                break;
            case 2:
                Kind = "Rows";
                ReadRows(ref cursor, message);
                break;
            case 3:
                (Kind, Keyspace) = ("Set_keyspace", cursor.ReadString());
                break;
            case 4:
                (Kind, PreparedId) = ("Prepared", Convert.ToHexStringLower(cursor.ReadShortBytes()));
                break;
            case 5:
                Kind = "Schema_change";
                ReadSchemaChange(ref cursor);
                break;
        }
    }

    private void ReadRows(ref CassandraCursor cursor, CassandraMessage message)
    {
        var metadata = CassandraMetadata.ReadRows(ref cursor);
        var columns = metadata.Columns.Length > 0 ? metadata.Columns : CassandraMetadata.ColumnsOf(message.Statement);
        var count = cursor.ReadInt();
        if (cursor.Failed) return;
        (Columns, RowCount, HasMorePages) = ([.. columns.Select(static c => FieldValue.From(c))], Math.Max(0, count), metadata.HasMorePages);
        var rows = new List<FieldValue>();
        for (var i = 0; i < count && i < RowLimit; i++)
        {
            var values = new List<FieldValue>(Math.Min(metadata.ColumnCount, 64));
            for (var column = 0; column < metadata.ColumnCount; column++)
            {
                var value = cursor.ReadBytes(out var length);
                if (cursor.Failed) break;
                var type = column < columns.Length ? columns[column].ColumnType : CassandraType.Unknown;
                values.Add(length < 0 ? FieldValue.Null : FieldValue.From(type.ToText(value)));
            }

            if (cursor.Failed) break;
            rows.Add(FieldValue.From((FieldValue[])[.. values]));
        }

        Rows = [.. rows];
    }
}
