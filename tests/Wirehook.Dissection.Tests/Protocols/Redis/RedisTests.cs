using System.Text;
using System.Text.Json;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Protocols.Redis;

/// <summary>Framing, shapes and pairing of Redis, by hand-made messages.</summary>
public class RedisTests
{
    [Fact]
    public void Pipelined_commands_meet_their_replies()
    {
        var items = Play(c => c.Client(Command("SET", "a", "1") + Command("GET", "a") + Command("MGET", "a", "b", "c")).Server("+OK\r\n$1\r\n1\r\n*3\r\n$1\r\n1\r\n$-1\r\n:7\r\n"));
        Assert.Equal(["SET a 1", "GET a", "MGET a b c"], items.Select(i => Request(i, "line")));
        Assert.Equal("OK", Response(items[0], "keyword"));
        Assert.Equal("1", Response(items[1], "value"));
        Assert.Equal("[1, nil, 7]", Response(items[2], "value"));
        Assert.Equal("""["1",null,7]""", items[2].GetProperty("response").GetProperty("elements").GetRawText());
        Assert.Equal("[b, c]", Request(items[2], "value"));
        Assert.Equal(35, items[2].GetProperty("requestSize").GetInt32());
    }

    [Fact]
    public void Errors_carry_their_class_and_code()
    {
        var item = Play(c => c.Client(Command("EVALSHA", "x", "0")).Server("-NOSCRIPT No matching script.\r\n")).Single();
        Assert.Equal(("Error", "NoScriptError: NOSCRIPT No matching script.", "NOSCRIPT"), (Response(item, "type"), Response(item, "value"), Response(item, "error")));
    }

    [Fact]
    public void Binary_strings_are_base64()
    {
        var item = Play(c => c.Client(Command("SET", "k", "\u00ff\u00fe")).Server("+OK\r\n")).Single();
        Assert.Equal(("//4=", "base64"), (Request(item, "value"), Request(item, "encoding")));
    }

    [Fact]
    public void Further_confirmations_of_one_command_do_not_answer_another()
    {
        static string Confirm(string kind, string channel, int count) => $"*3\r\n${kind.Length}\r\n{kind}\r\n${channel.Length}\r\n{channel}\r\n:{count}\r\n";
        var items = Play(c => c.Client(Command("SUBSCRIBE", "a", "b")).Server(Confirm("subscribe", "a", 1) + Confirm("subscribe", "b", 2))
            .Client(Command("UNSUBSCRIBE") + Command("Subscribe", "c") + "unsubscribe\r\n")
            .Server(Confirm("unsubscribe", "a", 1) + Confirm("unsubscribe", "b", 0) + Confirm("subscribe", "c", 1) + Confirm("unsubscribe", "c", 0)));
        Assert.Equal(["SUBSCRIBE a b=>a", "=>b", "UNSUBSCRIBE=>a", "=>b", "SUBSCRIBE c=>c", "UNSUBSCRIBE=>c"], items.Select(i => Request(i, "line").Replace("Subscribe", "SUBSCRIBE").Replace("unsubscribe", "UNSUBSCRIBE")
            + "=>" + Response(i, "key")));
    }

    [Fact]
    public void A_subscription_of_many_channels_is_confirmed_many_times()
    {
        static string Confirm(string kind, string channel, int count) => $"*3\r\n${kind.Length}\r\n{kind}\r\n${channel.Length}\r\n{channel}\r\n:{count}\r\n";
        var items = Play(c => c.Client(Command("SUBSCRIBE", "a", "b") + Command("SUBSCRIBE", "c"))
            .Server(Confirm("subscribe", "a", 1) + Confirm("subscribe", "b", 2) + "*3\r\n$7\r\nmessage\r\n$1\r\na\r\n$2\r\nhi\r\n" + Confirm("subscribe", "c", 3))
            .Client(Command("UNSUBSCRIBE")).Server(Confirm("unsubscribe", "a", 2) + Confirm("unsubscribe", "b", 1) + Confirm("unsubscribe", "c", 0))
            .Client(Command("LRANGE", "l", "0", "2")).Server("*3\r\n$7\r\nmessage\r\n$1\r\na\r\n$2\r\nhi\r\n"));
        Assert.Equal(["SUBSCRIBE a b=>a", "=>b", "=>a", "SUBSCRIBE c=>c", "UNSUBSCRIBE=>a", "=>b", "=>c", "LRANGE l 0 2=>a"], items.Select(i => Request(i, "line") + "=>" + Response(i, "key")));
        Assert.All(items, i => Assert.False(i.TryGetProperty("error", out _)));
    }

    [Fact]
    public void Commands_without_reply_take_no_one_elses()
    {
        var items = Play(c => c.Client(Command("CLIENT", "REPLY", "SKIP") + Command("INCR", "a") + Command("GET", "a")).Server("$1\r\n1\r\n")
            .Client(Command("CLIENT", "REPLY", "OFF") + Command("INCR", "a") + Command("CLIENT", "REPLY", "ON") + Command("GET", "a")).Server("+OK\r\n$1\r\n2\r\n"));
        Assert.Equal(["", "", "1", "", "", "OK", "2"], items.Select(i => Response(i, "value") + Response(i, "keyword")));
    }

    [Fact]
    public void Streamed_strings_and_aggregates_of_unknown_length_end_at_their_mark()
    {
        var items = Play(c => c.Client(Command("HELLO", "3") + Command("GET", "s") + Command("GET", "t"))
            .Server("%?\r\n+a\r\n:1\r\n+b\r\n*?\r\n:2\r\n:3\r\n.\r\n.\r\n$?\r\n;4\r\nHell\r\n;1\r\no\r\n;0\r\n|1\r\n+ttl\r\n:5\r\n,1.5\r\n"));
        Assert.Equal(["[a, 1, b, [2, 3]]", "Hello", "1.5"], items.Select(i => Response(i, "value")));
        Assert.Equal("""["ttl",5]""", items[2].GetProperty("response").GetProperty("attributes").GetRawText());
    }

    [Fact]
    public void A_missing_part_of_a_value_leaves_the_order_intact()
    {
        var conversation = new Conversation(serverPort: 6379);
        conversation.Client(Command("GET", "a") + Command("GET", "b")).Server("$10\r\n012").Gap(Direction.Reverse, 5).Server("89\r\n$1\r\nB\r\n");
        var items = conversation.End().Select(Parse).ToList();
        Assert.Equal("gap", items[0].GetProperty("error").GetProperty("type").GetString());
        Assert.Equal(("GET b", "B"), (Request(items[1], "line"), Response(items[1], "value")));
    }

    [Fact]
    public void Behind_a_gap_replies_stand_alone_until_the_order_is_known()
    {
        var conversation = new Conversation(serverPort: 6379);
        conversation.Client(Command("GET", "a")).Gap(Direction.Reverse, 40).Client(Command("GET", "b")).Server("$1\r\nB\r\n");
        var items = conversation.End().Select(Parse).ToList();
        Assert.Equal(["GET a=>", "GET b=>B"], items.Select(i => Request(i, "line") + "=>" + Response(i, "value")));
    }

    [Fact]
    public void A_huge_value_is_cut_and_what_follows_is_read()
    {
        var conversation = new Conversation(serverPort: 6379);
        conversation.Client(Command("GET", "a") + Command("PING")).Server("$5000000\r\n");
        for (var i = 0; i < 500; i++) conversation.Server(new string('x', 10_000));
        var items = conversation.Server("\r\n+PONG\r\n").End().Select(Parse).ToList();
        Assert.True(items[0].GetProperty("response").GetProperty("truncated").GetBoolean());
        Assert.InRange(Response(items[0], "value").Length, 60_000, 70_000);
        Assert.Equal(5_000_012, items[0].GetProperty("responseSize").GetInt64());
        Assert.Equal("PONG", Response(items[1], "keyword"));
        Assert.Equal(0, conversation.Engine.Memory.Bytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Thousands_of_commands_sent_before_any_reply_meet_their_own(int seed)
    {
        const int count = 5000;
        var random = new Random(seed);
        var (commands, replies) = (new StringBuilder(), new StringBuilder());
        for (var i = 0; i < count; i++)
        {
            commands.Append(Command("ECHO", $"{i}"));
            replies.Append($"${$"{i}".Length}\r\n{i}\r\n");
        }

        var conversation = new Conversation(serverPort: 6379);
        Slice(commands.ToString(), random, 3000, c => conversation.Client(c));
        Slice(replies.ToString(), random, seed * 9000, c => conversation.Server(c));
        var items = conversation.End();
        Assert.Equal(count, items.Count);
        Assert.All(items, i => Assert.True(i.HasRequest && i.HasResponse));
        var texts = items.Select(Parse).ToList();
        Assert.All(texts, t => Assert.Equal(Request(t, "key"), Response(t, "value")));
        Assert.Equal(items.Select(i => i.Timestamp.UnixNanoseconds).Order(), items.Select(i => i.Timestamp.UnixNanoseconds));
        Assert.True(items[^1].Timestamp.UnixNanoseconds - items[0].Timestamp.UnixNanoseconds <= commands.Length * 1_000_000L / 1000);
        Assert.Equal(0, conversation.Engine.Memory.Bytes);
    }

    [Fact]
    public void Thousands_of_commands_without_any_reply_all_leave()
    {
        var conversation = new Conversation(serverPort: 6379);
        for (var i = 0; i < 3000; i++) conversation.Client(Command("INCR", "a"));
        Assert.Equal(3000, conversation.EndOf(Direction.Forward).End().Count);
        Assert.Equal(0, conversation.Engine.Memory.Bytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Messages_around_the_limit_keep_their_sizes_however_they_are_cut(int seed)
    {
        var random = new Random(seed);
        var (commands, replies, sizes) = (new StringBuilder(), new StringBuilder(), new List<long>());
        for (var i = 0; i < 40; i++)
        {
            var reply = random.Next(2) == 0 ? $"${1000 + i}\r\n{new string('x', 1000 + i)}\r\n" : $"*2\r\n$5\r\nhello\r\n${i * 60}\r\n{new string('y', i * 60)}\r\n";
            commands.Append(Command("GET", "a"));
            replies.Append(reply);
            sizes.Add(reply.Length);
        }

        var conversation = new Conversation(new Wirehook.Dissection.Engine.DissectionOptions { BodyLimit = 1024 }, serverPort: 6379);
        conversation.Client(commands.ToString());
        Slice(replies.ToString(), random, 200, c => conversation.Server(c));
        Assert.Equal(sizes, conversation.End().Select(i => i.ResponseSize));
        Assert.All(conversation.Items, i => Assert.Null(i.Error));
    }

    [Theory]
    [InlineData("*1\r\n$4\r\nPING\r\n", "+PONG\r\n", 9999, true)]
    [InlineData("PING\r\n", "+PONG\r\n", 9999, true)]
    [InlineData("GET a\r\n", "$1\r\n1\r\n", 6379, true)]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n", 6379, false)]
    [InlineData("USER joe\r\n", "+OK POP3 ready\r\n", 110, false)]
    [InlineData("*3\r\n$4\r\nwrong", "", 9999, false)]
    [InlineData("", "+OK\r\n", 110, false)]
    [InlineData("", "$5\r\nhello\r\n", 9999, true)]
    [InlineData("get a\r\n", "END\r\n", 11211, false)]
    public void Redis_is_recognised_by_its_structure(string client, string server, int port, bool expected)
    {
        var conversation = new Conversation(serverPort: (ushort)port);
        if (client.Length > 0) conversation.Client(client);
        if (server.Length > 0) conversation.Server(server);
        Assert.Equal(expected, conversation.End().Any(i => i.Protocol.Name == "redis"));
    }

    [Fact]
    public void The_client_is_found_by_its_commands_without_handshake_and_port()
    {
        var conversation = new Conversation(handshake: false, serverPort: 4000);
        conversation.Server(Command("GET", "a")).Client("$1\r\nx\r\n");
        var item = Parse(conversation.End().Single());
        Assert.Equal(("4000", "GET a", "x"), (item.GetProperty("src").GetProperty("port").GetString(), Request(item, "line"), Response(item, "value")));
    }

    private static void Slice(string text, Random random, int longest, Action<string> send)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(random.Next(1, longest + 1), text.Length - at);
            send(text.Substring(at, length));
            at += length;
        }
    }

    private static List<JsonElement> Play(Action<Conversation> act)
    {
        var conversation = new Conversation(serverPort: 6379);
        act(conversation);
        return [.. conversation.End().Select(Parse)];
    }

    private static JsonElement Parse(Wirehook.Dissection.Items.Item item) => JsonDocument.Parse(Conversation.ToJson(item)).RootElement;

    private static string Command(params string[] words) => new StringBuilder($"*{words.Length}\r\n").AppendJoin("", words.Select(w => $"${w.Length}\r\n{w}\r\n")).ToString();

    private static string Request(JsonElement item, string field) => Field(item.GetProperty("request"), field);

    private static string Response(JsonElement item, string field) => Field(item.GetProperty("response"), field);

    private static string Field(JsonElement message, string field) => message.TryGetProperty(field, out var value) ? value.GetString()! : "";
}
