using System.Text;
using System.Text.Json;
using Wirehook.Dissection.Engine;
using Wirehook.Packets.Flows;
using static Wirehook.Dissection.Tests.Protocols.Http2.FrameBuilder;

namespace Wirehook.Dissection.Tests.Protocols.Http2;

/// <summary>What the frames of a whole connection become.</summary>
public class Http2ConnectionTests
{
    [Fact]
    public void Interleaved_streams_pair_by_their_number()
    {
        var c = Open().Send(Direction.Forward, [.. Request(1, "/a"), .. Request(3, "/b?x=1")])
            .Send(Direction.Reverse, [.. Response(3, 201), .. Response(1, 200), .. Data(3, "bb"), .. Data(1, "a", end: false), .. Data(1, "aa")]);
        Assert.Equal(["/b 201 2", "/a 200 3"], Summary(c));
        using var json = JsonDocument.Parse(c.Json[0]);
        var request = json.RootElement.GetProperty("request");
        Assert.Equal("/b?x=1", request.GetProperty("url").GetString());
        Assert.Equal("1", request.GetProperty("queryString").GetProperty("x").GetString());
        Assert.Equal("HTTP/2.0", request.GetProperty("httpVersion").GetString());
        Assert.Equal("GET", request.GetProperty("headers").GetProperty(":method").GetString());
        Assert.Equal("text/plain", json.RootElement.GetProperty("response").GetProperty("headers").GetProperty("Content-Type").GetString());
        Assert.Equal("2.0", json.RootElement.GetProperty("protocol").GetProperty("version").GetString());
        Assert.Equal(2, c.Engine.Statistics.Single(s => s.Protocol == "http").Requests);
    }

    [Fact]
    public void Padding_priority_and_continuation_are_taken_off()
    {
        var block = Block((":method", "POST"), (":path", "/p"), ("cookie", "a=1"), ("cookie", "b=2"));
        byte[] headers = [.. Frame(1, Padded | Priority, 5, [3, 0, 0, 0, 0, 16, .. block[..7], 0, 0, 0]), .. Frame(9, 0, 5, block[7..20]), .. Frame(9, EndHeaders, 5, block[20..])];
        byte[] data = [.. Frame(0, Padded, 5, [4, .. "bo"u8, 0, 0, 0, 0]), .. Frame(0, EndStream, 5, [.. "dy"u8])];
        var c = Open().Send(Direction.Forward, [.. headers, .. data]).Send(Direction.Reverse, Response(5, 204, end: true));
        var item = Assert.Single(c.Items);
        using var json = JsonDocument.Parse(c.Json[0]);
        var request = json.RootElement.GetProperty("request");
        Assert.Equal("body", request.GetProperty("postData").GetProperty("text").GetString());
        Assert.Equal("a=1; b=2", request.GetProperty("headers").GetProperty("Cookie").GetString());
        Assert.Equal("2", request.GetProperty("cookies").GetProperty("b").GetString());
        Assert.Equal(headers.Length + data.Length, item.RequestSize);
        Assert.True(item.HasRequest && item.HasResponse && item.Error is null);
    }

    [Fact]
    public void Any_slicing_gives_the_same_items()
    {
        byte[] client = [.. Preface, .. Settings, .. Request(1, "/a"), .. Request(3, "/b", end: false), .. Data(3, "payload")];
        byte[] server = [.. Settings, .. Response(1, 200), .. Data(1, "one"), .. Response(3, 500), .. Data(3, "two", end: false), .. Headers(3, true, ("x-end", "yes"))];
        var whole = new Conversation().Send(Direction.Forward, client).Send(Direction.Reverse, server, tick: false).End().ConvertAll(Conversation.ToJson);
        for (var seed = 0; seed < 20; seed++)
        {
            var (random, c) = (new Random(seed), new Conversation());
            for (var at = 0; at < client.Length;) at += Feed(c, Direction.Forward, client, at, random, at == 0);
            for (var at = 0; at < server.Length;) at += Feed(c, Direction.Reverse, server, at, random, false);
            Assert.Equal(whole, c.End().ConvertAll(Conversation.ToJson));
        }
    }

    [Fact]
    public void Trailers_are_headers_of_the_message()
    {
        var c = Open().Send(Direction.Forward, Request(1, "/")).Send(Direction.Reverse, [.. Response(1, 200), .. Data(1, "x", end: false), .. Headers(1, true, ("grpc-like", "0"))]);
        Assert.Contains("\"Grpc-Like\":\"0\"", c.Json[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Interim_responses_are_counted_and_no_items()
    {
        var c = Open().Send(Direction.Forward, Request(1, "/")).Send(Direction.Reverse, [.. Response(1, 103), .. Response(1, 200), .. Data(1, "x")]);
        Assert.Equal(["/ 200 1"], Summary(c));
        Assert.Equal(2, c.Engine.Statistics.Single(s => s.Protocol == "http").Responses);
    }

    [Fact]
    public void A_reset_stream_says_who_and_why()
    {
        var c = Open().Send(Direction.Forward, Request(1, "/slow")).Send(Direction.Reverse, Response(1, 200)).Send(Direction.Forward, Frame(3, 0, 1, [0, 0, 0, 8]))
            .Send(Direction.Reverse, Data(1, "late"));
        var item = Assert.Single(c.End());
        Assert.Equal(("connection", "The client reset the stream: CANCEL."), (item.Error!.ErrorType, item.Error.Message));
        Assert.True(item.HasRequest && !item.HasResponse);
    }

    [Fact]
    public void Goaway_gives_up_what_the_server_has_not_processed()
    {
        var c = Open().Send(Direction.Forward, [.. Request(1, "/a"), .. Request(3, "/b")]).Send(Direction.Reverse, Frame(7, 0, 0, [0, 0, 0, 1, 0, 0, 0, 0xb]));
        Assert.Equal("The server closed the connection without processing the stream: ENHANCE_YOUR_CALM.", Assert.Single(c.Items).Error!.Message);
        c.Send(Direction.Reverse, [.. Response(1, 200), .. Data(1, "x")]);
        Assert.Null(c.Items[1].Error);
    }

    [Fact]
    public void A_promised_request_stands_beside_its_response_and_is_not_counted()
    {
        byte[] promise = [0, 0, 0, 2, .. Block((":method", "GET"), (":path", "/style.css"))];
        var c = Open().Send(Direction.Forward, Request(1, "/")).Send(Direction.Reverse, [.. Frame(5, EndHeaders, 1, promise), .. Response(1, 200), .. Data(1, "x"), .. Response(2, 200), .. Data(2, "css")]);
        Assert.Equal(["/ 200 1", "/style.css 200 3"], Summary(c));
        Assert.False(c.Items[1].HasRequest);
        Assert.Equal(c.Items[0].Source, c.Items[1].Source);
    }

    [Fact]
    public void An_upgraded_request_is_stream_1()
    {
        var c = new Conversation().Client("GET /up?q=1 HTTP/1.1\r\nHost: h\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n")
            .Server("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n")
            .Send(Direction.Reverse, [.. Settings, .. Response(1, 200), .. Data(1, "hello")]).Send(Direction.Forward, [.. Preface, .. Settings, .. Request(3, "/next")])
            .Send(Direction.Reverse, [.. Response(3, 404, end: true)]);
        Assert.Equal(["/up 101 0", "/up 200 5", "/next 404 0"], Summary(c));
        Assert.Equal(c.Items[0].Timestamp, c.Items[1].Timestamp);
        var http = c.Engine.Statistics.Single(s => s.Protocol == "http");
        Assert.Equal((2, 3), (http.Requests, http.Responses));
    }

    [Fact]
    public void A_late_request_leaves_and_its_response_comes_alone()
    {
        var c = new Conversation(new DissectionOptions { RequestTimeout = 3_000_000_000 }).Send(Direction.Forward, [.. Preface, .. Settings, .. Request(1, "/late")]);
        for (var i = 0; i < 5; i++) c.Engine.AdvanceTo(new Packets.Timestamp(c.Flow.Started.UnixNanoseconds + ((i + 1) * 1_000_000_000L)));
        Assert.Equal("timeout", Assert.Single(c.Items).Error!.ErrorType);
        c.Send(Direction.Reverse, [.. Settings, .. Response(1, 200, end: true)]);
        Assert.Equal("timeout", c.Items[1].Error!.ErrorType);
        Assert.Null(c.Items[1].Request);
        Assert.Empty(c.End().Skip(2));
        Assert.Equal(0, c.Engine.Memory.Bytes);
    }

    private static int Feed(Conversation c, Direction direction, byte[] bytes, int at, Random random, bool tick)
    {
        var length = Math.Min(random.Next(1, 40), bytes.Length - at);
        c.Send(direction, bytes.AsSpan(at, length), tick);
        return length;
    }

    private static Conversation Open() => new Conversation().Send(Direction.Forward, [.. Preface, .. Settings]).Send(Direction.Reverse, Settings);

    private static string[] Summary(Conversation c) => [.. c.Json.Select(j => JsonDocument.Parse(j).RootElement).Select(e => string.Join(' ',
        e.GetProperty("request").GetProperty("path"), e.GetProperty("response").GetProperty("status"), e.GetProperty("response").GetProperty("bodySize")))];
}
