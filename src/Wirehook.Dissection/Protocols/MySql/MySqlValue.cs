using System.Globalization;

namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>Values in binary form (MySQL Internals, "Binary Protocol Value"), as the server would write them as text.</summary>
internal static class MySqlValue
{
    /// <summary>Reads a value of the column type <paramref name="type"/>.</summary>
    public static string ReadBinary(scoped ref MySqlCursor cursor, byte type, bool isUnsigned) => (MySqlType)type switch
    {
        MySqlType.Tiny => isUnsigned ? Text(cursor.ReadByte()) : Text((sbyte)cursor.ReadByte()),
        MySqlType.Short => isUnsigned ? Text((ushort)cursor.ReadInt16()) : Text((short)cursor.ReadInt16()),
        MySqlType.Year => Text((ushort)cursor.ReadInt16()),
        MySqlType.Long or MySqlType.Int24 => isUnsigned ? Text(cursor.ReadInt32()) : Text((int)cursor.ReadInt32()),
        MySqlType.LongLong => isUnsigned ? cursor.ReadInt64().ToString(CultureInfo.InvariantCulture) : Text((long)cursor.ReadInt64()),
        MySqlType.Float => BitConverter.UInt32BitsToSingle(cursor.ReadInt32()).ToString("R", CultureInfo.InvariantCulture),
        MySqlType.Double => BitConverter.UInt64BitsToDouble(cursor.ReadInt64()).ToString("R", CultureInfo.InvariantCulture),
        MySqlType.Date or MySqlType.DateTime or MySqlType.Timestamp => DateText(cursor.ReadBytes(cursor.ReadByte()), type == (byte)MySqlType.Date),
        MySqlType.Time => TimeText(cursor.ReadBytes(cursor.ReadByte())),
        MySqlType.Null => "",
        _ => MySqlText.ReadValue(cursor.ReadString()),
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string DateText(ReadOnlySpan<byte> value, bool isDate)
    {
        var cursor = new MySqlCursor(value);
        var date = string.Create(CultureInfo.InvariantCulture, $"{cursor.ReadInt16():0000}-{cursor.ReadByte():00}-{cursor.ReadByte():00}");
        if (isDate && value.Length <= 4) return date;
        return date + string.Create(CultureInfo.InvariantCulture, $" {cursor.ReadByte():00}:{cursor.ReadByte():00}:{cursor.ReadByte():00}") + Fraction(cursor.ReadInt32(), value.Length > 7);
    }

    private static string TimeText(ReadOnlySpan<byte> value)
    {
        var cursor = new MySqlCursor(value);
        var sign = cursor.ReadByte() == 1 ? "-" : "";
        var hours = (24L * cursor.ReadInt32()) + cursor.ReadByte();
        return sign + string.Create(CultureInfo.InvariantCulture, $"{hours:00}:{cursor.ReadByte():00}:{cursor.ReadByte():00}") + Fraction(cursor.ReadInt32(), value.Length > 8);
    }

    private static string Fraction(uint microseconds, bool isThere) => isThere ? "." + microseconds.ToString("D6", CultureInfo.InvariantCulture) : "";
}

/// <summary>Types of columns and parameters (MySQL Internals, "Column Type").</summary>
internal enum MySqlType : byte
{
    Decimal = 0x00,
    Tiny = 0x01,
    Short = 0x02,
    Long = 0x03,
    Float = 0x04,
    Double = 0x05,
    Null = 0x06,
    Timestamp = 0x07,
    LongLong = 0x08,
    Int24 = 0x09,
    Date = 0x0a,
    Time = 0x0b,
    DateTime = 0x0c,
    Year = 0x0d,
    VarChar = 0x0f,
    Bit = 0x10,
    Json = 0xf5,
    NewDecimal = 0xf6,
    Enum = 0xf7,
    Set = 0xf8,
    TinyBlob = 0xf9,
    MediumBlob = 0xfa,
    LongBlob = 0xfb,
    Blob = 0xfc,
    VarString = 0xfd,
    String = 0xfe,
    Geometry = 0xff,
}
