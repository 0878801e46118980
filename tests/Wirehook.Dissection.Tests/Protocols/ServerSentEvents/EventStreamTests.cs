using System.Text.Json;
using Wirehook.Dissection.Engine;
using Wirehook.Packets.Flows;
using static Wirehook.Dissection.Tests.Protocols.Http2.FrameBuilder;

namespace Wirehook.Dissection.Tests.Protocols.ServerSentEvents;

/// <summary>Events leave as they come, the response that carries them at its end.</summary>
public class EventStreamTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    [Fact]
    public void Events_are_items_while_the_response_is_open()
    {
        var c = new Conversation().Client("GET /events?x=1 HTTP/1.1\r\n\r\n").Server(Head + Chunk("\uFEFFretry: 10\n: comment\n\nevent: add\r\ndata: one\r\ndata:  two\r\nid: 7\r\n\r"));
        Assert.Single(c.Items);
        c.Server(Chunk("\ndata\n\n") + Chunk("data: par") + Chunk("tial\r\r"));
        Assert.Equal(["add|one\n two|7", "message||7", "message|partial|7"], Events(c));
        using var first = JsonDocument.Parse(c.Json[0]);
        Assert.Equal("/events", first.RootElement.GetProperty("request").GetProperty("path").GetString());
        Assert.Equal("sse", first.RootElement.GetProperty("protocol").GetProperty("name").GetString());
        c.Server("0\r\n\r\n");
        Assert.Equal(4, c.Items.Count);
        Assert.Equal("http", c.Items[3].Protocol.Name);
        Assert.Equal((1, 3), (c.Engine.Statistics.Single(s => s.Protocol == "http").Requests, c.Engine.Statistics.Single(s => s.Protocol == "sse").Responses));
    }

    [Fact]
    public void Any_slicing_gives_the_same_events()
    {
        const string Stream = "data: a\n\nid: 1\ndata: b\r\n\r\nevent: x\rdata: c\rdata: d\r\r";
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var c = new Conversation().Client("GET / HTTP/1.1\r\n\r\n").Server("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
            for (var at = 0; at < Stream.Length;)
            {
                var length = Math.Min(random.Next(1, 9), Stream.Length - at);
                c.Server(Stream.Substring(at, length));
                at += length;
            }

            Assert.Equal(["message|a|", "message|b|1", "x|c\nd|1"], Events(c));
        }
    }

    [Fact]
    public void Behind_a_gap_the_next_whole_event_follows()
    {
        var c = new Conversation().Client("GET / HTTP/1.1\r\n\r\n").Server("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nid: 1\ndata: a\n\ndata: lost").Gap(Direction.Reverse, 50).Server("rest\n\ndata: b\n\nid: 3\ndata: c\n\n");
        Assert.Equal(["message|a|1", "message|b|", "message|c|3"], Events(c));
    }

    [Fact]
    public void Over_HTTP2_they_come_as_well_and_large_ones_are_cut()
    {
        var c = new Conversation(new DissectionOptions { HeadLimit = 600 }).Send(Direction.Forward, [.. Preface, .. Settings, .. Request(1, "/feed")])
            .Send(Direction.Reverse, [.. Settings, .. Headers(1, false, (":status", "200"), ("content-type", "text/event-stream")), .. Data(1, "data: " + new string('x', 5000) + "\n\n", end: false)])
            .Send(Direction.Reverse, Data(1, "data: y\n\n", end: false));
        using var cut = JsonDocument.Parse(c.Json[0]);
        Assert.True(cut.RootElement.GetProperty("response").GetProperty("truncated").GetBoolean());
        Assert.False(c.Items[0].HasResponse);
        Assert.Equal("/feed", cut.RootElement.GetProperty("request").GetProperty("path").GetString());
        Assert.Equal(2, c.Items.Count);
        c.End();
        Assert.Equal(0, c.Engine.Memory.Bytes);
    }

    [Fact]
    public void What_a_stream_keeps_counts_against_memory()
    {
        var c = new Conversation().Client("GET / HTTP/1.1\r\n\r\n").Server("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
        var before = c.Engine.Memory.Bytes;
        c.Server("id: " + new string('i', 50_000) + "\ndata: a\n\n");
        Assert.InRange(c.Engine.Memory.Bytes - before, 100_000, 400_000);
        c.End();
        Assert.Equal(0, c.Engine.Memory.Bytes);
    }

    private static string Chunk(string data) => $"{System.Text.Encoding.UTF8.GetByteCount(data):x}\r\n{System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(data))}\r\n";

    private static string[] Events(Conversation c) => [.. c.Json.Select(j => JsonDocument.Parse(j).RootElement).Where(e => e.GetProperty("protocol").GetProperty("name").GetString() == "sse")
        .Select(e => e.GetProperty("response")).Select(e => $"{e.GetProperty("event")}|{e.GetProperty("data")}|{e.GetProperty("id")}")];
}
