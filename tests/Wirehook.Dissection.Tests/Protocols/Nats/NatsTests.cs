using System.Text.Json;
using Wirehook.Dissection.Engine;
using Wirehook.Packets.Flows;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Nats;

public class NatsTests
{
    private const ushort Port = 4222;
    private const string Info = "INFO {\"server_id\":\"N1\",\"version\":\"2.10\",\"headers\":true}\r\n";
    private const string Connect = "CONNECT {\"verbose\":false}\r\n";
    private const string Verbose = "CONNECT {\"verbose\":true}\r\n";

    [Fact]
    public void Messages_of_both_sides_are_requests_of_whoever_sent_them()
    {
        var conversation = Greeted(Connect).Client("SUB orders.* q 7\r\nPUB orders.eu reply.1 3\r\ntea\r\n").Server("MSG orders.eu 7 reply.1 3\r\ntea\r\n");
        conversation.End();
        Assert.Equal(["INFO", "CONNECT", "SUB", "PUB", "MSG"], conversation.Json.Select(j => Request(j).GetProperty("operation").GetString()));
        Assert.Equal(
            """{"encoding":"utf8","operation":"MSG","payload":"tea","payloadSize":3,"replyTo":"reply.1","sid":"7","subject":"orders.eu"}""", Request(conversation.Json[4]).GetRawText());
        Assert.Equal("""{"operation":"SUB","queueGroup":"q","sid":"7","subject":"orders.*"}""", Request(conversation.Json[2]).GetRawText());
        Assert.Equal(["10.0.0.99", "10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.99"], conversation.Items.Select(i => i.Source.Ip));
        Assert.All(conversation.Items, i => Assert.Null(i.Error));
        Assert.Equal(30, conversation.Items[3].RequestSize);
    }

    [Fact]
    public void Headers_and_the_servers_own_status_are_read()
    {
        var conversation = Greeted(Connect).Client("HPUB a 26 31\r\nNATS/1.0\r\nK: 1\r\nk: 2\r\n\r\n\r\nhello\r\n").Server("HMSG _INBOX.1 9 30 30\r\nNATS/1.0 503 No Responders\r\n\r\n\r\n");
        conversation.End();
        Assert.Equal("{\"K\":\"1\",\"k\":\"2\"}", Request(conversation.Json[2]).GetProperty("headers").GetRawText());
        var status = Request(conversation.Json[3]);
        Assert.Equal((503, "No Responders", 0), (status.GetProperty("status").GetInt32(), status.GetProperty("description").GetString(), status.GetProperty("payloadSize").GetInt32()));
    }

    [Fact]
    public void Pings_pair_in_each_direction_and_acknowledgements_where_the_client_wants_them()
    {
        var conversation = Greeted(Verbose).Server("+OK\r\nPING\r\n").Client("PONG\r\nPUB a 1\r\nx\r\nSUB b 1\r\nPING\r\n").Server("+OK\r\n-ERR 'Permissions Violation for Subscription to \"b\"'\r\nPONG\r\n");
        conversation.End();
        Assert.Equal(["INFO ", "CONNECT OK", "PING PONG", "PUB OK", "SUB -ERR", "PING PONG"],
            conversation.Json.Select(j => $"{Request(j).GetProperty("operation")} {Response(j)}".Replace("+", "")));
        Assert.All(conversation.Items, i => Assert.Null(i.Error));
    }

    [Theory]
    [InlineData("CONNECT {\"verbose\": true}")]
    [InlineData("CONNECT {\"pedantic\":false, \"verbose\" :\ttrue, \"tls_required\":false}")]
    [InlineData("CONNECT {}")]
    public void Acknowledgements_pair_however_the_client_asks_for_them(string connect)
    {
        var conversation = Greeted(connect + "\r\n").Server("+OK\r\n").Client("SUB a 1\r\n").Server("+OK\r\n");
        conversation.End();
        Assert.Equal(["CONNECT +OK", "SUB +OK"], conversation.Json.Skip(1).Select(j => $"{Operation(Request(j))} {Response(j)}"));
    }

    [Fact]
    public void Connect_makes_the_order_known_where_the_handshake_was_not_captured()
    {
        var conversation = new Conversation(handshake: false, serverPort: Port).Client(Verbose + "PING\r\nSUB a 1\r\n").Server("+OK\r\nPONG\r\n+OK\r\n");
        conversation.End();
        Assert.Equal(["CONNECT +OK", "PING PONG", "SUB +OK"], conversation.Json.Select(j => $"{Operation(Request(j))} {Response(j)}"));
    }

    [Fact]
    public void An_error_about_the_connection_answers_nobody()
    {
        var conversation = Greeted(Verbose).Server("+OK\r\n").Client("SUB a 1\r\n").Server("-ERR 'Stale Connection'\r\n");
        conversation.End();
        Assert.Equal(["INFO ", "CONNECT +OK", " -ERR", "SUB "], conversation.Json.Select(j => $"{Operation(Request(j))} {Response(j)}"));
        Assert.Equal("Stale Connection", Parse(conversation.Json[2]).GetProperty("response").GetProperty("message").GetString());
    }

    [Fact]
    public void Behind_a_gap_no_acknowledgement_goes_to_another_message()
    {
        var conversation = Greeted(Verbose).Server("+OK\r\n").Client("PUB a 1\r\n1\r\nPUB a 1\r\n2\r\n").Gap(Direction.Reverse, 5).Client("PUB a 1\r\n3\r\n").Server("+OK\r\n");
        conversation.End();
        Assert.DoesNotContain(conversation.Items.Skip(2), i => i.HasRequest && i.HasResponse);
    }

    [Fact]
    public void A_gap_inside_a_payload_costs_that_message_only()
    {
        var message = "PUB a 500\r\n" + new string('x', 500) + "\r\n";
        var conversation = Greeted(Connect).Client(message[..100]).Gap(Direction.Forward, 300).Client(message[400..]).Client("PUB b 0\r\n\r\n");
        conversation.End();
        Assert.Equal([("a", "gap"), ("b", null)], conversation.Json.Skip(2).Zip(conversation.Items.Skip(2), (j, i) => (Request(j).GetProperty("subject").GetString()!, i.Error?.ErrorType)));
    }

    [Fact]
    public void A_message_longer_than_may_wait_is_passed_over()
    {
        var conversation = Greeted(Connect, new DissectionOptions { BufferLimit = 64 << 10 });
        foreach (var piece in ("PUB big 200000\r\n" + new string('z', 200_000) + "\r\n").Chunk(1400)) conversation.Client(new string(piece));
        conversation.Client("PING\r\n").End();
        Assert.Equal(4, conversation.Items.Count);
        Assert.True(conversation.Items[2].HasRequest && Request(conversation.Json[2]).GetProperty("truncated").GetBoolean());
        Assert.InRange(conversation.Loss("body-limit"), 180_000, 200_000);
    }

    [Fact]
    public void A_client_that_turns_to_tls_leaves_the_rest_to_it()
    {
        var conversation = new Conversation(serverPort: Port).Server(Info.Replace("}", ",\"tls_required\":true}")).Send(Direction.Forward, [22, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3]);
        conversation.End();
        Assert.Equal(1, conversation.Items.Count(i => i.Protocol.Name == "nats"));
        Assert.Equal(0, conversation.Loss("rejected-stream"));
    }

    [Theory]
    [InlineData("MSG a.b 1 5\r\nhello\r\n", 9, true)]
    [InlineData("PUB a.b 5\r\nhello\r\n", 9, true)]
    [InlineData("PUB a.b 5\r\nhello!!\r\n", Port, false)]
    [InlineData("PING\r\n", 9, false)]
    [InlineData("PING\r\n", Port, true)]
    [InlineData("+OK\r\n", 9, false)]
    [InlineData("SUB a 1\r\n", Port, true)]
    [InlineData("INFO all\r\n", Port, false)]
    [InlineData("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", Port, false)]
    public void From_the_middle_messages_are_known_by_their_sizes_and_words_by_the_port(string text, ushort port, bool recognised)
    {
        var conversation = new Conversation(handshake: false, serverPort: port).Client(text);
        conversation.End();
        Assert.Equal(recognised, conversation.Items.Any(i => i.Protocol.Name == "nats"));
    }

    /// <summary>The reference does not dissect NATS; rule: every message counts once, as read by eye from the five captures of it.</summary>
    [CorpusFact]
    public void The_corpus_has_as_many_messages_as_its_captures_show()
    {
        foreach (var (file, requests, responses) in ((string, int, int)[])[
            ("nats/deepflow_nats_nats-err.pcap", 4, 3), ("nats/deepflow_nats_nats-headers.pcap", 17, 12), ("nats/deepflow_nats_nats-skywalking.pcap", 5, 2),
            ("formats/deepflow_nats_nats-nrpc1.pcap", 9, 2), ("formats/deepflow_nats_nats-nrpc2.pcap", 6, 1)])
        {
            var items = CaptureReplay.Read(Path.Combine(RepositoryFiles.Corpus!, file)).Items;
            Assert.Equal((file, requests, responses), (file, items.Count(i => i.HasRequest), items.Count(i => i.HasResponse)));
            Assert.All(items, i => Assert.True(i.Protocol.Name == "nats" && i.Error?.ErrorType is null or "dissection"));
        }
    }

    private static Conversation Greeted(string connect, DissectionOptions? options = null) => new Conversation(options, serverPort: Port).Server(Info).Client(connect);

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    private static JsonElement Request(string json) => Parse(json).GetProperty("request");

    private static string Response(string json) => Operation(Parse(json).GetProperty("response"));

    private static string Operation(JsonElement message) => message.TryGetProperty("operation", out var operation) ? operation.GetString()! : "";
}
