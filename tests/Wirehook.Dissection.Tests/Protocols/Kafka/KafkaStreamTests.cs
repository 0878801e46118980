using System.Text;
using System.Text.Json;
using Wirehook.Dissection.Engine;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Protocols.Kafka;

/// <summary>Framing, pairing, detection and what loss does to them.</summary>
public class KafkaStreamTests
{
    private const Direction Client = Direction.Forward;
    private const Direction Server = Direction.Reverse;

    [Fact]
    public void Responses_find_their_request_in_any_order()
    {
        var kafka = new Conversation(serverPort: 9092);
        kafka.Send(Client, [.. KafkaMessages.Heartbeat(5), .. KafkaMessages.Heartbeat(6), .. KafkaMessages.Heartbeat(7)]);
        kafka.Send(Server, [.. KafkaMessages.HeartbeatDone(7), .. KafkaMessages.HeartbeatDone(5)]);
        kafka.Send(Server, KafkaMessages.HeartbeatDone(99));
        kafka.End();
        Assert.Equal("7>7 5>5 ->99:pair-not-found 6>-:pair-not-found", Summary(kafka));
        Assert.Equal((39L, 10L, 1L), (kafka.Items[0].RequestSize, kafka.Items[0].ResponseSize, kafka.Items[0].ElapsedMilliseconds));
        Assert.Equal(0, kafka.Engine.Memory.Bytes);
    }

    [Fact]
    public void A_produce_request_without_acknowledgement_waits_for_nothing()
    {
        var kafka = new Conversation(serverPort: 9092);
        kafka.Send(Client, KafkaMessages.Produce(1, acks: 0, KafkaMessages.Batch(0, 1, KafkaMessages.Record(5))));
        Assert.Equal("1>-", Summary(kafka));
        Assert.Equal(0, kafka.Engine.Memory.Bytes);
    }

    [Fact]
    public void A_message_beyond_the_body_limit_keeps_its_beginning()
    {
        var kafka = new Conversation(new DissectionOptions { BodyLimit = 1000 }, serverPort: 9092);
        var produce = KafkaMessages.Produce(1, 1, KafkaMessages.Batch(0, 2, [.. KafkaMessages.Record(100), .. KafkaMessages.Record(5000)]));
        for (var at = 0; at < produce.Length; at += 700) kafka.Send(Client, produce.AsSpan(at, Math.Min(700, produce.Length - at)));
        kafka.Send(Client, KafkaMessages.Heartbeat(2)).Send(Server, [.. KafkaMessages.Response(1, []), .. KafkaMessages.HeartbeatDone(2)]);
        Assert.Equal("1>1 2>2", Summary(kafka));
        var request = JsonDocument.Parse(kafka.Json[0]).RootElement.GetProperty("request");
        Assert.True(request.GetProperty("truncated").GetBoolean() && kafka.Items[0].HasRequest && kafka.Items[0].RequestSize == produce.Length);
        Assert.Equal("topic", request.GetProperty("payload").GetProperty("topicData")[0].GetProperty("topic").GetString());
        Assert.Equal(produce.Length - 1000, kafka.Loss("body-limit"));
    }

    [Fact]
    public void A_gap_inside_a_message_costs_no_more_than_that_message()
    {
        var kafka = new Conversation(serverPort: 9092);
        var produce = KafkaMessages.Produce(1, 1, KafkaMessages.Batch(0, 1, KafkaMessages.Record(500)));
        kafka.Send(Client, produce.AsSpan(0, 100)).Gap(Client, 300).Send(Client, [.. produce[400..], .. KafkaMessages.Heartbeat(2)]);
        kafka.Send(Server, [.. KafkaMessages.Response(1, []), .. KafkaMessages.HeartbeatDone(2)]);
        Assert.Equal("1>1:gap 2>2", Summary(kafka));
        Assert.Equal([false, true], kafka.Items.Select(i => i.HasRequest));
    }

    [Fact]
    public void Behind_a_gap_requests_are_found_by_the_clients_id_and_responses_by_their_correlation_id()
    {
        var kafka = new Conversation(serverPort: 9092);
        kafka.Send(Client, KafkaMessages.Heartbeat(1)).Send(Server, KafkaMessages.HeartbeatDone(1));
        kafka.Gap(Client, 5000).Gap(Server, 5000);
        kafka.Send(Client, [.. new byte[] { 0, 0, 0, 30, 0, 12, 0, 0, 0, 0 }, .. KafkaMessages.Heartbeat(9, "other"), .. KafkaMessages.Heartbeat(10)]);
        kafka.Send(Server, [.. "some rest"u8, .. KafkaMessages.HeartbeatDone(9), .. KafkaMessages.HeartbeatDone(10)]);
        Assert.Equal("1>1 10>10", Summary(kafka));
    }

    [Fact]
    public void A_stream_is_recognised_in_its_middle_on_any_port()
    {
        var kafka = new Conversation(handshake: false, serverPort: 12345);
        kafka.Send(Client, Encoding.ASCII.GetBytes("rest of a message")).Send(Server, KafkaMessages.HeartbeatDone(3));
        kafka.Send(Client, KafkaMessages.Heartbeat(4)).Send(Server, KafkaMessages.HeartbeatDone(4));
        Assert.Equal("4>4", Summary(kafka));
    }

    [Fact]
    public void An_api_that_is_not_decoded_is_believed_on_the_port_or_when_it_is_answered()
    {
        var listGroups = KafkaMessages.Request(16, 0, 8, "client", []);
        var onPort = new Conversation(serverPort: 9092).Send(Client, listGroups).Send(Server, KafkaMessages.Response(8, [0, 0, 0, 0, 0, 0]));
        Assert.Equal("8>8", Summary(onPort));
        Assert.Equal("ListGroups", JsonDocument.Parse(onPort.Json[0]).RootElement.GetProperty("request").GetProperty("apiKeyName").GetString());
        var elsewhere = new Conversation(serverPort: 7777).Send(Client, listGroups).Send(Server, KafkaMessages.Response(8, [0, 0, 0, 0, 0, 0]));
        Assert.Equal("8>8", Summary(elsewhere));
    }

    [Theory]
    [InlineData("\0\0\0\u000e\0\u0012\0\0\0\0\0\u0001\0\u0005tes")]
    [InlineData("\0\0\0\u0010\0\u0012\0\0\0\0\0\u0001\0\u0004testxx")]
    [InlineData("\0\0\0\u000e\0\u0070\0\0\0\0\0\u0001\0\u0004test")]
    [InlineData("\0\0\0\u000e\0\u0012\0\u0050\0\0\0\u0001\0\u0004test")]
    [InlineData("\0\0\0\u000e\0\u0012\0\0\0\0\0\u0001\0\u0004te\u0001t")]
    [InlineData("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003")]
    public void What_only_resembles_it_is_not_claimed(string bytes)
    {
        var other = new Conversation(serverPort: 7777);
        other.Client(bytes).EndOf(Client).End();
        Assert.DoesNotContain(other.Items, i => i.Protocol.Name == "kafka");
    }

    [Fact]
    public void Tokens_of_an_old_sasl_handshake_are_passed_over()
    {
        var kafka = new Conversation(serverPort: 9092);
        kafka.Send(Client, KafkaMessages.Request(17, 0, 1, "client", KafkaMessages.Text("PLAIN")));
        kafka.Send(Server, KafkaMessages.Response(1, [0, 0, .. KafkaMessages.Int32(1), .. KafkaMessages.Text("PLAIN")]));
        kafka.Send(Client, KafkaMessages.Sized([.. "\0user\0secret"u8])).Send(Server, KafkaMessages.Sized([]));
        kafka.Send(Client, KafkaMessages.Heartbeat(2)).Send(Server, KafkaMessages.HeartbeatDone(2));
        Assert.Equal("1>1 2>2", Summary(kafka));
        Assert.Equal(0, kafka.Loss("resync"));
    }

    [Fact]
    public void What_is_too_long_for_a_token_is_skipped()
    {
        var kafka = new Conversation(serverPort: 9092);
        kafka.Send(Client, KafkaMessages.Request(17, 0, 1, "client", KafkaMessages.Text("PLAIN")));
        kafka.Send(Server, KafkaMessages.Response(1, [0, 0, .. KafkaMessages.Int32(0)])).Send(Server, KafkaMessages.Response(77, new byte[100_000]));
        kafka.Send(Client, KafkaMessages.Heartbeat(2)).Send(Server, KafkaMessages.HeartbeatDone(2));
        Assert.Equal("1>1 2>2", Summary(kafka));
    }

    [Fact]
    public void Bytes_full_of_possible_requests_cost_little_to_search()
    {
        var kafka = new Conversation(handshake: false, serverPort: 9092);
        byte[] header = [0, 0, 4, 0, 0, 3, 0, 1, 0, 0, 0, 1, 0, 0];
        var many = Enumerable.Repeat(header, 20_000).SelectMany(h => h).ToArray();
        kafka.Send(Server, KafkaMessages.HeartbeatDone(1));
        var before = GC.GetAllocatedBytesForCurrentThread();
        kafka.Send(Client, [1, .. many]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000_000);
        Assert.InRange(kafka.Loss("resync"), many.Length - 100, many.Length + 1);
    }

    [Fact]
    public void A_request_that_the_end_of_the_stream_cuts_off_is_shown_and_not_counted()
    {
        var kafka = new Conversation(serverPort: 9092);
        kafka.Send(Client, KafkaMessages.Heartbeat(1)).Send(Client, KafkaMessages.Heartbeat(2).AsSpan(0, 30)).EndOf(Client).End();
        Assert.Equal("1>-:pair-not-found 2>-:connection", Summary(kafka));
        Assert.Equal([true, false], kafka.Items.Select(i => i.HasRequest));
        Assert.Equal(39, kafka.Items[1].RequestSize);
    }

    [Fact]
    public void Responses_alone_are_shown_undecoded_with_the_reason()
    {
        var kafka = new Conversation(handshake: false, serverPort: 9092);
        kafka.Send(Server, [.. KafkaMessages.HeartbeatDone(1), .. KafkaMessages.HeartbeatDone(2)]);
        Assert.Equal("->1:pair-not-found ->2:pair-not-found", Summary(kafka));
        Assert.Equal("{}", JsonDocument.Parse(kafka.Json[0]).RootElement.GetProperty("response").GetProperty("payload").ToString());
        Assert.Equal("10.0.0.1", kafka.Items[0].Source.Ip);
    }

    /// <summary>Items as <c>correlation id>correlation id:error</c>.</summary>
    private static string Summary(Conversation kafka) => string.Join(' ', kafka.Items.Select(i =>
    {
        var json = JsonDocument.Parse(Conversation.ToJson(i)).RootElement;
        return $"{Id(json.GetProperty("request"))}>{Id(json.GetProperty("response"))}" + (i.Error is { } error ? ":" + error.ErrorType : "");
    }));

    private static string Id(JsonElement message) => message.TryGetProperty("correlationID", out var id) ? id.ToString() : "-";
}
