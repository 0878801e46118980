using System.Buffers.Binary;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>What the server sent, read when asked for.</summary>
internal sealed class MySqlResponse(MySqlReply reply) : Record
{
    private const int InTransaction = 0x0001;
    private FieldValue[]? _results;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("MySqlResponse", "What a MySQL server answers.",
    [
        new("success", "boolean", "Whether no error came.", static r => FieldValue.From(Of(r).Error.IsEmpty)),
        new("errorCode", "number", "The number of the error, such as 1146; only present where there is one.", static r => ErrorCode(Of(r)), Optional: true),
        new("sqlState", "string", "The SQLSTATE code of the error, such as `42S02`; only present where the server tells it.", static r => ErrorText(Of(r), state: true), Optional: true),
        new("errorMessage", "string", "The error's message; only present where there is one.", static r => ErrorText(Of(r), state: false), Optional: true),
        new("affectedRows", "number", "Rows that the statement changed.", static r => Status(Of(r)) is { } status && !IsEof(Of(r)) ? FieldValue.From(status.AffectedRows) : default, Optional: true),
        new("lastInsertId", "number", "The number that the inserted row got; only present where it got one.", static r => Status(Of(r)) is { InsertId: > 0 } status ? FieldValue.From(status.InsertId) : default, Optional: true),
        new("warnings", "number", "How many warnings there are.", static r => Status(Of(r)) is { } status ? FieldValue.From(status.Warnings) : default, Optional: true),
        new("statusFlags", "number", "The state of the session, a bit each.", static r => Status(Of(r)) is { } status ? FieldValue.From(status.Flags) : default, Optional: true),
        new("inTransaction", "boolean", "Whether a transaction is open behind the command.", static r => Status(Of(r)) is { } status ? FieldValue.From((status.Flags & InTransaction) != 0) : default, Optional: true),
        new("info", "string", "What the server says besides, such as `Rows matched: 1  Changed: 1  Warnings: 0`.",
            static r => FieldValue.From(MySqlStatus.ReadInfo(Of(r).Ok.Span, Of(r).Capabilities)), Optional: true),
        new("results", "MySqlResult[]", "One result per statement that has rows, at most 256; for COM_STMT_PREPARE its columns.", static r => FieldValue.From(((MySqlResponse)r).Results), Optional: true),
        new("rowCount", "number", "Rows of all results together; only present where there are results.", static r => RowCount(Of(r)), Optional: true),
        new("statementId", "number", "The number that COM_STMT_PREPARE gives the statement.", static r => Prepared(Of(r), 0), Optional: true),
        new("columnCount", "number", "How many columns the prepared statement's result has.", static r => Prepared(Of(r), 1), Optional: true),
        new("parameterCount", "number", "How many parameters the prepared statement has.", static r => Prepared(Of(r), 2), Optional: true),
        new("serverVersion", "string", "The server's version, from its greeting.", static r => Greeting(Of(r), static g => FieldValue.From(g.ServerVersion)), Optional: true),
        new("connectionId", "number", "The number of the connection, from the greeting.", static r => Greeting(Of(r), static g => FieldValue.From((double)g.ConnectionId)), Optional: true),
        new("authPlugin", "string", "The method by which the server wants the client to prove who it is.", static r => AuthPlugin(Of(r)), Optional: true),
        new("statistics", "string", "The answer to COM_STATISTICS.", static r => Of(r).Statistics.IsEmpty ? default : FieldValue.From(MySqlText.Read(Of(r).Statistics.Span)), Optional: true),
        new("localFile", "string", "The file that the server asks the client for.", static r => Of(r).LocalFile.IsEmpty ? default : FieldValue.From(MySqlText.Read(Of(r).LocalFile.Span[1..])), Optional: true),
        new("binlogEvent", "MySqlBinlogEvent", "An event of the binary log.", static r => Of(r).BinlogEvent.IsEmpty ? default : FieldValue.From(new MySqlBinlogEvent(Of(r).BinlogEvent)), Optional: true),
        new("packets", "number", "How many packets make up the response.", static r => FieldValue.From(Of(r).Packets)),
    ], MySqlResult.RecordType, MySqlBinlogEvent.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private MySqlReply Reply => reply;

    private FieldValue[]? Results => reply.Results is null ? null : _results ??= [.. reply.Results.Select(static r => FieldValue.From(r))];

    private static MySqlReply Of(Record record) => ((MySqlResponse)record).Reply;

    private static bool IsEof(MySqlReply reply) => MySqlStatus.IsEof(reply.Ok.Span);

    private static MySqlStatus? Status(MySqlReply reply) => reply.Ok.IsEmpty ? null : MySqlStatus.Read(reply.Ok.Span, IsEof(reply));

    private static FieldValue ErrorCode(MySqlReply reply) =>
        reply.Error.Length < 3 ? default : FieldValue.From((double)BinaryPrimitives.ReadUInt16LittleEndian(reply.Error.Span[1..]));

    private static FieldValue ErrorText(MySqlReply reply, bool state)
    {
        if (reply.Error.Length < 3) return default;
        var text = reply.Error.Span[3..];
        var hasState = text.Length >= 6 && text[0] == (byte)'#';
        if (state) return hasState ? FieldValue.From(MySqlText.Read(text[1..6])) : default;
        return FieldValue.From(MySqlText.Read(hasState ? text[6..] : text));
    }

    private static FieldValue RowCount(MySqlReply reply) =>
        reply.Results is null || !reply.Prepared.IsEmpty ? default : FieldValue.From((double)reply.Results.Sum(static r => r.RowCount));

    private static FieldValue Prepared(MySqlReply reply, int index)
    {
        if (reply.Prepared.IsEmpty) return default;
        var cursor = new MySqlCursor(reply.Prepared.Span[1..]);
        var (number, columns, parameters) = (cursor.ReadInt32(), cursor.ReadInt16(), cursor.ReadInt16());
        return FieldValue.From((double)(index == 0 ? number : index == 1 ? (uint)columns : (uint)parameters));
    }

    private static FieldValue Greeting(MySqlReply reply, Func<MySqlGreeting, FieldValue> get) => reply.Greeting.IsEmpty ? default : get(new MySqlGreeting(reply.Greeting.Span));

    private static FieldValue AuthPlugin(MySqlReply reply)
    {
        if (reply.AuthSwitch.Length > 1)
        {
            var cursor = new MySqlCursor(reply.AuthSwitch.Span[1..]);
            return FieldValue.From(MySqlText.Read(cursor.ReadText()));
        }

        return Greeting(reply, static g => g.AuthPlugin.Length > 0 ? FieldValue.From(g.AuthPlugin) : default);
    }
}
