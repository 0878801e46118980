using System.Text.Json;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Protocols.Memcached;

/// <summary>Framing, pairing and detection of memcached, by hand-made messages.</summary>
public class MemcachedTests
{
    [Fact]
    public void A_multi_get_is_one_response()
    {
        var item = Play(c => c.Client("get a b c\r\n").Server("VALUE a 1 3\r\nEND\r\nVALUE c 0 0\r\n\r\nEND\r\n")).Single();
        Assert.Equal("""["a","b","c"]""", item.GetProperty("request").GetProperty("keys").GetRawText());
        var values = item.GetProperty("response").GetProperty("values").EnumerateArray().ToList();
        Assert.Equal(["a=END", "c="], values.Select(v => v.GetProperty("key").GetString() + "=" + v.GetProperty("value").GetString()));
        Assert.Equal("END", item.GetProperty("response").GetProperty("status").GetString());
    }

    [Fact]
    public void Quiet_requests_without_answer_do_not_shift_the_order()
    {
        var items = Play(c => c.Client("mg a v q k\r\nmg b v q k\r\nmg c v q k\r\nmn\r\nget d\r\n").Server("VA 1 kb\r\nB\r\nMN\r\nEND\r\n"));
        Assert.Equal(["mg a v q k=>", "mg b v q k=>VA", "mg c v q k=>", "mn=>MN", "get d=>END"], items.Select(Line));
        Assert.All(items, i => Assert.False(i.TryGetProperty("error", out _)));
    }

    [Fact]
    public void A_quiet_answer_that_does_not_say_whose_it_is_is_given_to_nobody()
    {
        var items = Play(c => c.Client("mg a v q\r\nmg b v q\r\nmn\r\n").Server("VA 1\r\nX\r\nMN\r\n"));
        Assert.Contains("=>VA", items.Select(Line));
        Assert.Contains("mn=>MN", items.Select(Line));
        Assert.DoesNotContain("mg a v q=>VA", items.Select(Line));
        Assert.DoesNotContain("mg b v q=>VA", items.Select(Line));
    }

    [Fact]
    public void A_response_that_does_not_fit_ends_the_counting()
    {
        var items = Play(c => c.Client("get a\r\nset b 0 0 1\r\nx\r\n").Server("STORED\r\n"));
        Assert.DoesNotContain(items, i => Line(i) is "get a=>STORED");
        Assert.Contains(items, i => i.TryGetProperty("error", out var error) && error.GetProperty("type").GetString() == "dissection");
    }

    [Fact]
    public void Binary_responses_are_told_apart_by_operation_and_opaque()
    {
        var conversation = new Conversation(serverPort: 11211);
        conversation.Send(Direction.Forward, [.. Binary(0x80, 0x09, 1, "a"), .. Binary(0x80, 0x09, 2, "b"), .. Binary(0x80, 0x0a, 3, "")]);
        conversation.Send(Direction.Reverse, [.. Binary(0x81, 0x09, 2, "", "value", extras: 4), .. Binary(0x81, 0x0a, 3, "")]);
        var items = conversation.End().Select(i => JsonDocument.Parse(Conversation.ToJson(i)).RootElement).ToList();
        Assert.Equal(["a ", "b NO_ERROR", " NO_ERROR"], items.Select(i => i.GetProperty("request").GetProperty("key").GetString() + " " + (i.GetProperty("response").TryGetProperty("status", out var s) ? s.GetString() : "")));
        Assert.Equal("value", items[1].GetProperty("response").GetProperty("values")[0].GetProperty("value").GetString());
    }

    [Fact]
    public void A_value_with_a_hole_keeps_its_place()
    {
        var conversation = new Conversation(serverPort: 11211);
        conversation.Client("set a 0 0 20\r\n01234").Gap(Direction.Forward, 10).Client("56789\r\nget b\r\n").Server("STORED\r\nEND\r\n");
        var items = conversation.End().Select(i => JsonDocument.Parse(Conversation.ToJson(i)).RootElement).ToList();
        Assert.Equal(["set a 0 0 20=>STORED", "get b=>END"], items.Select(Line));
        Assert.Equal("gap", items[0].GetProperty("error").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("set a 0 0 1\r\nx\r\n", "STORED\r\n", 9999, true)]
    [InlineData("get a\r\n", "END\r\n", 9999, true)]
    [InlineData("get a\r\n", "hello\r\n", 9999, false)]
    [InlineData("GET / HTTP/1.0\r\n\r\n", "", 11211, false)]
    [InlineData("stats\r\n", "STAT pid 1\r\nEND\r\n", 9999, true)]
    [InlineData("version\r\n", "220 hello\r\n", 25, false)]
    [InlineData("", "END\r\n", 9999, false)]
    [InlineData("", "VALUE a 0 1\r\nx\r\nEND\r\n", 9999, true)]
    [InlineData("quit\r\n", "221 Bye\r\n", 21, false)]
    public void Memcached_is_recognised_by_its_structure(string client, string server, int port, bool expected)
    {
        var conversation = new Conversation(serverPort: (ushort)port);
        if (client.Length > 0) conversation.Client(client);
        if (server.Length > 0) conversation.Server(server);
        Assert.Equal(expected, conversation.End().Any(i => i.Protocol.Name == "memcached"));
    }

    private static List<JsonElement> Play(Action<Conversation> act)
    {
        var conversation = new Conversation(serverPort: 11211);
        act(conversation);
        return [.. conversation.End().Select(i => JsonDocument.Parse(Conversation.ToJson(i)).RootElement)];
    }

    private static string Line(JsonElement item) =>
        (item.GetProperty("request").TryGetProperty("line", out var line) ? line.GetString() : "") + "=>" + (item.GetProperty("response").TryGetProperty("status", out var status) ? status.GetString() : "");

    private static byte[] Binary(byte magic, byte opcode, byte opaque, string key, string value = "", int extras = 0)
    {
        var message = new byte[24 + extras + key.Length + value.Length];
        (message[0], message[1], message[3], message[4], message[11], message[15]) = (magic, opcode, (byte)key.Length, (byte)extras, (byte)(message.Length - 24), opaque);
        System.Text.Encoding.ASCII.GetBytes(key + value).CopyTo(message, 24 + extras);
        return message;
    }
}
