using System.Text.Json;
using Wirehook.Dissection.Engine;
using Wirehook.Packets.Flows;
using static Wirehook.Dissection.Tests.Protocols.Http2.FrameBuilder;

namespace Wirehook.Dissection.Tests.Protocols.Http2;

/// <summary>Connections that begin in the middle, or of which parts are missing, and peers that mean harm.</summary>
public class Http2LossTests
{
    [Fact]
    public void A_connection_is_recognised_in_its_middle_and_unknown_headers_are_counted()
    {
        // Indices 62 and 63 refer to entries that were inserted before the capture began.
        byte[] request = [0x82, 0x84, 0x80 | 62, 0x80 | 63, .. Literal(0x40, "x-new", "seen")];
        var c = new Conversation(handshake: false, serverPort: 4444).Send(Direction.Forward, Frame(1, EndHeaders | EndStream, 77, request))
            .Send(Direction.Reverse, [.. Response(77, 200), .. Data(77, "x")]).Send(Direction.Forward, Frame(1, EndHeaders | EndStream, 79, [0x82, 0x84, 0x80 | 62, 0x80 | 63]))
            .Send(Direction.Reverse, Response(79, 200, end: true));
        Assert.Equal(2, c.Items.Count);
        using var first = JsonDocument.Parse(c.Json[0]);
        Assert.Equal(2, first.RootElement.GetProperty("request").GetProperty("unknownHeaders").GetInt32());
        Assert.Equal("seen", first.RootElement.GetProperty("request").GetProperty("headers").GetProperty("X-New").GetString());
        using var second = JsonDocument.Parse(c.Json[1]);
        Assert.Equal("seen", second.RootElement.GetProperty("request").GetProperty("headers").GetProperty("X-New").GetString());
        Assert.Equal(1, second.RootElement.GetProperty("request").GetProperty("unknownHeaders").GetInt32());
        Assert.All(c.Items, i => Assert.True(i.HasRequest && i.HasResponse));
    }

    [Fact]
    public void Lost_bytes_inside_DATA_break_that_message_only()
    {
        var c = Open().Send(Direction.Forward, [.. Request(1, "/a"), .. Request(3, "/b")]);
        var data = Data(1, new string('x', 5000));
        c.Send(Direction.Reverse, [.. Response(1, 200), .. data[..1000]]).Gap(Direction.Reverse, 1448).Send(Direction.Reverse, [.. data[2448..], .. Response(3, 200), .. Data(3, "fine")]);
        Assert.Equal(2, c.Items.Count);
        Assert.Equal(("gap", false), (c.Items[0].Error!.ErrorType, c.Items[0].HasResponse));
        Assert.Contains("\"bodySize\":5000", c.Json[0], StringComparison.Ordinal);
        Assert.Null(c.Items[1].Error);
        Assert.Equal(0, c.Loss("resync"));
    }

    [Fact]
    public void Frames_are_found_again_behind_a_gap_and_the_table_is_forgotten()
    {
        var c = Open().Send(Direction.Forward, [.. Frame(1, EndHeaders | EndStream, 1, [0x82, 0x84, .. Literal(0x40, "x-a", "1")]), .. Request(3, "/b"), .. Request(5, "/c")])
            .Send(Direction.Reverse, Response(1, 200)).Gap(Direction.Reverse, 700)
            .Send(Direction.Reverse, [.. "tail of some data"u8, .. Response(5, 200), .. Data(5, "c")]).Gap(Direction.Forward, 50)
            .Send(Direction.Forward, Frame(1, EndHeaders | EndStream, 9, [0x82, 0x84, 0x80 | 62])).Send(Direction.Reverse, Response(9, 200, end: true));
        c.End();
        var paired = c.Items.Where(i => i.HasRequest && i.HasResponse).ToList();
        Assert.Equal(2, paired.Count);
        Assert.Contains("\"unknownHeaders\":1", Conversation.ToJson(paired[1]), StringComparison.Ordinal);
        Assert.DoesNotContain("X-A", Conversation.ToJson(paired[1]), StringComparison.Ordinal);
        Assert.Equal(4, c.Items.Count);
    }

    [Fact]
    public void One_direction_alone_gives_messages_alone()
    {
        var c = new Conversation(serverPort: 9999).Send(Direction.Reverse, [.. Settings, .. Response(1, 200), .. Data(1, "a"), .. Response(3, 200), .. Data(3, "b")]);
        Assert.Equal(2, c.End().Count);
        Assert.All(c.Items, i => Assert.True(i.Request is null && i.HasResponse));
        Assert.Equal(0, c.Engine.Memory.Bytes);
    }

    [Fact]
    public void The_servers_packet_may_be_seen_first()
    {
        var c = new Conversation(handshake: false).Send(Direction.Forward, [.. Settings, .. Response(7, 200), .. Data(7, "x")]).Send(Direction.Reverse, [.. Request(9, "/r")])
            .Send(Direction.Forward, Response(9, 200, end: true));
        c.End();
        var paired = Assert.Single(c.Items, i => i.HasRequest && i.HasResponse);
        Assert.Equal(Direction.Reverse, paired.RequestDirection);
        Assert.All(c.Items, i => Assert.Equal(Direction.Reverse, i.RequestDirection));
    }

    [Fact]
    public void Thousands_of_streams_are_bounded()
    {
        var c = new Conversation(new DissectionOptions { PendingLimit = 4 }).Send(Direction.Forward, [.. Preface, .. Settings]);
        for (var i = 0u; i < 500; i++) c.Send(Direction.Forward, Request((i * 2) + 1, "/" + i));
        Assert.Equal(500 - 64, c.Items.Count);
        Assert.Equal(500 - 64, c.Loss("pending-limit"));
        Assert.Equal(500, c.End().Count);
        Assert.Equal(0, c.Engine.Memory.Bytes);
    }

    [Fact]
    public void A_flood_of_continuations_keeps_no_more_than_the_limit()
    {
        var c = new Conversation(new DissectionOptions { HeadLimit = 4096 }).Send(Direction.Forward, [.. Preface, .. Settings, .. Frame(1, EndStream, 1, Block((":method", "GET"), (":path", "/")))]);
        for (var i = 0; i < 100; i++) c.Send(Direction.Forward, Frame(9, 0, 1, new byte[1000]));
        c.Send(Direction.Forward, [.. Frame(9, EndHeaders, 1), .. Request(3, "/next")]).Send(Direction.Reverse, [.. Settings, .. Response(3, 200, end: true)]);
        Assert.Contains(c.End(), i => i.HasRequest && i.HasResponse);
        Assert.Contains(c.Items, i => i.Error?.ErrorType == "dissection");
    }

    [Fact]
    public void A_table_that_memory_took_makes_headers_unknown_and_no_error()
    {
        var c = Open().Send(Direction.Forward, Frame(1, EndHeaders | EndStream, 1, [0x82, 0x84, .. Literal(0x40, "x-a", "1")])).Send(Direction.Reverse, Response(1, 200, end: true));
        Assert.NotEqual(0, c.Engine.Memory.Bytes);
        var small = new Conversation(new DissectionOptions { MemoryLimit = 1 }).Send(Direction.Forward, [.. Preface, .. Settings, .. Frame(1, EndHeaders | EndStream, 1, [0x82, 0x84, .. Literal(0x40, "x-a", "1")])]);
        small.Send(Direction.Forward, Frame(1, EndHeaders | EndStream, 3, [0x82, 0x84, 0x80 | 62])).Send(Direction.Reverse, [.. Settings, .. Response(3, 200, end: true)]);
        small.End();
        var late = small.Items.Single(i => i.Request is not null && Conversation.ToJson(i).Contains("unknownHeaders", StringComparison.Ordinal));
        Assert.NotEqual("dissection", late.Error?.ErrorType);
        Assert.Equal(0, small.Engine.Memory.Bytes);
    }

    [Fact]
    public void A_stream_that_memory_takes_ends_what_it_carries()
    {
        var c = new Conversation(new DissectionOptions { MemoryLimit = 4000 }).Send(Direction.Forward, [.. Preface, .. Settings]).Send(Direction.Reverse, Settings)
            .Send(Direction.Forward, Headers(1, false, (":method", "CONNECT"), (":protocol", "websocket"), (":path", "/chat"), (":authority", "h")))
            .Send(Direction.Reverse, Headers(1, false, (":status", "200"))).Send(Direction.Reverse, Frame(0, 0, 1, [0x02, 100, .. new byte[100]]))
            .Send(Direction.Forward, Request(3, "/", end: false, method: "POST")).Send(Direction.Forward, Data(3, new string('x', 8000), end: false));
        c.End();
        Assert.Contains(c.Items, i => i.Protocol.Name == "ws");
        Assert.Equal(0, c.Engine.Memory.Bytes);
    }

    [Fact]
    public void Trailers_count_against_memory()
    {
        var c = Open().Send(Direction.Forward, Request(1, "/", end: false, method: "POST"));
        var before = c.Engine.Memory.Bytes;
        c.Send(Direction.Forward, Headers(1, false, ("x-trailer", new string('t', 5000))));
        Assert.InRange(c.Engine.Memory.Bytes - before, 5000, 20_000);
    }

    [Fact]
    public void SETTINGS_in_the_middle_of_a_connection_do_not_begin_it()
    {
        var c = new Conversation(handshake: false).Send(Direction.Forward, [.. Settings, .. Frame(1, EndHeaders | EndStream, 77, [0x82, 0x84, 0x80 | 62])])
            .Send(Direction.Reverse, Response(77, 200, end: true));
        var item = Assert.Single(c.Items);
        Assert.Null(item.Error);
        Assert.Contains("\"unknownHeaders\":1", c.Json[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_flood_of_GOAWAY_is_not_followed()
    {
        var c = Open();
        for (var i = 0; i < 100; i++) c.Send(Direction.Reverse, Frame(7, 0, 0, [0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0]));
        c.Send(Direction.Forward, Request(5, "/a")).Send(Direction.Reverse, Frame(7, 0, 0, [0, 0, 0, 3, 0, 0, 0, 0]));
        Assert.Empty(c.Items);
        c.Send(Direction.Reverse, Response(5, 200, end: true));
        Assert.True(Assert.Single(c.End()).HasResponse);
    }

    [Fact]
    public void A_connection_without_end_of_damage_is_given_up()
    {
        var c = Open().Send(Direction.Forward, Request(1, "/a"));
        for (var i = 0; i < 2000; i++) c.Send(Direction.Reverse, [.. Frame(6, 0, 0, new byte[8]), .. "garbage"u8]);
        Assert.Single(c.Items);
        Assert.Equal(1, c.Loss("rejected-stream"));
        c.End();
        Assert.Equal(0, c.Engine.Memory.Bytes);
    }

    [Fact]
    public void Frames_that_are_none_are_not_HTTP2()
    {
        var c = new Conversation(serverPort: 9999).Client("\0\0\u0005\u0001 this is no frame at all");
        c.End();
        Assert.Empty(c.Items);
        Assert.Equal(1, c.Loss("unidentified-stream"));
    }

    [Fact]
    public void A_websocket_stream_is_handed_on_with_its_heads()
    {
        var c = Open().Send(Direction.Forward, Headers(1, false, (":method", "CONNECT"), (":protocol", "websocket"), (":scheme", "https"), (":path", "/chat"), (":authority", "h"), ("sec-websocket-version", "13")))
            .Send(Direction.Reverse, Headers(1, false, (":status", "200")));
        var item = Assert.Single(c.Items);
        Assert.True(item.HasRequest && item.HasResponse);
        Assert.Contains("\"path\":\"/chat\"", c.Json[0], StringComparison.Ordinal);
        c.Send(Direction.Forward, Frame(0, 0, 1, [0x81, 0x82, 1, 2, 3, 4, (byte)('h' ^ 1), (byte)('i' ^ 2)])).Send(Direction.Reverse, Frame(0, EndStream, 1, [0x88, 0]));
        c.Send(Direction.Forward, Frame(0, EndStream, 1, [0x88, 0x80, 0, 0, 0, 0]));
        c.End();
        Assert.Equal(["http", "ws", "ws", "ws"], c.Items.Select(i => i.Protocol.Name));
        Assert.Equal(0, c.Engine.Memory.Bytes);
    }

    private static Conversation Open() => new Conversation().Send(Direction.Forward, [.. Preface, .. Settings]).Send(Direction.Reverse, Settings);
}
