using System.Text.Json;
using Wirehook.Packets.Flows;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Redis;

/// <summary>
/// The reference's golden items of Redis connections, in shape and values. The goldens end before the end of most connections and pass over commands that the
/// reference does not know; Wirehook has an item for every command, so each golden item must be among ours, in order.
/// </summary>
public class RedisGoldenTests
{
    private static readonly string[] Fields = ["type", "command", "key", "value", "keyword"];

    [CorpusFact]
    public void Every_golden_item_is_made()
    {
        var compared = 0;
        foreach (var file in Directory.GetFiles(Path.Combine(RepositoryFiles.Corpus!, "kubeshark-goldens", "redis"), "*.items.json"))
        {
            using var golden = JsonDocument.Parse(File.ReadAllBytes(file));
            var stem = file[..^".items.json".Length];
            var conversation = new Conversation(serverPort: 6379);
            conversation.Send(Direction.Forward, File.ReadAllBytes(stem + ".client.bin")).Send(Direction.Reverse, File.ReadAllBytes(stem + ".server.bin"));
            conversation.EndOf(Direction.Forward).EndOf(Direction.Reverse).End();
            var ours = new Queue<string>(conversation.Json.Select(j => JsonDocument.Parse(j).RootElement).Select(e => Words(e.GetProperty("request")) + " => " + Words(e.GetProperty("response"))));
            foreach (var item in golden.RootElement.EnumerateArray())
            {
                var pair = item.GetProperty("Pair");
                var expected = Words(Details(pair, "request")) + " => " + Words(Details(pair, "response"));
                while (ours.TryPeek(out var next) && next != expected) ours.Dequeue();
                Assert.True(ours.TryDequeue(out _), $"{Path.GetFileName(file)} lacks {expected}");
                Assert.Equal("redis", item.GetProperty("Protocol").GetProperty("name").GetString());
                compared++;
            }
        }

        Assert.True(compared >= 45, $"{compared} items compared");
    }

    private static JsonElement Details(JsonElement pair, string side) => pair.GetProperty(side).GetProperty("payload").GetProperty("details");

    private static string Words(JsonElement message) => string.Join('|', Fields.Select(f => message.TryGetProperty(f, out var value) ? value.GetString() : "-"));
}
