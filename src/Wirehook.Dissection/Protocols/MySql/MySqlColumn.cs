using System.Globalization;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>One column of a result (MySQL Internals, "Protocol::ColumnDefinition41").</summary>
internal sealed class MySqlColumn : Record
{
    private const int BinaryCharset = 63;
    private const int FixedLength = 12;
    private const int UnsignedFlag = 0x20;
    private const int EnumFlag = 0x100;
    private const int SetFlag = 0x800;
    private readonly string _name;
    private readonly string _table;
    private readonly int _charset;
    private readonly int _flags;

    /// <summary>Reads the payload of a definition.</summary>
    public MySqlColumn(ReadOnlySpan<byte> payload)
    {
        var cursor = new MySqlCursor(payload);
        cursor.ReadString();
        cursor.ReadString();
        _table = MySqlText.Read(cursor.ReadString());
        cursor.ReadString();
        _name = MySqlText.Read(cursor.ReadString());
        cursor.ReadString();
        // MariaDB may put extended information in front of the fixed part, whose length stands before it.
        var length = cursor.ReadByte();
        if (length != FixedLength && cursor.Rest.Length > length + FixedLength) cursor.ReadBytes(length + 1);
        _charset = cursor.ReadInt16();
        cursor.ReadInt32();
        ColumnType = cursor.ReadByte();
        _flags = cursor.ReadInt16();
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("MySqlColumn", "A column of a MySQL result.",
    [
        new("name", "string", "The column's name, or its alias.", static r => FieldValue.From(((MySqlColumn)r)._name)),
        new("table", "string", "The table's name or its alias; empty for an expression.", static r => FieldValue.From(((MySqlColumn)r)._table)),
        new("type", "string", "The type, such as `int`, `bigint unsigned`, `varchar` or `datetime`.", static r => FieldValue.From(((MySqlColumn)r).TypeName)),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <summary>The number of its type.</summary>
    public byte ColumnType { get; }

    /// <summary>Whether its numbers have no sign.</summary>
    public bool IsUnsigned => (_flags & UnsignedFlag) != 0;

    private bool IsBinary => _charset == BinaryCharset;

    private string TypeName
    {
        get
        {
            var name = (MySqlType)ColumnType switch
            {
                MySqlType.Decimal or MySqlType.NewDecimal => "decimal",
                MySqlType.Tiny => "tinyint",
                MySqlType.Short => "smallint",
                MySqlType.Long => "int",
                MySqlType.Float => "float",
                MySqlType.Double => "double",
                MySqlType.Null => "null",
                MySqlType.Timestamp => "timestamp",
                MySqlType.LongLong => "bigint",
                MySqlType.Int24 => "mediumint",
                MySqlType.Date => "date",
                MySqlType.Time => "time",
                MySqlType.DateTime => "datetime",
                MySqlType.Year => "year",
                MySqlType.Bit => "bit",
                MySqlType.Json => "json",
                MySqlType.Geometry => "geometry",
                MySqlType.Enum => "enum",
                MySqlType.Set => "set",
                MySqlType.TinyBlob => IsBinary ? "tinyblob" : "tinytext",
                MySqlType.MediumBlob => IsBinary ? "mediumblob" : "mediumtext",
                MySqlType.LongBlob => IsBinary ? "longblob" : "longtext",
                MySqlType.Blob => IsBinary ? "blob" : "text",
                MySqlType.VarChar or MySqlType.VarString => IsBinary ? "varbinary" : "varchar",
                MySqlType.String => (_flags & EnumFlag) != 0 ? "enum" : (_flags & SetFlag) != 0 ? "set" : IsBinary ? "binary" : "char",
                _ => ColumnType.ToString(CultureInfo.InvariantCulture),
            };
            return IsUnsigned && (MySqlType)ColumnType is not (MySqlType.Year or MySqlType.Timestamp or MySqlType.Bit) ? name + " unsigned" : name;
        }
    }
}
