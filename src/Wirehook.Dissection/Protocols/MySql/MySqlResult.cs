using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>The result of one statement: columns, the first rows, the number of all rows.</summary>
internal sealed class MySqlResult(int columns, bool isBinary) : Record
{
    private KeptPieces _definitions;
    private KeptPieces _rows;
    private MySqlColumn[]? _columns;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("MySqlResult", "The result of one MySQL statement.",
    [
        new("columns", "MySqlColumn[]", "The columns; empty where they were not described.", static r => FieldValue.From((FieldValue[])[.. ((MySqlResult)r).Columns.Select(static c => FieldValue.From(c))])),
        new("rows", "(string | null)[][]", "The first rows, at most 20 and 64 KiB: values as text, those that are no UTF-8 as `0x` and hexadecimal digits. "
            + "Empty where the rows are binary and the columns are unknown.", static r => FieldValue.From(((MySqlResult)r).RowValues)),
        new("rowCount", "number", "How many rows came.", static r => FieldValue.From((double)((MySqlResult)r).RowCount)),
    ], MySqlColumn.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <summary>How many columns the server announced; 0 where it did not.</summary>
    public int ColumnCount => columns;

    /// <summary>How many rows came.</summary>
    public long RowCount { get; private set; }

    /// <summary>How many of them are kept.</summary>
    public int KeptRows { get; private set; }

    private MySqlColumn[] Columns => _columns ??= ReadColumns();

    /// <summary>The definition of one column came, or those of all; whole packets.</summary>
    public void AddColumn(ReadOnlyMemory<byte> packets) => _definitions.Add(packets);

    /// <summary>A row came; <paramref name="packet"/> is empty where it is only counted.</summary>
    public void AddRow(ReadOnlyMemory<byte> packet)
    {
        RowCount++;
        if (packet.IsEmpty) return;
        KeptRows++;
        _rows.Add(packet);
    }

    /// <summary>Rows came that are only counted.</summary>
    public void PassRows(int rows) => RowCount += rows;

    /// <summary>The definitions of all columns, in an array of their own.</summary>
    public byte[] CopyColumns()
    {
        var copy = new byte[_definitions.Length];
        for (int i = 0, at = 0; i < _definitions.Count; at += _definitions[i++].Length) _definitions[i].Span.CopyTo(copy.AsSpan(at));
        return copy;
    }

    /// <summary>Moves what it keeps to memory of its own, so that it holds no chunk that others have long left.</summary>
    public void Detach()
    {
        _definitions.Detach();
        _rows.Detach();
    }

    private MySqlColumn[] ReadColumns()
    {
        var read = new List<MySqlColumn>();
        for (var i = 0; i < _definitions.Count; i++)
        {
            var data = _definitions[i].Span;
            while (TryTake(ref data, out var payload)) read.Add(new MySqlColumn(payload));
        }

        return [.. read];
    }

    private FieldValue[] RowValues
    {
        get
        {
            if (isBinary && Columns.Length == 0) return [];
            var rows = new List<FieldValue>(KeptRows);
            for (var i = 0; i < _rows.Count; i++)
            {
                var data = _rows[i].Span;
                while (TryTake(ref data, out var payload)) rows.Add(FieldValue.From(isBinary ? ReadBinaryRow(payload) : ReadTextRow(payload)));
            }

            return [.. rows];
        }
    }

    private static bool TryTake(ref ReadOnlySpan<byte> packets, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (packets.Length < MySqlCheck.HeaderLength) return false;
        var end = MySqlCheck.HeaderLength + MySqlCheck.PayloadLength(packets);
        if (end > packets.Length) return false;
        payload = packets[MySqlCheck.HeaderLength..end];
        packets = packets[end..];
        return true;
    }

    private static FieldValue[] ReadTextRow(ReadOnlySpan<byte> row)
    {
        var values = new List<FieldValue>();
        var cursor = new MySqlCursor(row);
        while (!cursor.Rest.IsEmpty)
        {
            if (cursor.ReadNull())
            {
                values.Add(FieldValue.Null);
                continue;
            }

            var value = cursor.ReadString();
            if (cursor.Failed) break;
            values.Add(FieldValue.From(MySqlText.ReadValue(value)));
        }

        return [.. values];
    }

    private FieldValue[] ReadBinaryRow(ReadOnlySpan<byte> row)
    {
        var cursor = new MySqlCursor(row);
        cursor.ReadByte();
        var nulls = cursor.ReadBytes((Columns.Length + 7 + 2) / 8);
        var values = new List<FieldValue>(Columns.Length);
        for (var i = 0; i < Columns.Length && !nulls.IsEmpty; i++)
        {
            if ((nulls[(i + 2) / 8] & (1 << ((i + 2) % 8))) != 0)
            {
                values.Add(FieldValue.Null);
                continue;
            }

            var text = MySqlValue.ReadBinary(ref cursor, Columns[i].ColumnType, Columns[i].IsUnsigned);
            if (cursor.Failed) break;
            values.Add(FieldValue.From(text));
        }

        return [.. values];
    }
}
