using System.Text;
using System.Text.Json;
using Wirehook.Dissection.Engine;
using Wirehook.Packets.Flows;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Raw;

/// <summary>Payload as items: in order, beside the protocol's own items, and only when it is asked for.</summary>
public class RawTests
{
    private static readonly DissectionOptions Both = new() { Dissectors = ["tcp", "http"], BodyLimit = 1000 };

    [Fact]
    public void Each_piece_is_an_item_before_the_item_that_it_completes()
    {
        var items = new Conversation(Both).Client("GET / HTTP/1.1\r\nHost: a").Client("\r\n\r\n").Server("HTTP/1.1 204 No Content\r\n\r\n").End();
        Assert.Equal(["tcp", "tcp", "tcp", "http"], items.Select(i => i.Protocol.Name));
        Assert.Equal([0, 1, 2, 3], items.Select(i => (int)i.Index));
        var json = items.Select(i => JsonDocument.Parse(Conversation.ToJson(i)).RootElement).ToList();
        Assert.Equal("GET / HTTP/1.1\r\nHost: a\r\n\r\n", string.Concat(json.Take(2).Select(j => j.GetProperty("data").GetProperty("payload").GetString())));
        Assert.Equal(("10.0.0.99", "{}", "{}"), (json[2].GetProperty("src").GetProperty("ip").GetString(), json[2].GetProperty("request").GetRawText(), json[2].GetProperty("response").GetRawText()));
    }

    [Fact]
    public void Without_being_asked_for_there_are_none()
    {
        var items = new Conversation(new DissectionOptions()).Client("GET / HTTP/1.1\r\n\r\n").End();
        Assert.Equal(["http"], items.Select(i => i.Protocol.Name));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_base64_and_big_ones_are_cut()
    {
        var conversation = new Conversation(Both);
        conversation.Send(Direction.Forward, new byte[] { 0xFF, 0x00 }).Send(Direction.Forward, new byte[2000]);
        Assert.Equal("""{"encoding":"base64","length":2,"payload":"/wA="}""", Data(conversation.Json[0]).GetRawText());
        Assert.Equal((2000, true, 1000), (Data(conversation.Json[1]).GetProperty("length").GetInt32(), Data(conversation.Json[1]).GetProperty("truncated").GetBoolean(),
            Data(conversation.Json[1]).GetProperty("payload").GetString()!.Length));
        Assert.Equal(1000, conversation.Loss("body-limit"));
    }

    [Fact]
    public void The_piece_behind_a_gap_says_so()
    {
        var conversation = new Conversation(Both).Client("a");
        conversation.Gap(Direction.Forward, 5).Server("b").Client("c").Client("d");
        Assert.Equal([null, null, "gap", null], conversation.Items.Select(i => i.Error?.ErrorType));
    }

    [Fact]
    public void Datagrams_are_items_too_and_empty_ones_are_not()
    {
        var flow = new MessageFlow(options: new DissectionOptions { Dissectors = ["udp"] }).Send("10.0.0.1", 1000, "10.0.0.2", 2000, "hello"u8).Send("10.0.0.2", 2000, "10.0.0.1", 1000, []);
        Assert.Equal("hello", Assert.Single(flow.Json).GetProperty("data").GetProperty("payload").GetString());
        Assert.Equal("000000000001_udp.pcap", flow.Json[0].GetProperty("stream").GetString());
    }

    [Fact]
    public void A_capture_gives_every_byte_once_and_its_other_items_unchanged()
    {
        var path = Path.Combine(RepositoryFiles.Root, "samples", "captures", "http.pcap");
        var plain = CaptureReplay.Read(path).Items.Select(i => $"{i.Protocol.Name} {i.RequestSize} {i.ResponseSize}").ToList();
        var raw = CaptureReplay.Read(path, ["tcp", "http"]);
        Assert.Equal(plain, raw.Items.Where(i => i.Protocol.Name == "http").Select(i => $"{i.Protocol.Name} {i.RequestSize} {i.ResponseSize}"));
        const int interimResponse = 25;
        var bytes = raw.Items.Where(i => i.Protocol.Name == "tcp").Sum(i => i.RequestSize);
        Assert.Equal(raw.Items.Where(i => i.Protocol.Name == "http").Sum(i => i.RequestSize + i.ResponseSize) + interimResponse, bytes);
    }

    private static JsonElement Data(string json) => JsonDocument.Parse(json).RootElement.GetProperty("data");
}
