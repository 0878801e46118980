using System.Text.Unicode;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>One record: key, value and headers, as text where they are UTF-8 and in base64 otherwise.</summary>
internal sealed class KafkaRecord(ReadOnlyMemory<byte> key, long keyLength, ReadOnlyMemory<byte> value, long valueLength) : Record
{
    private FieldValue[] _headers = [];

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("KafkaRecord", "One record.",
    [
        new("length", "number", "Bytes of the record behind its length.", static r => FieldValue.From(((KafkaRecord)r).Length)),
        new("attributes", "number", "Unused bit field; compression in old message sets.", static r => FieldValue.From(((KafkaRecord)r).Attributes)),
        new("timestampDelta", "number", "Milliseconds since the batch's first timestamp.", static r => Optional(((KafkaRecord)r).TimestampDelta), Optional: true),
        new("offsetDelta", "number", "Offset less the batch's first one.", static r => Optional(((KafkaRecord)r).OffsetDelta), Optional: true),
        new("timestamp", "number", "In old message sets: milliseconds since 1970 UTC.", static r => Optional(((KafkaRecord)r).Timestamp), Optional: true),
        new("offset", "number", "In old message sets: the offset; inside a compressed message of magic 1 it counts from 0.", static r => Optional(((KafkaRecord)r).Offset), Optional: true),
        new("keyLength", "number", "Bytes of the key; -1 where there is none.", static r => FieldValue.From(((KafkaRecord)r).KeyLength)),
        new("key", "string", "The key.", static r => Text(((KafkaRecord)r).Key)),
        new("keyEncoding", "string", "`base64` where the key is not UTF-8.", static r => Encoding(((KafkaRecord)r).Key), Optional: true),
        new("valueLen", "number", "Bytes of the value; -1 where there is none, which deletes the key.", static r => FieldValue.From(((KafkaRecord)r).ValueLength)),
        new("value", "string", "The value.", static r => Text(((KafkaRecord)r).Value)),
        new("valueEncoding", "string", "`base64` where the value is not UTF-8.", static r => Encoding(((KafkaRecord)r).Value), Optional: true),
        new("headers", "KafkaHeader[]", "Headers of the application.", static r => FieldValue.From(((KafkaRecord)r)._headers)),
    ], KafkaHeader.RecordType);

    /// <summary>Bytes of the record behind its length.</summary>
    public required long Length { get; init; }

    public required int Attributes { get; init; }

    public long? TimestampDelta { get; init; }

    public long? OffsetDelta { get; init; }

    public long? Timestamp { get; init; }

    public long? Offset { get; init; }

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private ReadOnlyMemory<byte> Key => key;

    private ReadOnlyMemory<byte> Value => value;

    private long KeyLength => keyLength;

    private long ValueLength => valueLength;

    /// <summary>Reads one record of a batch of magic 2 from <paramref name="reader"/>, which reads <paramref name="content"/>.</summary>
    public static bool TryRead(ref KafkaReader reader, ReadOnlyMemory<byte> content, KafkaBudget budget, out KafkaRecord? record)
    {
        record = null;
        var length = reader.Varint();
        var start = reader.Position;
        if (length < 0 || length > reader.Rest.Length) return false;
        var inner = content.Slice(start, (int)length);
        reader.Bytes((int)length);
        var fields = new KafkaReader(inner.Span);
        var attributes = (sbyte)fields.Byte();
        var (timestampDelta, offsetDelta) = (fields.Varint(), fields.Varint());
        var key = Take(ref fields, inner, out var keyLength);
        var value = Take(ref fields, inner, out var valueLength);
        record = new KafkaRecord(key, keyLength, value, valueLength)
        {
            Length = length,
            Attributes = attributes,
            TimestampDelta = timestampDelta,
            OffsetDelta = offsetDelta,
        };
        record._headers = ReadHeaders(ref fields, inner, budget);
        return fields.Ok;
    }

    /// <summary>The bytes as text where they are UTF-8, otherwise in base64.</summary>
    internal static FieldValue Text(ReadOnlyMemory<byte> bytes) =>
        FieldValue.From(Utf8.IsValid(bytes.Span) ? System.Text.Encoding.UTF8.GetString(bytes.Span) : Convert.ToBase64String(bytes.Span));

    /// <summary><c>base64</c> for bytes that are not UTF-8.</summary>
    internal static FieldValue Encoding(ReadOnlyMemory<byte> bytes) => Utf8.IsValid(bytes.Span) ? FieldValue.Absent : FieldValue.From("base64");

    private static FieldValue[] ReadHeaders(ref KafkaReader fields, ReadOnlyMemory<byte> inner, KafkaBudget budget)
    {
        var count = fields.Varint();
        if (count <= 0 || !fields.Ok) return [];
        var headers = new List<FieldValue>();
        for (var i = 0L; i < count && fields.Ok && budget.TakeValue(); i++)
        {
            var name = Take(ref fields, inner, out var nameLength);
            var value = Take(ref fields, inner, out var valueLength);
            if (fields.Ok) headers.Add(FieldValue.From(new KafkaHeader(name, nameLength, value, valueLength)));
        }

        return [.. headers];
    }

    private static ReadOnlyMemory<byte> Take(ref KafkaReader fields, ReadOnlyMemory<byte> inner, out long length)
    {
        length = fields.Varint();
        if (length <= 0) return default;
        var start = fields.Position;
        return fields.Bytes((int)Math.Min(length, int.MaxValue)).IsEmpty ? default : inner.Slice(start, (int)length);
    }

    private static FieldValue Optional(long? number) => number is { } value ? FieldValue.From(value) : FieldValue.Absent;
}
