using System.Text;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Cassandra;

/// <summary>What the client sent, read when asked for.</summary>
internal sealed class CassandraRequest(CassandraMessage message) : Record
{
    private const int MostStrings = 256;
    private CassandraQuery? _query;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("CassandraRequest", "What a Cassandra client asks for.",
    [
        new("opcode", "string", "What it is: `STARTUP`, `OPTIONS`, `QUERY`, `PREPARE`, `EXECUTE`, `BATCH`, `REGISTER` or `AUTH_RESPONSE`.", static r => FieldValue.From(CassandraOpcodes.NameOf(Of(r).Frame.Opcode))),
        new("version", "number", "The protocol's version.", static r => FieldValue.From(Of(r).Frame.Version)),
        new("stream", "number", "The number that the response has as well.", static r => FieldValue.From(Of(r).Frame.Stream)),
        new("query", "string", "The CQL text, that of the prepared statement for `EXECUTE`; only present where it is known.", static r => FieldValue.From(Query(r).Text), Optional: true),
        new("preparedId", "string", "The prepared statement's id in hexadecimal.", static r => FieldValue.From(Query(r).PreparedId), Optional: true),
        new("parameters", "(string | null)[]", "Values of the statement's variables as text; those whose type is unknown and that are no text as `0x` and hexadecimal digits.",
            static r => FieldValue.From(Query(r).Values), Optional: true),
        new("parameterNames", "string[]", "The names of the variables, where they are sent.", static r => FieldValue.From(Query(r).Names), Optional: true),
        new("consistency", "string", "The level of consistency, such as `LOCAL_QUORUM`.", static r => FieldValue.From(Query(r).Consistency), Optional: true),
        new("serialConsistency", "string", "The level of consistency of a conditional statement.", static r => FieldValue.From(Query(r).SerialConsistency), Optional: true),
        new("pageSize", "number", "Most rows that the response may have.", static r => Query(r).PageSize is { } size ? FieldValue.From(size) : default, Optional: true),
        new("timestamp", "number", "The timestamp that is given to what is written, in microseconds since 1970.", static r => Query(r).Timestamp is { } time ? FieldValue.From(time) : default, Optional: true),
        new("keyspace", "string", "The keyspace that the request names.", static r => FieldValue.From(Query(r).Keyspace), Optional: true),
        new("batchType", "\"logged\" | \"unlogged\" | \"counter\"", "The kind of a `BATCH`.", static r => FieldValue.From(Query(r).BatchType), Optional: true),
        new("statements", "CassandraBatchStatement[]", "The statements of a `BATCH`, at most 256.", static r => FieldValue.From(Query(r).Statements), Optional: true),
        new("options", "{ [name: string]: string }", "The options of `STARTUP`.", static r => FieldValue.From(((CassandraRequest)r).Options), Optional: true),
        new("events", "string[]", "The events that `REGISTER` asks for.", static r => FieldValue.From(((CassandraRequest)r).Events), Optional: true),
        new("truncated", "boolean", "Only present, and true, where the message is too long to be kept whole.", static r => Of(r).IsCut ? FieldValue.From(true) : default, Optional: true),
    ], CassandraBatchStatement.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private CassandraMessage Message => message;

    private FieldMap? Options
    {
        get
        {
            if (message.Frame.Opcode != CassandraOpcodes.Startup) return null;
            var values = new SortedDictionary<string, FieldValue>(StringComparer.Ordinal);
            var cursor = message.Open(out _);
            for (var left = Math.Min(cursor.ReadShort(), MostStrings); left > 0 && !cursor.Failed; left--)
            {
                var name = cursor.ReadString();
                values[name] = FieldValue.From(cursor.ReadString());
            }

            return new FieldMap([.. values.Keys], [.. values.Values]);
        }
    }

    private FieldValue[]? Events
    {
        get
        {
            if (message.Frame.Opcode != CassandraOpcodes.Register) return null;
            var events = new List<FieldValue>();
            var cursor = message.Open(out _);
            for (var left = Math.Min(cursor.ReadShort(), MostStrings); left > 0 && !cursor.Failed; left--) events.Add(FieldValue.From(cursor.ReadString()));
            return [.. events];
        }
    }

    private static CassandraMessage Of(Record record) => ((CassandraRequest)record).Message;

    private static CassandraQuery Query(Record record) => ((CassandraRequest)record)._query ??= CassandraQuery.Read(Of(record));
}

/// <summary>One statement of a BATCH.</summary>
internal sealed class CassandraBatchStatement(string? query, string? preparedId, FieldValue[] values) : Record
{
    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("CassandraBatchStatement", "One statement of a Cassandra batch.",
    [
        new("query", "string", "The CQL text; only present where it is known.", static r => FieldValue.From(((CassandraBatchStatement)r).Query), Optional: true),
        new("preparedId", "string", "The prepared statement's id in hexadecimal.", static r => FieldValue.From(((CassandraBatchStatement)r).PreparedId), Optional: true),
        new("parameters", "(string | null)[]", "Values of the statement's variables as text.", static r => FieldValue.From(((CassandraBatchStatement)r).Values)),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private string? Query => query;

    private string? PreparedId => preparedId;

    private FieldValue[] Values => values;
}

/// <summary>The contents of QUERY, PREPARE, EXECUTE and BATCH (native_protocol_v5.spec §4.1.4 to §4.1.7).</summary>
internal sealed class CassandraQuery
{
    private const int HasValues = 0x01;
    private const int HasPageSize = 0x04;
    private const int HasPagingState = 0x08;
    private const int HasSerialConsistency = 0x10;
    private const int HasTimestamp = 0x20;
    private const int HasNames = 0x40;
    private const int HasKeyspace = 0x80;
    private const int MostStatements = 256;

    public string? Text { get; private set; }

    public string? PreparedId { get; private set; }

    public FieldValue[]? Values { get; private set; }

    public FieldValue[]? Names { get; private set; }

    public string? Consistency { get; private set; }

    public string? SerialConsistency { get; private set; }

    public int? PageSize { get; private set; }

    public double? Timestamp { get; private set; }

    public string? Keyspace { get; private set; }

    public string? BatchType { get; private set; }

    public FieldValue[]? Statements { get; private set; }

    /// <summary>Reads a message as far as it is one of the four and fits.</summary>
    public static CassandraQuery Read(CassandraMessage message)
    {
        var query = new CassandraQuery();
        var cursor = message.Open(out _);
        switch (message.Frame.Opcode)
        {
            case CassandraOpcodes.Query:
                query.Text = ReadText(ref cursor);
                query.ReadParameters(ref cursor, message.Frame.Version, []);
                break;
            case CassandraOpcodes.Prepare:
                query.Text = ReadText(ref cursor);
                if (message.Frame.Version >= 5 && (cursor.ReadInt() & 1) != 0) query.Keyspace = cursor.ReadString();
                break;
            case CassandraOpcodes.Execute:
                query.PreparedId = Convert.ToHexStringLower(cursor.ReadShortBytes());
                if (message.Frame.Version >= 5) cursor.ReadShortBytes();
                if (message.Statement is { } statement) query.Text = Encoding.UTF8.GetString(statement.Query);
                query.ReadParameters(ref cursor, message.Frame.Version, CassandraMetadata.VariablesOf(message.Statement));
                break;
            case CassandraOpcodes.Batch:
                query.ReadBatch(ref cursor, message);
                break;
        }

        return query;
    }

    /// <summary>A [long string] as far as it is there: that of a long message is cut.</summary>
    private static string ReadText(ref CassandraCursor cursor)
    {
        var length = cursor.ReadInt();
        return Encoding.UTF8.GetString(cursor.ReadRaw(Math.Clamp(length, 0, cursor.Rest.Length)));
    }

    private void ReadParameters(ref CassandraCursor cursor, byte version, CassandraColumn[] variables)
    {
        var consistency = cursor.ReadShort();
        var flags = version >= 5 ? cursor.ReadInt() : cursor.ReadByte();
        if (cursor.Failed) return;
        Consistency = CassandraConsistency.NameOf(consistency);
        if ((flags & HasValues) != 0) (Values, Names) = ReadValues(ref cursor, variables, (flags & HasNames) != 0);
        if ((flags & HasPageSize) != 0) PageSize = cursor.ReadInt();
        if ((flags & HasPagingState) != 0) cursor.ReadBytes(out _);
        ReadTail(ref cursor, flags);
    }

    private void ReadTail(ref CassandraCursor cursor, int flags)
    {
        if ((flags & HasSerialConsistency) != 0) SerialConsistency = CassandraConsistency.NameOf(cursor.ReadShort());
        if ((flags & HasTimestamp) != 0) Timestamp = cursor.ReadLong();
        if ((flags & HasKeyspace) != 0) Keyspace = cursor.ReadString();
        if (cursor.Failed) (SerialConsistency, Timestamp, Keyspace, PageSize) = (null, null, null, null);
    }

    private static (FieldValue[] Values, FieldValue[]? Names) ReadValues(ref CassandraCursor cursor, CassandraColumn[] variables, bool named)
    {
        var count = cursor.ReadShort();
        var (values, names) = (new List<FieldValue>(Math.Min(count, 64)), new List<FieldValue>());
        for (var i = 0; i < count; i++)
        {
            var name = named ? cursor.ReadString() : "";
            var value = cursor.ReadBytes(out var length);
            if (cursor.Failed) break;
            if (named) names.Add(FieldValue.From(name));
            var type = i < variables.Length ? variables[i].ColumnType : CassandraType.Unknown;
            values.Add(length < 0 ? FieldValue.Null : FieldValue.From(type.ToText(value)));
        }

        return ([.. values], named ? [.. names] : null);
    }

    private void ReadBatch(ref CassandraCursor cursor, CassandraMessage message)
    {
        BatchType = cursor.ReadByte() switch { 0 => "logged", 1 => "unlogged", 2 => "counter", _ => null };
        var count = cursor.ReadShort();
        var statements = new List<FieldValue>();
        for (var i = 0; i < count && !cursor.Failed; i++)
        {
            var isPrepared = cursor.ReadByte() == 1;
            var id = isPrepared ? Convert.ToHexStringLower(cursor.ReadShortBytes()) : null;
            var known = id is null ? null : message.Statements?.Find(id);
            var text = isPrepared ? known is null ? null : Encoding.UTF8.GetString(known.Query) : ReadText(ref cursor);
            var (values, _) = ReadValues(ref cursor, CassandraMetadata.VariablesOf(known), named: false);
            if (!cursor.Failed && statements.Count < MostStatements) statements.Add(FieldValue.From(new CassandraBatchStatement(text, id, values)));
        }

        Statements = [.. statements];
        var consistency = cursor.ReadShort();
        if (cursor.Failed) return;
        Consistency = CassandraConsistency.NameOf(consistency);
        ReadTail(ref cursor, message.Frame.Version >= 5 ? cursor.ReadInt() : cursor.ReadByte());
    }
}
