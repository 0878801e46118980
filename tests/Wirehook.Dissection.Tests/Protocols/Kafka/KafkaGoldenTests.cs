using System.Text.Json;
using Wirehook.Packets.Flows;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Kafka;

/// <summary>
/// The reference's golden entries: each has an item of the same correlation id with the same header and every payload value of the golden, but for those that the
/// golden reads wrongly; docs/protocols/kafka.md lists these.
/// </summary>
public class KafkaGoldenTests
{
    /// <summary>Arrays of which the goldens read the count, or one element from the wrong place; signed varints that they take for unsigned; the first byte of a record's length; dummies.</summary>
    private static readonly string[] Misread =
        ["captureTime", "abortedTransactions", "recordErrors", "forgottenTopicsData", "replicaNodes", "isrNodes", "offlineReplicas", "unknown", "offsetDelta", "timestampDelta"];

    [CorpusFact]
    public void Every_golden_entry_is_made()
    {
        var (compared, values) = (0, 0);
        foreach (var file in Directory.GetFiles(Path.Combine(RepositoryFiles.Corpus!, "kubeshark-goldens", "kafka"), "*.entries.json"))
        {
            using var golden = JsonDocument.Parse(File.ReadAllBytes(file));
            var ours = Play(file[..^".entries.json".Length]);
            foreach (var entry in golden.RootElement.EnumerateArray())
            {
                var id = entry.GetProperty("request").GetProperty("correlationID").GetInt32();
                var item = ours.Single(o => o.GetProperty("request").TryGetProperty("correlationID", out var found) && found.GetInt32() == id);
                foreach (var side in (string[])["request", "response"]) Compare(entry.GetProperty(side), item.GetProperty(side), $"{Path.GetFileName(file)} {id} {side}", ref values);
                Assert.False(item.GetProperty("request").TryGetProperty("problem", out _) || item.GetProperty("response").TryGetProperty("problem", out _), file);
                compared++;
            }
        }

        Assert.True(compared >= 100 && values >= 3000, $"{compared} entries, {values} values compared");
    }

    private static List<JsonElement> Play(string stem)
    {
        var conversation = new Conversation(serverPort: 9092);
        conversation.Send(Direction.Forward, File.ReadAllBytes(stem + ".client.bin")).Send(Direction.Reverse, File.ReadAllBytes(stem + ".server.bin"));
        conversation.EndOf(Direction.Forward).EndOf(Direction.Reverse).End();
        return [.. conversation.Json.Select(j => JsonDocument.Parse(j).RootElement)];
    }

    private static void Compare(JsonElement golden, JsonElement ours, string path, ref int values)
    {
        Assert.True(golden.ValueKind == ours.ValueKind, path);
        if (golden.ValueKind == JsonValueKind.Object)
        {
            foreach (var field in golden.EnumerateObject().Where(f => !Misread.Contains(f.Name) && !IsUnreadable(golden, ours, f)))
            {
                Assert.True(ours.TryGetProperty(field.Name, out var value), path + "." + field.Name);
                Compare(field.Value, value, path + "." + field.Name, ref values);
            }
        }
        else if (golden.ValueKind == JsonValueKind.Array)
        {
            Assert.True(golden.GetArrayLength() == ours.GetArrayLength(), path);
            for (var i = 0; i < golden.GetArrayLength(); i++) Compare(golden[i], ours[i], $"{path}[{i}]", ref values);
        }
        else
        {
            values++;
            Assert.True(golden.ToString() == ours.ToString(), $"{path}: {golden} and {ours}");
        }
    }

    /// <summary>Records that are compressed, or so long that their length has two bytes, are garbage in the goldens, and so is what follows an array whose elements they take for numbers or whose version they do not know.</summary>
    private static bool IsUnreadable(JsonElement golden, JsonElement ours, JsonProperty field) => field.Name switch
    {
        "record" => ours.GetProperty("compression").GetString() != "none" || ours.GetProperty("record").EnumerateArray().Any(r => r.GetProperty("length").GetInt32() >= 64),
        "topics" => golden.TryGetProperty("clusterAuthorizedOperations", out _) || (field.Value.ValueKind == JsonValueKind.Null && ours.GetProperty("topics").ValueKind != JsonValueKind.Null),
        "timeoutMs" or "validateOnly" => golden.TryGetProperty("topics", out var topics) && topics.ValueKind == JsonValueKind.Null,
        "clusterAuthorizedOperations" => true,
        _ => false,
    };
}
