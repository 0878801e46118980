using System.Text.Json;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Protobuf;
using Wirehook.Dissection.Protocols.Grpc;
using Wirehook.Dissection.Tests.Harness;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Grpc;

/// <summary>The captures' messages by the names of the service that made them.</summary>
public class GrpcSchemaTests
{
    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Grpc", "captures");

    [Theory]
    [InlineData("shop.proto")]
    [InlineData("shop.pb")]
    public void Calls_of_real_clients_are_shown_by_name(string file)
    {
        var schema = new ProtobufSchema();
        Assert.Null(schema.Add(file, File.ReadAllBytes(Path.Combine(Folder, file))));
        schema.Resolve();
        Assert.Equal(4, schema.Methods);
        var calls = Calls("calls.pcap", schema);
        Assert.Equal("""{"limit":3,"offset":-7,"text":"lamp"}""", calls[0].GetProperty("requestMessages")[0].GetProperty("message").GetRawText());
        Assert.Equal(
            """{"country":"NL","price":4.5,"size":"SIZE_LARGE","sku":"lamp","stock":{"north":3,"south":-3},"tags":["a","b3"]}""",
            calls[0].GetProperty("responseMessages")[0].GetProperty("message").GetRawText());
        Assert.Equal(["Get", "Get", "List", "Add", "Chat", "Get", "List"], calls.Select(c => c.GetProperty("method").GetString()));
        Assert.Equal(["OK", "NOT_FOUND", "OK", "OK", "OK", null, null], calls.Select(c => c.TryGetProperty("statusName", out var name) ? name.GetString() : null));
        Assert.Equal("no item: 100% sold — sorry", calls[1].GetProperty("statusMessage").GetString());
        Assert.Equal([(1, 1), (1, 0), (1, 4), (3, 1), (2, 2), (1, 0), (1, 2)], calls.Select(c => (c.GetProperty("requestMessages").GetArrayLength(), c.GetProperty("responseMessages").GetArrayLength())));
        Assert.Equal(3, calls[3].GetProperty("responseMessages")[0].GetProperty("message").GetProperty("count").GetInt32());
    }

    [Fact]
    public void Compressed_messages_say_the_same()
    {
        var schema = new ProtobufSchema();
        Assert.Null(schema.Add("shop.proto", File.ReadAllBytes(Path.Combine(Folder, "shop.proto"))));
        schema.Resolve();
        var (plain, compressed) = (Calls("calls.pcap", schema), Calls("gzip.pcap", schema));
        for (var i = 0; i < compressed.Count; i++)
        {
            Assert.All(compressed[i].GetProperty("requestMessages").EnumerateArray(), m => Assert.True(m.GetProperty("compressed").GetBoolean()));
            Assert.Equal(Messages(plain[i]), Messages(compressed[i]));
        }
    }

    private static string[] Messages(JsonElement call) => [.. call.GetProperty("requestMessages").EnumerateArray().Select(m => m.GetProperty("message").GetRawText())];

    private static List<JsonElement> Calls(string capture, ProtobufSchema schema)
    {
        var recording = CaptureRecording.Of(Path.Combine(Folder, capture));
        var items = new CaptureRun(recording).Play(recording.Calls).Items.OfType<GrpcItem>();
        return [.. items.Select(i => JsonDocument.Parse(Conversation.ToJson(WithTypes(i, schema))).RootElement.GetProperty("grpc"))];
    }

    private static GrpcItem WithTypes(GrpcItem item, ProtobufSchema schema)
    {
        var engine = new DissectionEngine(item.Context.Options with { Protobuf = schema }, new Packets.LossLedger(), new Conversation());
        var context = new Dissection.Contract.FlowContext(item.Context.Flow, engine);
        return new GrpcItem(new Dissection.Protocols.Http.HttpExchange(context, item.RequestDirection, item.RequestMessage, item.ResponseMessage, item.Error, item.ElapsedMilliseconds));
    }
}
