using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;

namespace Wirehook.Dissection.Protocols.Cassandra;

/// <summary>A type of CQL (native_protocol_v4.spec §4.2.5.2), and how its values read as text (§6). Nested types are followed to a limit.</summary>
internal sealed class CassandraType
{
    private const int DeepestNesting = 6;
    private const int MostParts = 64;
    private const int MostElements = 1024;
    private readonly int _id;
    private readonly CassandraType[] _parts;
    private readonly string[] _names;

    private CassandraType(int id, string name, CassandraType[]? parts = null, string[]? names = null)
    {
        (_id, Name, _parts, _names) = (id, name, parts ?? [], names ?? []);
    }

    /// <summary>The type of values whose type was not told.</summary>
    public static CassandraType Unknown { get; } = new(-1, "");

    /// <summary>The type as CQL writes it, such as <c>map&lt;text, int&gt;</c>.</summary>
    public string Name { get; }

    /// <summary>Reads an [option].</summary>
    public static CassandraType Read(ref CassandraCursor cursor, int depth = 0)
    {
        var id = cursor.ReadShort();
        if (depth > DeepestNesting || cursor.Failed) return Unknown;
        switch (id)
        {
            case 0x00:
                return new CassandraType(id, cursor.ReadString());
            case 0x20 or 0x22:
                var element = Read(ref cursor, depth + 1);
                return new CassandraType(id, $"{(id == 0x20 ? "list" : "set")}<{element.Name}>", [element]);
            case 0x21:
                var (key, value) = (Read(ref cursor, depth + 1), Read(ref cursor, depth + 1));
                return new CassandraType(id, $"map<{key.Name}, {value.Name}>", [key, value]);
            case 0x30 or 0x31:
                return ReadParts(id, ref cursor, depth);
            default:
                return new CassandraType(id, ScalarName(id));
        }
    }

    /// <summary>A value as text.</summary>
    public string ToText(ReadOnlySpan<byte> value, int depth = 0)
    {
        if (depth > DeepestNesting) return "…";
        return _id switch
        {
            0x01 or 0x0a or 0x0d => Encoding.UTF8.GetString(value),
            0x02 or 0x05 when value.Length == 8 => Text(BinaryPrimitives.ReadInt64BigEndian(value)),
            0x04 when value.Length == 1 => value[0] != 0 ? "true" : "false",
            0x06 when value.Length >= 4 => DecimalText(value),
            0x07 when value.Length == 8 => BinaryPrimitives.ReadDoubleBigEndian(value).ToString("R", CultureInfo.InvariantCulture),
            0x08 when value.Length == 4 => BinaryPrimitives.ReadSingleBigEndian(value).ToString("R", CultureInfo.InvariantCulture),
            0x09 when value.Length == 4 => Text(BinaryPrimitives.ReadInt32BigEndian(value)),
            0x0b when value.Length == 8 => TimestampText(BinaryPrimitives.ReadInt64BigEndian(value)),
            0x0c or 0x0f when value.Length == 16 => new Guid(value, bigEndian: true).ToString("D"),
            0x0e when value.Length is > 0 and <= 64 => new BigInteger(value, isBigEndian: true).ToString(CultureInfo.InvariantCulture),
            0x10 when value.Length is 4 or 16 => new IPAddress(value).ToString(),
            0x11 when value.Length == 4 => DateText(BinaryPrimitives.ReadUInt32BigEndian(value)),
            0x12 when value.Length == 8 => TimeText(BinaryPrimitives.ReadInt64BigEndian(value)),
            0x13 when value.Length == 2 => Text(BinaryPrimitives.ReadInt16BigEndian(value)),
            0x14 when value.Length == 1 => Text((sbyte)value[0]),
            0x20 or 0x22 => ListText(value, depth),
            0x21 => MapText(value, depth),
            0x30 or 0x31 => PartsText(value, depth),
            -1 => GuessText(value),
            _ => Hexadecimal(value),
        };
    }

    private static CassandraType ReadParts(int id, ref CassandraCursor cursor, int depth)
    {
        var name = "";
        if (id == 0x30)
        {
            cursor.ReadShortBytes();
            name = cursor.ReadString();
        }

        var count = cursor.ReadShort();
        if (count > MostParts) return Unknown;
        var (parts, names) = (new CassandraType[count], new string[count]);
        for (var i = 0; i < count; i++)
        {
            names[i] = id == 0x30 ? cursor.ReadString() : "";
            parts[i] = Read(ref cursor, depth + 1);
        }

        return new CassandraType(id, id == 0x30 ? name : $"tuple<{string.Join(", ", parts.Select(static p => p.Name))}>", parts, id == 0x30 ? names : []);
    }

    private static string ScalarName(int id) => id switch
    {
        0x01 => "ascii",
        0x02 => "bigint",
        0x03 => "blob",
        0x04 => "boolean",
        0x05 => "counter",
        0x06 => "decimal",
        0x07 => "double",
        0x08 => "float",
        0x09 => "int",
        0x0a => "text",
        0x0b => "timestamp",
        0x0c => "uuid",
        0x0d => "text",
        0x0e => "varint",
        0x0f => "timeuuid",
        0x10 => "inet",
        0x11 => "date",
        0x12 => "time",
        0x13 => "smallint",
        0x14 => "tinyint",
        0x15 => "duration",
        _ => id.ToString(CultureInfo.InvariantCulture),
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Hexadecimal(ReadOnlySpan<byte> value) => "0x" + Convert.ToHexStringLower(value);

    /// <summary>Without a type, printable text reads as text and everything else as bytes.</summary>
    private static string GuessText(ReadOnlySpan<byte> value) =>
        System.Text.Unicode.Utf8.IsValid(value) && !value.ContainsAnyInRange((byte)0, (byte)8) && !value.ContainsAnyInRange((byte)14, (byte)31) ? Encoding.UTF8.GetString(value) : Hexadecimal(value);

    private static string DecimalText(ReadOnlySpan<byte> value)
    {
        var scale = BinaryPrimitives.ReadInt32BigEndian(value);
        if (value.Length is < 5 or > 68 || scale is < -1000 or > 1000) return Hexadecimal(value);
        var number = new BigInteger(value[4..], isBigEndian: true);
        if (scale <= 0) return (number * BigInteger.Pow(10, -scale)).ToString(CultureInfo.InvariantCulture);
        var digits = BigInteger.Abs(number).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return (number.Sign < 0 ? "-" : "") + digits[..^scale] + "." + digits[^scale..];
    }

    private static string TimestampText(long milliseconds) => milliseconds is > -62_135_596_800_000 and < 253_402_300_800_000
        ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) : Text(milliseconds);

    /// <summary>Days, of which 2³¹ is the first of 1970.</summary>
    private static string DateText(uint days)
    {
        var since = days - (1L << 31);
        return since is > -719_162 and < 2_932_896 ? new DateTime(1970, 1, 1).AddDays(since).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : Text(since);
    }

    private static string TimeText(long nanoseconds)
    {
        if (nanoseconds is < 0 or >= 86_400_000_000_000) return Text(nanoseconds);
        var seconds = nanoseconds / 1_000_000_000;
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}.{nanoseconds % 1_000_000_000:000000000}");
    }

    private string ListText(ReadOnlySpan<byte> value, int depth)
    {
        var cursor = new CassandraCursor(value);
        var count = Math.Min(cursor.ReadInt(), MostElements);
        var text = new StringBuilder(_id == 0x20 ? "[" : "{");
        for (var i = 0; i < count && !cursor.Failed; i++) AppendElement(text.Append(i > 0 ? ", " : ""), ref cursor, _parts[0], depth);
        return text.Append(_id == 0x20 ? ']' : '}').ToString();
    }

    private string MapText(ReadOnlySpan<byte> value, int depth)
    {
        var cursor = new CassandraCursor(value);
        var count = Math.Min(cursor.ReadInt(), MostElements);
        var text = new StringBuilder("{");
        for (var i = 0; i < count && !cursor.Failed; i++)
        {
            AppendElement(text.Append(i > 0 ? ", " : ""), ref cursor, _parts[0], depth);
            AppendElement(text.Append(": "), ref cursor, _parts[1], depth);
        }

        return text.Append('}').ToString();
    }

    private string PartsText(ReadOnlySpan<byte> value, int depth)
    {
        var cursor = new CassandraCursor(value);
        var text = new StringBuilder(_names.Length > 0 ? "{" : "(");
        for (var i = 0; i < _parts.Length && !cursor.Rest.IsEmpty; i++)
        {
            text.Append(i > 0 ? ", " : "");
            if (_names.Length > 0) text.Append(_names[i]).Append(": ");
            AppendElement(text, ref cursor, _parts[i], depth);
        }

        return text.Append(_names.Length > 0 ? '}' : ')').ToString();
    }

    private static void AppendElement(StringBuilder text, ref CassandraCursor cursor, CassandraType type, int depth)
    {
        var value = cursor.ReadBytes(out var length);
        if (cursor.Failed) return;
        if (length < 0) text.Append("null");
        else if (type._id is 0x01 or 0x0a or 0x0d) text.Append('\'').Append(Encoding.UTF8.GetString(value).Replace("'", "''", StringComparison.Ordinal)).Append('\'');
        else text.Append(type.ToText(value, depth + 1));
    }
}
