using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>The result of one statement: columns, the first rows, the number of all rows, the command tag.</summary>
internal sealed class PostgresResult : Record
{
    private KeptPieces _rows;
    private PostgresStatement? _statement;
    private ReadOnlyMemory<byte> _bind;
    private ReadOnlyMemory<byte> _tag;
    private FieldValue[]? _columnValues;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("PostgresResult", "The result of one PostgreSQL statement.",
    [
        new("columns", "PostgresColumn[]", "The columns; only present where they were described.", static r => FieldValue.From(((PostgresResult)r).ColumnValues), Optional: true),
        new("rows", "(string | null)[][]", "The first rows, at most 20 and 64 KiB: values as text, binary ones of an unknown type as `\\x` and hexadecimal digits.",
            static r => FieldValue.From(((PostgresResult)r).RowValues)),
        new("rowCount", "number", "How many rows came.", static r => FieldValue.From(((PostgresResult)r).RowCount)),
        new("tag", "string", "The command tag, such as `SELECT 3` or `INSERT 0 1`; empty where the server sent none.", static r => FieldValue.From(((PostgresResult)r).Tag)),
    ], PostgresColumn.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <summary>The contents of RowDescription; empty where it was described earlier or not at all.</summary>
    public ReadOnlyMemory<byte> Columns { get; set; }

    /// <summary>How many rows came.</summary>
    public long RowCount { get; private set; }

    /// <summary>How many of them are kept.</summary>
    public int KeptRows { get; private set; }

    /// <summary>Whether no more of it comes.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The command tag.</summary>
    public string Tag => PostgresText.Read(_tag.Span);

    private ReadOnlyMemory<byte> KnownColumns => Columns.IsEmpty && _statement is not null ? _statement.Columns : Columns;

    private FieldValue[]? ColumnValues => KnownColumns.IsEmpty ? null : _columnValues ??= PostgresColumn.ReadAll(KnownColumns);

    /// <summary>A row came: DataRow with type and length, empty where it is only counted.</summary>
    public void AddRow(ReadOnlyMemory<byte> message)
    {
        RowCount++;
        if (message.IsEmpty) return;
        KeptRows++;
        _rows.Add(message);
    }

    /// <summary>Rows came that are only counted.</summary>
    public void PassRows(int rows) => RowCount += rows;

    /// <summary>The statement is done.</summary>
    /// <param name="tag">The command tag, empty where there is none.</param>
    /// <param name="statement">The prepared statement, where it is known.</param>
    /// <param name="bind">The contents of Bind, where it is known.</param>
    public void Complete(ReadOnlyMemory<byte> tag, PostgresStatement? statement, ReadOnlyMemory<byte> bind) =>
        (_tag, _statement, _bind, IsComplete) = (tag, statement, bind, true);

    /// <summary>Moves what it keeps to memory of its own, so that it holds no chunk that others have long left.</summary>
    public void Detach()
    {
        _rows.Detach();
        (Columns, _bind, _tag) = (ByteArena.Detach(Columns), ByteArena.Detach(_bind), ByteArena.Detach(_tag));
    }

    private FieldValue[] RowValues
    {
        get
        {
            var rows = new FieldValue[KeptRows];
            var at = 0;
            var types = PostgresColumn.ReadTypes(KnownColumns.Span);
            if (!_bind.IsEmpty) PostgresBind.ApplyFormats(_bind.Span, types);
            for (var piece = 0; piece < _rows.Count; piece++)
            {
                var data = _rows[piece].Span;
                while (at < rows.Length && PostgresCheck.TryReadLength(data, server: true, out var length) && length <= data.Length)
                {
                    rows[at++] = FieldValue.From(ReadRow(data[PostgresCheck.HeaderLength..length], types));
                    data = data[length..];
                }
            }

            return rows;
        }
    }

    private static FieldValue[] ReadRow(ReadOnlySpan<byte> row, PostgresColumnType[] types)
    {
        var cursor = new PostgresCursor(row);
        var count = cursor.ReadInt16();
        var values = new List<FieldValue>(Math.Clamp(count, 0, 64));
        for (var i = 0; i < count; i++)
        {
            var size = cursor.ReadInt32();
            var value = cursor.ReadBytes(Math.Max(0, size));
            if (cursor.Failed) break;
            var type = i < types.Length ? types[i] : default;
            values.Add(size < 0 ? FieldValue.Null : FieldValue.From(PostgresValue.ToText(value, type.Type, type.IsBinary)));
        }

        return [.. values];
    }
}
