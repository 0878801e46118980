using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Wirehook.Dissection.Engine;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Protocols.MySql;

/// <summary>A MySQL connection made of hand-made packets.</summary>
internal sealed class MySqlSpeech
{
    public const uint Classic = 0x0000_8200;
    public const uint DeprecateEof = 1 << 24;
    private const uint Everything = 0x0fff_ffff;

    public MySqlSpeech(ushort port = 3306, bool handshake = true, DissectionOptions? options = null) =>
        Conversation = new Conversation(options, handshake, port);

    public Conversation Conversation { get; }

    public static byte[] Ok => [0, 0, 0, 2, 0, 0, 0];

    public static byte[] Eof => [0xfe, 0, 0, 2, 0];

    public static byte[] Packet(int sequence, params byte[] payload) => [(byte)payload.Length, (byte)(payload.Length >> 8), (byte)(payload.Length >> 16), (byte)sequence, .. payload];

    /// <summary>Packets numbered on from 1, as an answer is.</summary>
    public static byte[] Answer(params byte[][] payloads) => [.. payloads.SelectMany((p, i) => Packet(i + 1, p))];

    public static byte[] Command(byte code, string text = "") => Packet(0, [code, .. Encoding.UTF8.GetBytes(text)]);

    public static byte[] Query(string text) => Command(3, text);

    public static byte[] Error(int code, string state, string message) => [0xff, (byte)code, (byte)(code >> 8), (byte)'#', .. Encoding.UTF8.GetBytes(state + message)];

    public static byte[] Text(string text) => [(byte)Encoding.UTF8.GetByteCount(text), .. Encoding.UTF8.GetBytes(text)];

    public static byte[] Column(string name, byte type = 0xfd) =>
        [.. Text("def"), .. Text("shop"), .. Text("goods"), .. Text("goods"), .. Text(name), .. Text(name), 12, 33, 0, 40, 0, 0, 0, type, 0, 0, 0, 0, 0];

    public static byte[] Greeting() =>
        Packet(0, [10, .. "8.0.36\0"u8, 7, 0, 0, 0, .. "abcdefgh"u8, 0, .. Little(Everything)[..2], 33, 2, 0, .. Little(Everything)[2..], 21, .. new byte[10], .. "ijklmnopqrst\0"u8,
            .. "mysql_native_password\0"u8]);

    public static byte[] Login(uint capabilities, int sequence = 1) =>
        Packet(sequence, [.. Little(capabilities), 0, 0, 0, 1, 33, .. new byte[23], .. "bob\0"u8, 6, .. "sesame"u8]);

    public static byte[] Little(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        return bytes;
    }

    /// <summary>A connection that is logged in with <paramref name="capabilities"/>.</summary>
    public MySqlSpeech LogIn(uint capabilities = Classic) => Server(Greeting()).Client(Login(capabilities)).Server(Packet(2, Ok));

    public MySqlSpeech Client(params byte[][] packets) => Send(Direction.Forward, packets);

    public MySqlSpeech Server(params byte[][] packets) => Send(Direction.Reverse, packets);

    public JsonElement[] End(FlowEnd end = FlowEnd.Finished)
    {
        Conversation.End(end);
        Assert.Equal(0, Conversation.Engine.Memory.Bytes);
        return [.. Conversation.Json.Select(j => JsonDocument.Parse(j).RootElement)];
    }

    private MySqlSpeech Send(Direction direction, byte[][] packets)
    {
        Conversation.Send(direction, packets.SelectMany(p => p).ToArray());
        return this;
    }
}
