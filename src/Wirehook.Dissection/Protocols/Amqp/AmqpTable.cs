using System.Globalization;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Amqp;

/// <summary>Field tables and arrays (AMQP 0-9-1 §4.2.5.5), with the types that RabbitMQ and its clients write.</summary>
internal static class AmqpTable
{
    private const int DeepestNesting = 16;

    /// <summary>The table's entries by name; of a damaged table what comes before the damage.</summary>
    public static FieldMap Read(ReadOnlySpan<byte> table, int depth = 0)
    {
        if (table.IsEmpty) return FieldMap.Empty;
        var values = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        var reader = new AmqpReader(table);
        while (reader.HasMore)
        {
            var name = reader.ShortText();
            var value = ReadValue(ref reader, depth);
            if (reader.Failed) break;
            values[name] = value;
        }

        return new FieldMap([.. values.Keys], [.. values.Values]);
    }

    /// <summary>A time as RFC 3339 text in UTC, from seconds since 1970; year 1 where it is beyond the calendar.</summary>
    public static string TimeText(ulong seconds)
    {
        const ulong lastSecond = 253402300799;
        var time = seconds > lastSecond ? DateTimeOffset.MinValue : DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        return time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    private static FieldValue ReadValue(ref AmqpReader reader, int depth)
    {
        switch ((char)reader.Octet())
        {
            case 't': return FieldValue.From(reader.Octet() != 0);
            case 'b': return FieldValue.From((sbyte)reader.Octet());
            case 'B': return FieldValue.From(reader.Octet());
            case 's' or 'U': return FieldValue.From((short)reader.Short());
            case 'u': return FieldValue.From(reader.Short());
            case 'I': return FieldValue.From((int)reader.Long());
            case 'i': return FieldValue.From(reader.Long());
            case 'l' or 'L': return FieldValue.From((long)reader.LongLong());
            case 'f': return FieldValue.From(BitConverter.UInt32BitsToSingle(reader.Long()));
            case 'd': return FieldValue.From(BitConverter.UInt64BitsToDouble(reader.LongLong()));
            case 'D': return FieldValue.From(ReadDecimal(ref reader));
            case 'S': return FieldValue.From(reader.LongText());
            case 'x': return FieldValue.From(Convert.ToBase64String(reader.LongString()));
            case 'T': return FieldValue.From(TimeText(reader.LongLong()));
            case 'F': return ReadTable(reader.LongString(), depth);
            case 'A': return ReadArray(reader.LongString(), depth);
            case 'V': return FieldValue.Null;
            default:
                // A type without a known length: nothing after it can be read.
                reader.Bytes(uint.MaxValue);
                return FieldValue.Null;
        }
    }

    private static double ReadDecimal(ref AmqpReader reader)
    {
        var scale = reader.Octet();
        return (int)reader.Long() / Math.Pow(10, scale);
    }

    private static FieldValue ReadTable(ReadOnlySpan<byte> table, int depth) =>
        depth < DeepestNesting ? FieldValue.From(Read(table, depth + 1)) : FieldValue.Null;

    private static FieldValue ReadArray(ReadOnlySpan<byte> array, int depth)
    {
        if (depth >= DeepestNesting) return FieldValue.Null;
        var values = new List<FieldValue>();
        var reader = new AmqpReader(array);
        while (reader.HasMore)
        {
            var value = ReadValue(ref reader, depth + 1);
            if (reader.Failed) break;
            values.Add(value);
        }

        return FieldValue.From(values);
    }
}
