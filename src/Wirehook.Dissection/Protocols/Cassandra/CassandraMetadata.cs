using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Cassandra;

/// <summary>One column of a result, or one variable of a statement.</summary>
internal sealed class CassandraColumn(string keyspace, string table, string name, CassandraType type) : Record
{
    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("CassandraColumn", "A column of a Cassandra result.",
    [
        new("keyspace", "string", "The keyspace of its table.", static r => FieldValue.From(((CassandraColumn)r).Keyspace)),
        new("table", "string", "The table.", static r => FieldValue.From(((CassandraColumn)r).Table)),
        new("name", "string", "The column's name.", static r => FieldValue.From(((CassandraColumn)r).Name)),
        new("type", "string", "The type as CQL writes it, such as `map<text, int>`.", static r => FieldValue.From(((CassandraColumn)r).ColumnType.Name)),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <summary>The column's type.</summary>
    public CassandraType ColumnType => type;

    private string Keyspace => keyspace;

    private string Table => table;

    private string Name => name;
}

/// <summary>What precedes rows, or follows the id of a prepared statement (native_protocol_v4.spec §4.2.5.2 and §4.2.5.4).</summary>
/// <param name="ColumnCount">How many columns there are.</param>
/// <param name="Columns">The columns; empty where they are not described.</param>
/// <param name="HasMorePages">Whether more rows can be asked for.</param>
internal readonly record struct CassandraMetadata(int ColumnCount, CassandraColumn[] Columns, bool HasMorePages)
{
    private const int GlobalTable = 0x01;
    private const int MorePages = 0x02;
    private const int NoMetadata = 0x04;
    private const int NewMetadataId = 0x08;
    private const int ColumnLimit = 4096;

    /// <summary>Reads the metadata of rows.</summary>
    public static CassandraMetadata ReadRows(ref CassandraCursor cursor)
    {
        var (flags, count) = (cursor.ReadInt(), cursor.ReadInt());
        if ((flags & MorePages) != 0) cursor.ReadBytes(out _);
        if ((flags & NewMetadataId) != 0) cursor.ReadShortBytes();
        var columns = (flags & NoMetadata) != 0 ? [] : ReadColumns(ref cursor, count, (flags & GlobalTable) != 0);
        return new CassandraMetadata(Math.Clamp(count, 0, ColumnLimit), columns, (flags & MorePages) != 0);
    }

    /// <summary>Reads the variables of a prepared statement.</summary>
    public static CassandraMetadata ReadVariables(ref CassandraCursor cursor, byte version)
    {
        var (flags, count) = (cursor.ReadInt(), cursor.ReadInt());
        if (version >= 4) cursor.ReadRaw(2 * Math.Clamp(cursor.ReadInt(), 0, ColumnLimit));
        return new CassandraMetadata(Math.Clamp(count, 0, ColumnLimit), ReadColumns(ref cursor, count, (flags & GlobalTable) != 0), false);
    }

    /// <summary>The columns of what <paramref name="statement"/> returns; none where they are unknown.</summary>
    public static CassandraColumn[] ColumnsOf(CassandraStatement? statement) => ReadPrepared(statement, out var cursor, out _) ? ReadRows(ref cursor).Columns : [];

    /// <summary>The variables of <paramref name="statement"/>; none where they are unknown.</summary>
    public static CassandraColumn[] VariablesOf(CassandraStatement? statement) => ReadPrepared(statement, out _, out var variables) ? variables : [];

    private static bool ReadPrepared(CassandraStatement? statement, out CassandraCursor cursor, out CassandraColumn[] variables)
    {
        cursor = new CassandraCursor(statement is null ? default : statement.Prepared);
        variables = [];
        if (statement is null) return false;
        cursor.ReadShortBytes();
        if (statement.Version >= 5) cursor.ReadShortBytes();
        variables = ReadVariables(ref cursor, statement.Version).Columns;
        return !cursor.Failed;
    }

    private static CassandraColumn[] ReadColumns(ref CassandraCursor cursor, int count, bool isGlobal)
    {
        if (count is < 0 or > ColumnLimit) return [];
        var (keyspace, table) = isGlobal ? (cursor.ReadString(), cursor.ReadString()) : ("", "");
        var columns = new List<CassandraColumn>(Math.Min(count, 64));
        for (var i = 0; i < count && !cursor.Failed; i++)
        {
            if (!isGlobal) (keyspace, table) = (cursor.ReadString(), cursor.ReadString());
            var name = cursor.ReadString();
            var type = CassandraType.Read(ref cursor);
            if (!cursor.Failed) columns.Add(new CassandraColumn(keyspace, table, name, type));
        }

        return [.. columns];
    }
}
