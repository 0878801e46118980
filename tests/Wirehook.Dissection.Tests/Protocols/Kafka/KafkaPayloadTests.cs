using System.IO.Compression;
using System.Text.Json;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Protocols.Kafka;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Protocols.Kafka;

/// <summary>Bodies by their schemas, record batches, and what hostile ones may cost.</summary>
public class KafkaPayloadTests
{
    [Fact]
    public void Every_version_of_every_decoded_api_reads_to_the_last_byte()
    {
        var random = new Random(1);
        var versions = 0;
        foreach (var key in KafkaSchemas.Keys)
        {
            for (short version = 0; KafkaSchemas.Request(key, version) is { } request; version++, versions++)
            {
                foreach (var schema in (KafkaSchema[])[request, KafkaSchemas.Response(key, version)!])
                {
                    for (var i = 0; i < 20; i++)
                    {
                        var body = KafkaMessages.Random(schema, version, random);
                        KafkaPayload.Read(body, schema, version, new KafkaBudget(1000), out var fit);
                        Assert.True(fit == KafkaFit.Exact, $"{KafkaApis.Name(key)} v{version}");
                        KafkaPayload.Read((byte[])[.. body, 0], schema, version, new KafkaBudget(1000), out fit);
                        Assert.Equal(KafkaFit.No, fit);
                        if (body.Length == 0) continue;
                        KafkaPayload.Read(body.AsMemory(0, random.Next(body.Length)), schema, version, new KafkaBudget(1000), out fit);
                        Assert.NotEqual(KafkaFit.Exact, fit);
                    }
                }
            }
        }

        Assert.Equal(17, KafkaSchemas.Keys.Count());
        Assert.True(versions >= 120, $"{versions} versions");
    }

    [Fact]
    public void Schemas_and_names_know_the_same_versions()
    {
        foreach (var key in KafkaSchemas.Keys)
        {
            short latest = 0;
            while (KafkaSchemas.Request(key, (short)(latest + 1)) is not null) latest++;
            Assert.True(KafkaApis.Exists(key, latest) && !KafkaApis.Exists(key, (short)(latest + 1)), KafkaApis.Name(key));
        }

        Assert.Equal(("Produce", "DeleteShareGroupOffsets", "Unknown", 93), (KafkaApis.Name(0), KafkaApis.Name(92), KafkaApis.Name(93), KafkaApis.Count));
    }

    [Fact]
    public void Partitions_beyond_the_first_stand_behind_it()
    {
        var batch = KafkaMessages.Batch(0, 2, [.. KafkaMessages.Record(3), .. KafkaMessages.Record(200)]);
        byte[] body = [0xff, 0xff, 0xff, 0xff, .. KafkaMessages.Int32(5), .. KafkaMessages.Int32(1), .. KafkaMessages.Text("topic"), .. KafkaMessages.Int32(2),
            .. KafkaMessages.Int32(7), .. KafkaMessages.Sized(batch), .. KafkaMessages.Int32(8), .. KafkaMessages.Sized([.. batch, .. batch, .. batch[..30]])];
        var partitions = RequestOf(KafkaMessages.Request(0, 3, 1, "c", body)).GetProperty("payload").GetProperty("topicData")[0].GetProperty("partitions");
        Assert.Equal((2, 7, 8), (partitions.GetProperty("length").GetInt32(), partitions.GetProperty("partitionData").GetProperty("index").GetInt32(), partitions.GetProperty("more")[0].GetProperty("index").GetInt32()));
        var records = partitions.GetProperty("partitionData").GetProperty("records").GetProperty("recordBatch").GetProperty("record");
        Assert.Equal([3, 200], records.EnumerateArray().Select(r => r.GetProperty("valueLen").GetInt32()));
        var more = partitions.GetProperty("more")[0].GetProperty("records");
        Assert.Equal((1, true), (more.GetProperty("more").GetArrayLength(), more.GetProperty("truncated").GetBoolean()));
    }

    [Fact]
    public void Bombs_cost_no_more_than_their_message_may()
    {
        var target = new MemoryStream();
        using (var encoder = new GZipStream(target, CompressionLevel.SmallestSize)) encoder.Write(new byte[20_000_000]);
        var batch = KafkaMessages.Batch(1, int.MaxValue, target.ToArray());
        var records = Enumerable.Repeat(batch, 20).SelectMany(b => b).ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var request = RequestOf(KafkaMessages.Produce(1, 1, records), new DissectionOptions { DecodedBodyLimit = 100_000 });
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000_000);
        var set = request.GetProperty("payload").GetProperty("topicData")[0].GetProperty("partitions").GetProperty("partitionData").GetProperty("records");
        Assert.Equal(19, set.GetProperty("more").GetArrayLength());
        Assert.Contains("larger", set.GetProperty("recordBatch").GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_that_only_promise_cost_nothing()
    {
        byte[] body = [.. KafkaMessages.Int32(int.MaxValue), .. KafkaMessages.Text("topic")];
        var kafka = new Conversation(serverPort: 9092);
        kafka.Send(Direction.Forward, KafkaMessages.Heartbeat(1)).Send(Direction.Forward, KafkaMessages.Request(3, 1, 2, "client", body));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var json = JsonDocument.Parse(Conversation.ToJson(kafka.End()[1])).RootElement.GetProperty("request");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
        Assert.Equal("topic", json.GetProperty("payload").GetProperty("topics")[0].GetProperty("name").GetString());
        Assert.Contains("version", json.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_answer_to_an_unknown_version_of_api_versions_is_of_version_0()
    {
        var kafka = new Conversation(serverPort: 9092);
        kafka.Send(Direction.Forward, KafkaMessages.Request(18, 4, 1, "client", [5, .. "name"u8, 2, (byte)'1', 0]));
        kafka.Send(Direction.Reverse, KafkaMessages.Response(1, [0, 35, .. KafkaMessages.Int32(1), 0, 18, 0, 0, 0, 3]));
        var response = JsonDocument.Parse(kafka.Json.Single()).RootElement.GetProperty("response");
        Assert.Equal((35, 3), (response.GetProperty("payload").GetProperty("errorCode").GetInt32(), response.GetProperty("payload").GetProperty("apiKeys")[0].GetProperty("maxVersion").GetInt32()));
        Assert.False(response.TryGetProperty("problem", out _));
    }

    private static JsonElement RequestOf(byte[] message, DissectionOptions? options = null)
    {
        var kafka = new Conversation(options, serverPort: 9092);
        kafka.Send(Direction.Forward, message);
        return JsonDocument.Parse(Conversation.ToJson(kafka.End().Single())).RootElement.GetProperty("request");
    }
}
