using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Wirehook.Dissection.Protocols.Mongo;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Protocols.Mongo;

/// <summary>Messages, pairing and BSON of MongoDB, by hand-made messages.</summary>
public class MongoTests
{
    [Fact]
    public void Responses_meet_requests_by_number_in_any_order()
    {
        var items = Play(c => c.Send(Direction.Forward, [.. Message(1, 0, Find("a")), .. Message(2, 0, Find("b"))]).Send(Direction.Reverse, [.. Message(11, 2, Ok()), .. Message(10, 1, Ok())]));
        Assert.Equal(["b=2", "a=1"], items.Select(i => i.GetProperty("request").GetProperty("collection").GetString() + "=" + i.GetProperty("response").GetProperty("responseTo").GetInt32()));
        Assert.All(items, i => Assert.True(i.GetProperty("response").GetProperty("success").GetBoolean()));
        Assert.Equal(("find", "shop"), (items[0].GetProperty("request").GetProperty("command").GetString(), items[0].GetProperty("request").GetProperty("database").GetString()));
    }

    [Fact]
    public void A_stream_of_responses_to_one_request_is_recognised()
    {
        var items = Play(c => c.Send(Direction.Forward, Message(1, 0, Find("a"), flags: 0x10000)).Send(Direction.Reverse, [.. Message(5, 1, Ok(), 2), .. Message(6, 5, Ok(), 2), .. Message(7, 6, Ok())]));
        Assert.Equal(3, items.Count);
        Assert.All(items, i => Assert.False(i.TryGetProperty("error", out _)));
    }

    [Fact]
    public void A_request_that_waits_for_long_keeps_its_content()
    {
        var conversation = new Conversation(serverPort: 27017);
        conversation.Send(Direction.Forward, Message(1, 0, Find("patient")));
        for (var i = 2; i < 400; i++) conversation.Send(Direction.Forward, Message(i, 0, Document(Element(2, "insert", Text(new string('x', 9000)))))).Send(Direction.Reverse, Message(1000 + i, i, Ok()));
        conversation.Send(Direction.Reverse, Message(9999, 1, Ok()));
        var last = JsonDocument.Parse(Conversation.ToJson(conversation.End()[^1])).RootElement;
        Assert.Equal(("patient", 9999), (last.GetProperty("request").GetProperty("collection").GetString(), last.GetProperty("response").GetProperty("requestId").GetInt32()));
    }

    [Theory]
    [InlineData(2001, "update")]
    [InlineData(2002, "insert")]
    [InlineData(2006, "delete")]
    public void Writes_of_old_name_their_collection_and_want_no_response(int opcode, string command)
    {
        byte[] name = [.. Encoding.ASCII.GetBytes("shop.orders"), 0];
        byte[] body = opcode == 2002 ? [.. new byte[4], .. name, .. Find("a")] : [.. new byte[4], .. name, .. new byte[4], .. Find("a"), .. Find("b")];
        var item = Play(c => c.Send(Direction.Forward, Raw(1, 0, opcode, body))).Single();
        var request = item.GetProperty("request");
        Assert.Equal((command, "shop", "orders"), (request.GetProperty("command").GetString(), request.GetProperty("database").GetString(), request.GetProperty("collection").GetString()));
        Assert.Equal("a", request.GetProperty("documents")[0].GetProperty("find").GetString());
        Assert.False(item.TryGetProperty("error", out _));
    }

    [Fact]
    public void Cursors_of_old_are_read()
    {
        byte[] name = [.. Encoding.ASCII.GetBytes("shop.orders"), 0];
        byte[] more = [.. new byte[4], .. name, .. new byte[4], .. BitConverter.GetBytes(77L)];
        byte[] reply = [.. BitConverter.GetBytes(1), .. BitConverter.GetBytes(0L), .. new byte[8]];
        var items = Play(c => c.Send(Direction.Forward, Raw(1, 0, 2005, more)).Send(Direction.Reverse, Raw(9, 1, 1, reply)).Send(Direction.Forward, Raw(2, 0, 2007, [.. new byte[4], 1, 0, 0, 0, .. BitConverter.GetBytes(77L)])));
        Assert.Equal(["getMore 77 False", "killCursors 77 "], items.Select(i => i.GetProperty("request").GetProperty("command").GetString() + " " + i.GetProperty("request").GetProperty("cursorId").GetString() + " "
            + (i.GetProperty("response").TryGetProperty("success", out var success) ? success.GetBoolean() : "")));
    }

    [Fact]
    public void Compressed_messages_show_what_is_inside_or_why_not()
    {
        byte[] inner = [0, 0, 0, 0, 0, .. Find("a")];
        byte[] Wrap(byte compressor) => [.. BitConverter.GetBytes(2013), .. BitConverter.GetBytes(inner.Length), compressor, .. inner];
        var items = Play(c => c.Send(Direction.Forward, [.. Raw(1, 0, 2012, Wrap(0)), .. Raw(2, 0, 2012, Wrap(2)), .. Raw(3, 0, 2012, Wrap(9))]));
        Assert.Equal(["noop find ", "zlib  The compressed content is damaged.", "9  The compressor is unknown."], items.Select(i => i.GetProperty("request")).Select(r =>
            r.GetProperty("compressor").GetString() + " " + r.GetProperty("command").GetString() + " " + (r.TryGetProperty("problem", out var problem) ? problem.GetString() : "")));
    }

    [Fact]
    public void A_request_that_wants_no_response_leaves_at_once()
    {
        var item = Play(c => c.Send(Direction.Forward, Message(1, 0, Find("a"), flags: 2))).Single();
        Assert.False(item.TryGetProperty("error", out _));
    }

    [Fact]
    public void Errors_are_named()
    {
        var error = Document(Element(1, "ok", new byte[8]), Element(2, "errmsg", Text("no")), Element(0x10, "code", BitConverter.GetBytes(26)), Element(2, "codeName", Text("NamespaceNotFound")));
        var response = Play(c => c.Send(Direction.Forward, Message(1, 0, Find("a"))).Send(Direction.Reverse, Message(2, 1, error))).Single().GetProperty("response");
        Assert.Equal((false, 26, "NamespaceNotFound", "no"), (response.GetProperty("success").GetBoolean(), response.GetProperty("errorCode").GetInt32(), response.GetProperty("errorCodeName").GetString(), response.GetProperty("errorMessage").GetString()));
    }

    [Fact]
    public void Behind_a_gap_numbers_still_pair()
    {
        var (first, second) = (Message(10, 1, Ok()), Message(11, 2, Ok()));
        var conversation = new Conversation(serverPort: 27017);
        conversation.Send(Direction.Forward, [.. Message(1, 0, Find("a")), .. Message(2, 0, Find("b"))]).Send(Direction.Reverse, first.AsSpan(0, 20)).Gap(Direction.Reverse, first.Length - 20).Send(Direction.Reverse, second);
        var items = conversation.End().Select(i => JsonDocument.Parse(Conversation.ToJson(i)).RootElement).ToList();
        Assert.Equal(["b", "a"], items.Select(i => i.GetProperty("request").GetProperty("collection").GetString()));
        Assert.Equal(11, items[0].GetProperty("response").GetProperty("requestId").GetInt32());
        Assert.False(items[1].GetProperty("response").TryGetProperty("requestId", out _));
    }

    [Theory]
    [InlineData(0x3040000000000000UL, 0UL, "0")]
    [InlineData(0x3040000000000000UL, 1UL, "1")]
    [InlineData(0xb040000000000000UL, 123UL, "-123")]
    [InlineData(0x303a000000000000UL, 12340UL, "12.340")]
    [InlineData(0x3034000000000000UL, 1UL, "0.000001")]
    [InlineData(0x3032000000000000UL, 1UL, "1E-7")]
    [InlineData(0x3044000000000000UL, 12UL, "1.2E+3")]
    [InlineData(0x7c00000000000000UL, 0UL, "NaN")]
    [InlineData(0xf800000000000000UL, 0UL, "-Infinity")]
    [InlineData(0x6c00000000000000UL, 5UL, "0E-32")]
    public void Decimals_are_written_as_the_specification_says(ulong high, ulong low, string expected)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, low);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), high);
        Assert.Equal(expected, BsonDecimal.ToText(bytes));
    }

    [Fact]
    public void Documents_within_documents_without_end_do_no_harm()
    {
        var document = Document();
        for (var i = 0; i < 200; i++) document = Document(Element(3, "a", document));
        var item = Play(c => c.Send(Direction.Forward, Message(1, 0, document))).Single();
        Assert.Contains("…", item.GetProperty("request").GetRawText());
    }

    [Theory]
    [InlineData(9999, true)]
    [InlineData(27017, true)]
    public void A_message_is_recognised_on_any_port_and_from_the_middle(int port, bool expected)
    {
        var conversation = new Conversation(handshake: false, serverPort: (ushort)port);
        conversation.Send(Direction.Reverse, [1, 2, 3, 4, 5, 200, 201]).Send(Direction.Reverse, Message(9, 4, Ok())).Send(Direction.Forward, Message(5, 0, Find("a"))).Send(Direction.Reverse, Message(10, 5, Ok()));
        var items = conversation.End();
        Assert.Equal(expected, items.Any(i => i.HasRequest && i.HasResponse && i.Protocol.Name == "mongodb"));
    }

    private static List<JsonElement> Play(Action<Conversation> act)
    {
        var conversation = new Conversation(serverPort: 27017);
        act(conversation);
        return [.. conversation.End().Select(i => JsonDocument.Parse(Conversation.ToJson(i), new JsonDocumentOptions { MaxDepth = 256 }).RootElement)];
    }

    private static byte[] Message(int id, int to, byte[] document, int flags = 0) => Raw(id, to, 2013, [.. BitConverter.GetBytes(flags), 0, .. document]);

    private static byte[] Raw(int id, int to, int opcode, byte[] body) =>
        [.. BitConverter.GetBytes(16 + body.Length), .. BitConverter.GetBytes(id), .. BitConverter.GetBytes(to), .. BitConverter.GetBytes(opcode), .. body];

    private static byte[] Find(string collection) => Document(Element(2, "find", Text(collection)), Element(2, "$db", Text("shop")));

    private static byte[] Ok() => Document(Element(1, "ok", BitConverter.GetBytes(1.0)));

    private static byte[] Text(string text) => [.. BitConverter.GetBytes(text.Length + 1), .. Encoding.ASCII.GetBytes(text), 0];

    private static byte[] Element(byte type, string name, byte[] value) => [type, .. Encoding.ASCII.GetBytes(name), 0, .. value];

    private static byte[] Document(params byte[][] elements)
    {
        byte[] content = [.. elements.SelectMany(e => e), 0];
        return [.. BitConverter.GetBytes(content.Length + 4), .. content];
    }
}
