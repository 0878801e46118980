using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Wirehook.Dissection.Engine;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Protocols.Postgres;

/// <summary>A PostgreSQL connection made of hand-made messages.</summary>
internal sealed class PostgresSpeech
{
    public PostgresSpeech(ushort port = 5432, bool handshake = true, DissectionOptions? options = null) =>
        Conversation = new Conversation(options, handshake, port);

    public Conversation Conversation { get; }

    public JsonElement[] Items => [.. Conversation.Json.Select(j => JsonDocument.Parse(j).RootElement)];

    public static byte[] Message(char type, params byte[][] parts)
    {
        var body = parts.SelectMany(p => p).ToArray();
        return [(byte)type, .. Int32(body.Length + 4), .. body];
    }

    public static byte[] Startup(string user = "bob", string database = "shop")
    {
        byte[] body = [0, 3, 0, 0, .. Text("user"), .. Text(user), .. Text("database"), .. Text(database), 0];
        return [.. Int32(body.Length + 4), .. body];
    }

    public static byte[] Text(string text) => [.. Encoding.UTF8.GetBytes(text), 0];

    public static byte[] Int16(int value) => [(byte)(value >> 8), (byte)value];

    public static byte[] Int32(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Query(string text) => Message('Q', Text(text));

    public static byte[] Parse(string name, string query) => Message('P', Text(name), Text(query), Int16(0));

    public static byte[] Bind(string portal, string statement) => Message('B', Text(portal), Text(statement), Int16(0), Int16(0), Int16(0));

    public static byte[] Execute(string portal = "") => Message('E', Text(portal), Int32(0));

    public static byte[] Sync => Message('S');

    public static byte[] Ready(char status = 'I') => Message('Z', [(byte)status]);

    public static byte[] Done(string tag) => Message('C', Text(tag));

    public static byte[] Error(string code, string message, string severity = "ERROR") =>
        Message('E', Text("S" + severity), Text("V" + severity), Text("C" + code), Text("M" + message), [0]);

    public static byte[] Row(params byte[]?[] values) =>
        Message('D', [Int16(values.Length), .. values.Select(v => v is null ? Int32(-1) : [.. Int32(v.Length), .. v])]);

    public static byte[] Columns(params (string Name, int Type, int Format)[] columns) =>
        Message('T', [Int16(columns.Length), .. columns.Select(c => (byte[])[.. Text(c.Name), .. new byte[6], .. Int32(c.Type), .. new byte[6], .. Int16(c.Format)])]);

    public PostgresSpeech Client(params byte[][] messages) => Send(Direction.Forward, messages);

    public PostgresSpeech Server(params byte[][] messages) => Send(Direction.Reverse, messages);

    public JsonElement[] End(FlowEnd end = FlowEnd.Finished)
    {
        Conversation.End(end);
        Assert.Equal(0, Conversation.Engine.Memory.Bytes);
        return Items;
    }

    private PostgresSpeech Send(Direction direction, byte[][] messages)
    {
        Conversation.Send(direction, messages.SelectMany(m => m).ToArray());
        return this;
    }
}
