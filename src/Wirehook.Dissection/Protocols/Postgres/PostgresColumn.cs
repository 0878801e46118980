using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>What decides how a value reads: the type's object id, and whether it is sent in binary form.</summary>
internal readonly record struct PostgresColumnType(uint Type, bool IsBinary);

/// <summary>One column of a result.</summary>
internal sealed class PostgresColumn : Record
{
    private const int ColumnLimit = 1664;
    private readonly string _name;
    private readonly uint _type;

    private PostgresColumn(string name, uint type) => (_name, _type) = (name, type);

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("PostgresColumn", "A column of a PostgreSQL result.",
    [
        new("name", "string", "The column's name.", static r => FieldValue.From(((PostgresColumn)r)._name)),
        new("type", "string", "The type's name, such as `int4`, where it is one of the system's own; otherwise its object id.",
            static r => FieldValue.From(PostgresTypes.NameOf(((PostgresColumn)r)._type))),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <summary>The columns that the contents of RowDescription describe.</summary>
    public static FieldValue[] ReadAll(ReadOnlyMemory<byte> description)
    {
        var cursor = new PostgresCursor(description.Span);
        var count = cursor.ReadInt16();
        var columns = new List<FieldValue>(Math.Clamp(count, 0, 64));
        for (var i = 0; i < count && i < ColumnLimit; i++)
        {
            var name = cursor.ReadText();
            var type = ReadType(ref cursor);
            if (cursor.Failed) break;
            columns.Add(FieldValue.From(new PostgresColumn(PostgresText.Read(name), type.Type)));
        }

        return [.. columns];
    }

    /// <summary>The types of the columns that the contents of RowDescription describe.</summary>
    public static PostgresColumnType[] ReadTypes(ReadOnlySpan<byte> description)
    {
        if (description.IsEmpty) return [];
        var cursor = new PostgresCursor(description);
        var count = cursor.ReadInt16();
        var types = new List<PostgresColumnType>(Math.Clamp(count, 0, 64));
        for (var i = 0; i < count && i < ColumnLimit; i++)
        {
            cursor.ReadText();
            var type = ReadType(ref cursor);
            if (cursor.Failed) break;
            types.Add(type);
        }

        return [.. types];
    }

    /// <summary>Table, attribute, type, size, modifier and format of one column.</summary>
    private static PostgresColumnType ReadType(ref PostgresCursor cursor)
    {
        cursor.ReadBytes(6);
        var type = (uint)cursor.ReadInt32();
        cursor.ReadBytes(6);
        return new PostgresColumnType(type, cursor.ReadInt16() == 1);
    }
}
