using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Mongo;

/// <summary>
/// BSON as relaxed Extended JSON v2 (MongoDB specifications, extended-json). Fields are sorted by name, as every map of an item is; of fields with the same
/// name the last one counts. 64-bit integers that a number cannot hold exactly keep their canonical form.
/// </summary>
internal static class BsonJson
{
    private const int DeepestNesting = 64;
    private const long LargestExact = 1L << 53;
    private static readonly long LatestDate = new DateTimeOffset(9999, 12, 31, 23, 59, 59, 999, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>A document as a map.</summary>
    public static FieldValue ToMap(ReadOnlySpan<byte> document) => FieldValue.From(ReadMap(document, 0));

    /// <summary>A document's elements by name.</summary>
    public static Dictionary<string, FieldValue> ToFields(ReadOnlySpan<byte> document, int depth = 0)
    {
        var fields = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        var reader = new BsonReader(document);
        while (reader.TryRead(out var element)) fields[Encoding.UTF8.GetString(element.Name)] = ToValue(element, depth);
        return fields;
    }

    /// <summary>A map of these fields.</summary>
    public static FieldMap ToMap(Dictionary<string, FieldValue> fields) => new([.. fields.Keys], [.. fields.Values]);

    private static FieldMap ReadMap(ReadOnlySpan<byte> document, int depth) => ToMap(ToFields(document, depth));

    private static FieldValue ToValue(in BsonElement element, int depth)
    {
        var value = element.Value;
        switch (element.Type)
        {
            case BsonType.Double:
                return FromDouble(BinaryPrimitives.ReadDoubleLittleEndian(value));
            case BsonType.String:
                return FieldValue.From(Encoding.UTF8.GetString(element.Text));
            case BsonType.Document:
                return depth < DeepestNesting ? FieldValue.From(ReadMap(value, depth + 1)) : FieldValue.From("…");
            case BsonType.Array:
                return depth < DeepestNesting ? FieldValue.From(ReadList(value, depth + 1)) : FieldValue.From("…");
            case BsonType.Boolean:
                return FieldValue.From(value[0] != 0);
            case BsonType.Null:
                return FieldValue.Null;
            case BsonType.Int32:
                return FieldValue.From(BinaryPrimitives.ReadInt32LittleEndian(value));
            case BsonType.Int64:
                return FromInt64(BinaryPrimitives.ReadInt64LittleEndian(value));
            case BsonType.Date:
                return FromDate(BinaryPrimitives.ReadInt64LittleEndian(value));
            default:
                return FromOther(element, depth);
        }
    }

    private static FieldValue FromOther(in BsonElement element, int depth)
    {
        var value = element.Value;
        switch (element.Type)
        {
            case BsonType.ObjectId:
                return Wrap("$oid", Convert.ToHexStringLower(value));
            case BsonType.Binary:
                return Wrap("$binary", ("base64", Text(Convert.ToBase64String(BinaryContent(value)))), ("subType", Text(value[4].ToString("x2", CultureInfo.InvariantCulture))));
            case BsonType.Undefined:
                return Wrap("$undefined", FieldValue.From(true));
            case BsonType.Regex:
                var end = value.IndexOf((byte)0);
                return Wrap("$regularExpression", ("options", Text(value[(end + 1)..^1])), ("pattern", Text(value[..end])));
            case BsonType.Pointer:
                return Wrap("$dbPointer", ("$id", Wrap("$oid", Convert.ToHexStringLower(value[^12..]))), ("$ref", Text(value[4..^13])));
            case BsonType.Code:
                return Wrap("$code", Text(element.Text));
            case BsonType.Symbol:
                return Wrap("$symbol", Text(element.Text));
            case BsonType.ScopedCode:
                return FromScopedCode(value, depth);
            case BsonType.Timestamp:
                return Wrap("$timestamp", ("i", FieldValue.From(BinaryPrimitives.ReadUInt32LittleEndian(value))), ("t", FieldValue.From(BinaryPrimitives.ReadUInt32LittleEndian(value[4..]))));
            case BsonType.Decimal128:
                return Wrap("$numberDecimal", BsonDecimal.ToText(value));
            case BsonType.MinKey:
                return Wrap("$minKey", FieldValue.From(1));
            case BsonType.MaxKey:
                return Wrap("$maxKey", FieldValue.From(1));
            default:
                return FieldValue.Null;
        }
    }

    private static List<FieldValue> ReadList(ReadOnlySpan<byte> array, int depth)
    {
        var list = new List<FieldValue>();
        var reader = new BsonReader(array);
        while (reader.TryRead(out var element)) list.Add(ToValue(element, depth));
        return list;
    }

    private static FieldValue FromDouble(double number)
    {
        if (double.IsFinite(number)) return FieldValue.From(number);
        return Wrap("$numberDouble", double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
    }

    private static FieldValue FromInt64(long number) =>
        number is >= -LargestExact and <= LargestExact ? FieldValue.From(number) : Wrap("$numberLong", number.ToString(CultureInfo.InvariantCulture));

    private static FieldValue FromDate(long milliseconds)
    {
        if (milliseconds < 0 || milliseconds > LatestDate) return Wrap("$date", Wrap("$numberLong", milliseconds.ToString(CultureInfo.InvariantCulture)));
        var format = milliseconds % 1000 == 0 ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:ss.fffZ";
        return Wrap("$date", DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString(format, CultureInfo.InvariantCulture));
    }

    /// <summary>Subtype 2 repeats the length within (bsonspec.org).</summary>
    private static ReadOnlySpan<byte> BinaryContent(ReadOnlySpan<byte> value) => value[4] == 2 && value.Length >= 9 ? value[9..] : value[5..];

    private static FieldValue FromScopedCode(ReadOnlySpan<byte> value, int depth)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(value[4..]);
        if (length < 1 || length > value.Length - 8) return FieldValue.Null;
        var scope = depth < DeepestNesting ? FieldValue.From(ReadMap(value[(8 + length)..], depth + 1)) : FieldValue.From("…");
        return FieldValue.From(new FieldMap(["$code", "$scope"], [Text(value.Slice(8, length - 1)), scope]));
    }

    private static FieldValue Text(ReadOnlySpan<byte> text) => FieldValue.From(Encoding.UTF8.GetString(text));

    private static FieldValue Text(string text) => FieldValue.From(text);

    private static FieldValue Wrap(string name, string value) => Wrap(name, FieldValue.From(value));

    private static FieldValue Wrap(string name, FieldValue value) => FieldValue.From(new FieldMap([name], [value]));

    private static FieldValue Wrap(string name, (string Name, FieldValue Value) first, (string Name, FieldValue Value) second) =>
        Wrap(name, FieldValue.From(new FieldMap([first.Name, second.Name], [first.Value, second.Value])));
}
