using System.Buffers.Binary;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>
/// Old message sets (magic 0 and 1, before Kafka 0.11; kafka.apache.org/documentation/#messageset): messages with offset and length, of which a compressed one
/// wraps a message set.
/// </summary>
internal static class KafkaMessageSet
{
    private const int FrameLength = 12;
    private const int MagicOffset = 16;
    private const int AttributesOffset = 17;
    private const int ShortestMessage = 26;
    private const int CompressionMask = 7;

    /// <summary>Bytes of the whole messages of the same magic that begin <paramref name="data"/>; a compressed one stands alone.</summary>
    public static int Measure(ReadOnlySpan<byte> data)
    {
        var length = 0;
        while (data.Length - length > AttributesOffset)
        {
            var rest = data[length..];
            var compressed = (rest[AttributesOffset] & CompressionMask) != 0;
            if (rest[MagicOffset] != data[MagicOffset] || (compressed && length > 0)) break;
            var whole = KafkaRecordBatch.Whole(rest, ShortestMessage);
            if (whole == 0) break;
            length += whole;
            if (compressed) break;
        }

        return length;
    }

    /// <summary>Adds the messages of <paramref name="data"/>, those inside compressed ones in their place. Returns what is missing, or null.</summary>
    public static string? Read(ReadOnlyMemory<byte> data, KafkaBudget budget, List<FieldValue> records, bool nested = false)
    {
        string? problem = null;
        while (!data.IsEmpty && problem is null)
        {
            var whole = data.Length > AttributesOffset ? KafkaRecordBatch.Whole(data.Span, ShortestMessage) : 0;
            if (whole == 0) return "The message set is damaged or cut off.";
            if (!budget.TakeValue()) return "The message has more values than are read of one message.";
            problem = ReadMessage(data[..whole], budget, records, nested);
            data = data[whole..];
        }

        return problem;
    }

    private static string? ReadMessage(ReadOnlyMemory<byte> message, KafkaBudget budget, List<FieldValue> records, bool nested)
    {
        const string damaged = "A message of the message set is damaged.";
        var reader = new KafkaReader(message.Span);
        reader.Bytes(MagicOffset);
        var magic = reader.Byte();
        var attributes = reader.Byte();
        var timestamp = magic == 1 ? reader.Int64() : 0;
        var keyLength = reader.Int32();
        var key = Take(ref reader, message, keyLength);
        var valueLength = reader.Int32();
        var value = Take(ref reader, message, valueLength);
        if (!reader.IsAtEnd) return damaged;
        if ((attributes & CompressionMask) == 0)
        {
            var offset = BinaryPrimitives.ReadInt64BigEndian(message.Span);
            records.Add(FieldValue.From(new KafkaRecord(key, keyLength, value, valueLength) { Length = message.Length - FrameLength, Attributes = attributes, Offset = offset, Timestamp = timestamp }));
            return null;
        }

        // A wrapper inside a wrapper would let a peer choose the depth of the stack.
        if (nested) return damaged;
        var content = KafkaCompression.Open(value, attributes, budget, out var problem);
        return problem ?? Read(content, budget, records, nested: true);
    }

    private static ReadOnlyMemory<byte> Take(ref KafkaReader reader, ReadOnlyMemory<byte> message, int length)
    {
        if (length < 0) return default;
        var start = reader.Position;
        return reader.Bytes(length).IsEmpty ? default : message.Slice(start, length);
    }
}
