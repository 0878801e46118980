using System.Buffers.Binary;
using System.Text;
using Wirehook.Dissection.Protocols.Kafka;

namespace Wirehook.Dissection.Tests.Protocols.Kafka;

/// <summary>Messages made by hand or by the schemas, with random values.</summary>
internal static class KafkaMessages
{
    public static byte[] Request(short key, short version, int correlationId, string? clientId, byte[] body)
    {
        byte[] name = clientId is null ? [0xff, 0xff] : [.. Int16((short)clientId.Length), .. Encoding.ASCII.GetBytes(clientId)];
        byte[] tags = KafkaSchemas.Request(key, version) is { } schema && version >= schema.FirstFlexible ? [0] : [];
        return Sized([.. Int16(key), .. Int16(version), .. Int32(correlationId), .. name, .. tags, .. body]);
    }

    public static byte[] Response(int correlationId, byte[] body) => Sized([.. Int32(correlationId), .. body]);

    /// <summary>A heartbeat of version 0.</summary>
    public static byte[] Heartbeat(int correlationId, string clientId = "client") => Request(12, 0, correlationId, clientId, [.. Text("group"), .. Int32(1), .. Text("member")]);

    public static byte[] HeartbeatDone(int correlationId) => Response(correlationId, [0, 0]);

    /// <summary>A produce request of version 3 with one partition.</summary>
    public static byte[] Produce(int correlationId, short acks, byte[] records) => Request(0, 3, correlationId, "client",
        [0xff, 0xff, .. Int16(acks), .. Int32(1000), .. Int32(1), .. Text("topic"), .. Int32(1), .. Int32(0), .. Int32(records.Length), .. records]);

    /// <summary>A batch of magic 2 around records that are already encoded.</summary>
    public static byte[] Batch(short attributes, int count, byte[] records)
    {
        byte[] behindLength = [.. Int32(0), 2, .. Int32(0), .. Int16(attributes), .. Int32(count - 1), .. new byte[16], .. Int64(-1), .. Int16(-1), .. Int32(-1), .. Int32(count), .. records];
        return [.. Int64(0), .. Int32(behindLength.Length), .. behindLength];
    }

    /// <summary>A record whose value has <paramref name="length"/> bytes.</summary>
    public static byte[] Record(int length)
    {
        byte[] inner = [0, 0, 0, 1, .. Varint((ulong)length << 1), .. new byte[length], 0];
        return [.. Varint((ulong)inner.Length << 1), .. inner];
    }

    /// <summary>A body of random values by its schema, and how many values it has.</summary>
    public static byte[] Random(KafkaSchema schema, short version, Random random)
    {
        var output = new List<byte>();
        Write(output, schema.Fields, version, version >= schema.FirstFlexible, random);
        return [.. output];
    }

    public static byte[] Int16(short value) => [(byte)(value >> 8), (byte)value];

    public static byte[] Int32(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Int64(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Text(string text) => [.. Int16((short)text.Length), .. Encoding.ASCII.GetBytes(text)];

    public static byte[] Sized(byte[] content) => [.. Int32(content.Length), .. content];

    private static void Write(List<byte> output, KafkaField[] fields, short version, bool flexible, Random random)
    {
        foreach (var field in fields.Where(f => f.Tag < 0 && f.IsIn(version))) Write(output, field, version, flexible, random);
        if (!flexible) return;
        var tagged = fields.Where(f => f.Tag >= 0 && f.IsIn(version) && random.Next(2) == 0).OrderBy(f => f.Tag).ToList();
        output.AddRange(Varint((ulong)tagged.Count + 1));
        foreach (var field in tagged)
        {
            var content = new List<byte>();
            Write(content, field, version, flexible, random);
            output.AddRange([.. Varint((ulong)field.Tag), .. Varint((ulong)content.Count), .. content]);
        }

        // A tag that nobody knows.
        output.AddRange([100, 3, 1, 2, 3]);
    }

    private static void Write(List<byte> output, KafkaField field, short version, bool flexible, Random random)
    {
        if (!field.IsArray)
        {
            WriteOne(output, field, version, flexible, random);
            return;
        }

        var count = random.Next(-1, 4);
        output.AddRange(flexible ? Varint((ulong)(count + 1)) : Int32(count));
        for (var i = 0; i < count; i++) WriteOne(output, field, version, flexible, random);
    }

    private static void WriteOne(List<byte> output, KafkaField field, short version, bool flexible, Random random)
    {
        var size = field.Type switch { KafkaType.Bool or KafkaType.Int8 => 1, KafkaType.Int16 => 2, KafkaType.Int32 => 4, KafkaType.Int64 => 8, KafkaType.Uuid => 16, _ => 0 };
        if (field.Type == KafkaType.Struct)
        {
            Write(output, field.Fields, version, flexible, random);
            return;
        }

        if (size == 0)
        {
            size = field.Type == KafkaType.Records ? 0 : random.Next(0, 200);
            output.AddRange(flexible ? Varint((ulong)size + 1) : field.Type == KafkaType.String ? Int16((short)size) : Int32(size));
        }

        for (var i = 0; i < size; i++) output.Add(field.Name == "requiredAcks" ? (byte)0 : (byte)random.Next('a', 'z'));
    }

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
