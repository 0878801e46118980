using System.Text.Json;
using Wirehook.Packets.Flows;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Amqp;

/// <summary>
/// The reference's golden entries, each found among ours with the same request and response. The known differences are those that docs/protocols/amqp.md lists:
/// here a close that the server asks for has the right order, and fields that the goldens lack are not compared.
/// </summary>
public class AmqpGoldenTests
{
    private const string ServerCloses = "connection close-ok";

    [CorpusFact]
    public void Every_golden_entry_is_made()
    {
        var compared = 0;
        foreach (var file in Directory.GetFiles(Path.Combine(RepositoryFiles.Corpus!, "kubeshark-goldens", "amqp"), "*.entries.json"))
        {
            using var golden = JsonDocument.Parse(File.ReadAllBytes(file));
            var stem = file[..^".entries.json".Length];
            var ours = Play(stem);
            foreach (var entry in golden.RootElement.EnumerateArray())
            {
                var (request, response) = (entry.GetProperty("request"), entry.GetProperty("response"));
                if (request.GetProperty("method").GetString() == ServerCloses) (request, response) = (response, request);
                var at = ours.FindIndex(o => Equal(request, o.GetProperty("request")) && Equal(response, o.GetProperty("response")));
                Assert.True(at >= 0, $"{Path.GetFileName(file)}: {entry.GetProperty("request")} > {entry.GetProperty("response")}");
                ours.RemoveAt(at);
                compared++;
            }
        }

        Assert.True(compared >= 115, $"{compared} entries compared");
    }

    /// <summary>The halves of a connection lie apart: the client's comes first, but for the consent to a close that the server asks for.</summary>
    private static List<JsonElement> Play(string stem)
    {
        ReadOnlySpan<byte> consent = [1, 0, 0, 0, 0, 0, 4, 0, 10, 0, 51, 0xce];
        var conversation = new Conversation(serverPort: 5672);
        ReadOnlySpan<byte> client = File.ReadAllBytes(stem + ".client.bin"), server = File.ReadAllBytes(stem + ".server.bin");
        var last = client.EndsWith(consent) ? consent.Length : 0;
        if (client.Length > last) conversation.Send(Direction.Forward, client[..^last]);
        if (server.Length > 0) conversation.Send(Direction.Reverse, server);
        if (last > 0) conversation.Send(Direction.Forward, client[^last..]);
        conversation.EndOf(Direction.Forward).EndOf(Direction.Reverse).End();
        return [.. conversation.Json.Select(j => JsonDocument.Parse(j).RootElement)];
    }

    /// <summary>Whether every field of the golden is there with the same value.</summary>
    private static bool Equal(JsonElement golden, JsonElement ours)
    {
        if (golden.ValueKind != ours.ValueKind) return false;
        return golden.ValueKind == JsonValueKind.Object
            ? golden.EnumerateObject().All(f => ours.TryGetProperty(f.Name, out var value) && Equal(f.Value, value))
            : golden.ToString() == ours.ToString();
    }
}
