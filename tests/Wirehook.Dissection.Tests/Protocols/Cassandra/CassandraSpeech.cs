using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Wirehook.Dissection.Engine;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Protocols.Cassandra;

/// <summary>A CQL connection made of hand-made messages.</summary>
internal sealed class CassandraSpeech
{
    public CassandraSpeech(ushort port = 9042, bool handshake = true, DissectionOptions? options = null) =>
        Conversation = new Conversation(options, handshake, port);

    public Conversation Conversation { get; }

    public static byte[] Done => Int(1);

    public static byte[] Message(byte version, byte opcode, int stream, byte[] body, byte flags = 0) =>
        [version, flags, (byte)(stream >> 8), (byte)stream, opcode, .. Int(body.Length), .. body];

    public static byte[] Query(string text, int stream = 0, byte version = 4) => Message(version, 7, stream, [.. LongText(text), 0, 1, .. version >= 5 ? Int(0) : [0]]);

    public static byte[] Result(byte[] body, int stream = 0, byte version = 4) => Message((byte)(0x80 | version), 8, stream, body);

    public static byte[] Startup(byte version = 4, string? compression = null) => Message(version, 1, 0,
        compression is null ? [0, 1, .. Text("CQL_VERSION"), .. Text("3.0.0")] : [0, 2, .. Text("CQL_VERSION"), .. Text("3.0.0"), .. Text("COMPRESSION"), .. Text(compression)]);

    public static byte[] Ready(byte version = 4) => Message((byte)(0x80 | version), 2, 0, []);

    public static byte[] Rows(params string[] values) =>
        [.. Int(2), .. Int(1), .. Int(1), .. Text("shop"), .. Text("goods"), .. Text("name"), 0, 13, .. Int(values.Length), .. values.SelectMany(LongText)];

    public static byte[] Int(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    public static byte[] Text(string text) => [0, (byte)Encoding.UTF8.GetByteCount(text), .. Encoding.UTF8.GetBytes(text)];

    public static byte[] LongText(string text) => [.. Int(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    /// <summary>A segment of version 5; <paramref name="plain"/> is the length without compression, where there is compression.</summary>
    public static byte[] Segment(byte[] payload, bool selfContained = true, int? plain = null)
    {
        var bits = (uint)payload.Length + ((ulong)(uint)(plain ?? 0) << 17) + (selfContained ? 1UL << (plain is null ? 17 : 34) : 0);
        var length = plain is null ? 3 : 5;
        var header = Enumerable.Range(0, length).Select(i => (byte)(bits >> (8 * i))).ToArray();
        var checksum = header.Aggregate(0x875060u, static (sum, b) => Enumerable.Range(0, 8).Aggregate(sum ^ ((uint)b << 16), static (c, _) => (c << 1) ^ ((c & 0x800000) != 0 ? 0x1974f0bu : 0))) & 0xff_ffff;
        return [.. header, (byte)checksum, (byte)(checksum >> 8), (byte)(checksum >> 16), .. payload, 0, 0, 0, 0];
    }

    /// <summary>An LZ4 block of literals only.</summary>
    public static byte[] Lz4(byte[] content)
    {
        if (content.Length < 15) return [(byte)(content.Length << 4), .. content];
        var rest = content.Length - 15;
        return [0xf0, .. Enumerable.Repeat((byte)255, rest / 255), (byte)(rest % 255), .. content];
    }

    /// <summary>A snappy block of literals only.</summary>
    public static byte[] Snappy(byte[] content) => [(byte)content.Length, 0xf0, (byte)(content.Length - 1), .. content];

    public CassandraSpeech Client(params byte[][] messages) => Send(Direction.Forward, messages);

    public CassandraSpeech Server(params byte[][] messages) => Send(Direction.Reverse, messages);

    public JsonElement[] End(FlowEnd end = FlowEnd.Finished)
    {
        Conversation.End(end);
        Assert.Equal(0, Conversation.Engine.Memory.Bytes);
        return [.. Conversation.Json.Select(j => JsonDocument.Parse(j).RootElement)];
    }

    private CassandraSpeech Send(Direction direction, byte[][] messages)
    {
        Conversation.Send(direction, messages.SelectMany(m => m).ToArray());
        return this;
    }
}
