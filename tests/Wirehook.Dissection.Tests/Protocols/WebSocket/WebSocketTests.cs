using System.Text.Json;
using Wirehook.Dissection.Engine;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Protocols.WebSocket;

public class WebSocketTests
{
    private const uint Key = 0x37fa213d;

    [Fact]
    public void A_frame_has_the_shape_of_the_reference_on_the_side_that_sent_it()
    {
        var frames = Upgraded().Send(Direction.Forward, Frames.Text("Hello", Key)).Send(Direction.Reverse, Frames.Text("Hi"));
        frames.End();
        var (request, response) = (Parse(frames.Json[1]), Parse(frames.Json[2]));
        Assert.Equal(
            """{"encoding":"utf8","fin":true,"maskKey":939139389,"masked":true,"opCode":"Text","payload":"Hello","payloadLength":5,"rsv1":false,"rsv2":false,"rsv3":false}""",
            request.GetProperty("request").GetRawText());
        Assert.Equal("{}", request.GetProperty("response").GetRawText());
        Assert.Equal("{}", response.GetProperty("request").GetRawText());
        Assert.Equal("Hi", response.GetProperty("response").GetProperty("payload").GetString());
        Assert.Equal("10.0.0.1", response.GetProperty("src").GetProperty("ip").GetString());
        Assert.Equal((11, 4), (request.GetProperty("requestSize").GetInt32(), response.GetProperty("responseSize").GetInt32()));
        Assert.All(frames.Items.Skip(1), i => Assert.Null(i.Error));
    }

    [Theory]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65535)]
    [InlineData(65536)]
    public void Every_form_of_length_is_read_however_it_is_cut(int length)
    {
        var payload = new byte[length];
        new Random(length).NextBytes(payload);
        var frame = Frames.Of(0x82, payload, Key);
        var conversation = Upgraded();
        foreach (var piece in frame.Chunk(1000)) conversation.Send(Direction.Forward, piece, tick: false);
        conversation.Send(Direction.Forward, Frames.Text("after", Key)).End();
        Assert.Equal(Convert.ToBase64String(payload), Field(conversation.Json[1], "request", "payload"));
        Assert.Equal("after", Field(conversation.Json[2], "request", "payload"));
    }

    [Fact]
    public void The_last_fragment_carries_the_whole_message_and_control_frames_come_in_between()
    {
        var conversation = Upgraded()
            .Send(Direction.Reverse, Frames.Of(0x01, "Hel"u8)).Send(Direction.Reverse, Frames.Of(0x89, "?"u8)).Send(Direction.Reverse, Frames.Of(0x80, "lo"u8));
        conversation.End();
        Assert.Equal(["Text", "Ping", "Continuation"], conversation.Json.Skip(1).Select(j => Field(j, "response", "opCode")));
        Assert.Equal(
            """{"encoding":"utf8","frames":2,"opCode":"Text","payload":"Hello","payloadLength":5}""",
            Parse(conversation.Json[3]).GetProperty("response").GetProperty("message").GetRawText());
    }

    [Fact]
    public void A_close_frame_says_code_and_reason()
    {
        var conversation = Upgraded().Send(Direction.Forward, Frames.Of(0x88, [0x0f, 0xa1, .. "done"u8], Key));
        conversation.End();
        var close = Parse(conversation.Json[1]).GetProperty("request");
        Assert.Equal((4001, "done"), (close.GetProperty("closeCode").GetInt32(), close.GetProperty("closeReason").GetString()));
    }

    [Theory]
    [InlineData("permessage-deflate")]
    [InlineData("permessage-deflate; server_max_window_bits=15; client_max_window_bits=15")]
    public void Compressed_messages_expand_with_the_context_of_those_before(string extension)
    {
        var (client, server) = (new Frames.Deflater(), new Frames.Deflater());
        var conversation = Upgraded($"Sec-WebSocket-Extensions: {extension}\r\n");
        for (var i = 0; i < 20; i++)
        {
            conversation.Send(Direction.Forward, Frames.Of(0xc1, client.Compress($$"""{"id":{{i}},"text":"the same every time"}"""), Key));
            conversation.Send(Direction.Reverse, Frames.Of(0xc1, server.Compress($"answer {i} to the same every time")));
        }

        conversation.End();
        Assert.Equal(41, conversation.Items.Count);
        Assert.Equal("""{"id":19,"text":"the same every time"}""", Field(conversation.Json[39], "request", "payload"));
        Assert.Equal("answer 19 to the same every time", Field(conversation.Json[40], "response", "payload"));
        Assert.True(Parse(conversation.Json[39]).GetProperty("request").GetProperty("payloadLength").GetInt32() < 20);
        Assert.Equal(0, conversation.Engine.Memory.Bytes);
    }

    [Fact]
    public void What_a_message_expands_to_is_what_its_item_keeps()
    {
        var deflater = new Frames.Deflater();
        var (whole, parts) = (deflater.Compress(new string('a', 500_000)), deflater.Compress(new string('b', 500_000)));
        var conversation = Upgraded("Sec-WebSocket-Extensions: permessage-deflate\r\n").Send(Direction.Reverse, Frames.Of(0xc1, whole))
            .Send(Direction.Reverse, [.. Frames.Of(0x41, parts.AsSpan(0, 100)), .. Frames.Of(0x80, parts.AsSpan(100))]);
        Assert.Equal([true, false, true], conversation.Items.Where(i => i.Protocol.Name == "ws").Select(i => i.KeptBytes >= 500_000));
        Assert.All(conversation.Items, i => Assert.InRange(i.RequestSize + i.ResponseSize, 0, 5_000));
    }

    [Fact]
    public void Compressed_fragments_stay_as_they_are_and_their_message_expands()
    {
        var compressed = new Frames.Deflater().Compress("one two three four five six");
        var conversation = Upgraded("Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n")
            .Send(Direction.Reverse, Frames.Of(0x41, compressed.AsSpan(0, 4))).Send(Direction.Reverse, Frames.Of(0x80, compressed.AsSpan(4)));
        conversation.End();
        Assert.True(Parse(conversation.Json[1]).GetProperty("response").GetProperty("compressed").GetBoolean());
        Assert.Equal("one two three four five six", Parse(conversation.Json[2]).GetProperty("response").GetProperty("message").GetProperty("payload").GetString());
    }

    [Fact]
    public void From_the_middle_a_message_that_needs_an_unseen_one_says_so()
    {
        var deflater = new Frames.Deflater();
        deflater.Compress("a message that nobody captured");
        var conversation = new Conversation(handshake: false)
            .Send(Direction.Forward, Frames.Of(0xc1, deflater.Compress("a message that nobody captured, again"), Key))
            .Send(Direction.Forward, Frames.Text("but this is readable", Key));
        conversation.End();
        Assert.Equal("but this is readable", Field(conversation.Json[^1], "request", "payload"));
        conversation = Upgraded("Sec-WebSocket-Extensions: permessage-deflate\r\n").Gap(Direction.Forward, 100)
            .Send(Direction.Forward, [.. Frames.Text("readable text", Key), .. Frames.Of(0xc1, deflater.Compress("a message that nobody captured, again"), Key)]);
        conversation.End();
        Assert.Equal(("gap", true), (conversation.Items[^1].Error!.ErrorType, Parse(conversation.Json[^1]).GetProperty("request").GetProperty("compressed").GetBoolean()));
    }

    [Fact]
    public void A_gap_inside_a_frame_costs_that_frame_only()
    {
        var frame = Frames.Text(new string('x', 1000), Key);
        var conversation = Upgraded().Send(Direction.Forward, frame.AsSpan(0, 300)).Gap(Direction.Forward, 500).Send(Direction.Forward, frame.AsSpan(800))
            .Send(Direction.Forward, Frames.Of(0x82, [1, 2, 3], Key));
        conversation.End();
        Assert.Equal((3, false, "gap"), (conversation.Items.Count, conversation.Items[1].HasRequest, conversation.Items[1].Error!.ErrorType));
        Assert.Equal(292, Field(conversation.Json[1], "request", "payload").Length);
        Assert.Equal(("\u0001\u0002\u0003", true), (Field(conversation.Json[2], "request", "payload"), conversation.Items[2].HasRequest));
    }

    [Fact]
    public void A_frame_longer_than_may_wait_is_passed_over_and_what_follows_is_read()
    {
        var options = new DissectionOptions { BufferLimit = 64 << 10 };
        var conversation = Upgraded("", options);
        foreach (var piece in Frames.Of(0x82, new byte[300_000]).Chunk(1400)) conversation.Send(Direction.Reverse, piece);
        conversation.Send(Direction.Reverse, Frames.Text("next")).End();
        var frame = Parse(conversation.Json[1]).GetProperty("response");
        Assert.Equal((300_000, true), (frame.GetProperty("payloadLength").GetInt32(), frame.GetProperty("truncated").GetBoolean()));
        Assert.True(conversation.Items[1].HasResponse);
        Assert.Equal(300_000 - (16 << 10), conversation.Loss("body-limit"));
        Assert.Equal("next", Field(conversation.Json[2], "response", "payload"));
    }

    [Theory]
    [InlineData("a frame of text", true)]
    [InlineData("short", false)]
    public void Frames_from_the_middle_are_recognised_by_text(string text, bool recognised)
    {
        foreach (var key in (uint[])[0, Key])
        {
            var conversation = new Conversation(handshake: false, serverPort: 9).Send(key == 0 ? Direction.Reverse : Direction.Forward, Frames.Text(text, key));
            conversation.End();
            Assert.Equal(recognised ? 1 : 0, conversation.Items.Count);
        }
    }

    [Fact]
    public void Random_bytes_are_no_frames()
    {
        var random = new Random(5);
        for (var i = 0; i < 20_000; i++)
        {
            var data = new byte[random.Next(2, 100)];
            random.NextBytes(data);
            data[0] = (byte)(0x81 + random.Next(2));
            var conversation = new Conversation(handshake: false, serverPort: 9).Send((Direction)random.Next(2), data);
            conversation.End();
            Assert.Empty(conversation.Items);
        }
    }

    [Fact]
    public void What_binary_messages_carry_is_dissected_too()
    {
        var conversation = Upgraded("Sec-WebSocket-Protocol: v1\r\n")
            .Send(Direction.Forward, Frames.Of(0x82, "GET /inside HTTP/1.1\r\nHost: b\r\n\r\n"u8, Key))
            .Send(Direction.Reverse, Frames.Of(0x82, "HTTP/1.1 204 No Content\r\n\r\n"u8));
        conversation.End();
        Assert.Equal(["http", "ws", "ws", "http"], conversation.Items.Select(i => i.Protocol.Name));
        Assert.Equal("/inside", Field(conversation.Json[3], "request", "path"));
        Assert.Equal([0L, 1, 2, 3], conversation.Items.Select(i => i.Index));
    }

    private static Conversation Upgraded(string headers = "", DissectionOptions? options = null) => new Conversation(options).Client(Frames.Request).Server(Frames.Response(headers));

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    private static string Field(string json, string side, string field) => Parse(json).GetProperty(side).GetProperty(field).GetString()!;
}
