using System.Text.Json;
using Wirehook.Packets.Flows;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Http;

/// <summary>
/// The reference's golden entries of HTTP/1 connections, in shape and values. Known differences: the goldens give cookies as records, repeated query keys
/// joined by a comma, bodySize 0 for chunked bodies, the standard phrase for each status code, no Connection header where it says close, an empty text
/// where there is no body, repeated headers joined by a comma and a blank, and no query string that has a semicolon; Wirehook keeps the seed's shapes and counts what was sent.
/// </summary>
public class HttpGoldenTests
{
    private static readonly string[] RequestFields = ["method", "url", "httpVersion", "path", "headersSize"];
    private static readonly string[] ResponseFields = ["status", "httpVersion", "redirectURL", "headersSize"];

    [CorpusFact]
    public void Every_golden_entry_is_made()
    {
        var folder = Path.Combine(RepositoryFiles.Corpus!, "kubeshark-goldens", "http");
        var compared = 0;
        foreach (var file in Directory.GetFiles(folder, "*.entries.json"))
        {
            using var golden = JsonDocument.Parse(File.ReadAllBytes(file));
            var expected = golden.RootElement.EnumerateArray().Where(e => e.GetProperty("protocol").GetProperty("name").GetString() == "http"
                && e.GetProperty("protocol").GetProperty("version").GetString() != "2.0").ToList();
            if (expected.Count == 0) continue;
            var stem = file[..^".entries.json".Length];
            var conversation = new Conversation();
            conversation.Send(Direction.Forward, File.ReadAllBytes(stem + ".client.bin")).Send(Direction.Reverse, File.ReadAllBytes(stem + ".server.bin"));
            conversation.EndOf(Direction.Forward).EndOf(Direction.Reverse).End();
            var ours = conversation.Json.Select(j => JsonDocument.Parse(j).RootElement).Where(e => e.GetProperty("request").TryGetProperty("method", out _) && e.GetProperty("response").TryGetProperty("status", out _)).ToList();
            Assert.True(ours.Count >= expected.Count, Path.GetFileName(file));
            for (var i = 0; i < expected.Count; i++, compared++) Compare(expected[i], ours[i], Path.GetFileName(file));
        }

        Assert.True(compared >= 60, $"{compared} entries compared");
    }

    private static void Compare(JsonElement golden, JsonElement ours, string file)
    {
        foreach (var side in (string[])["request", "response"])
        {
            var (expected, actual) = (golden.GetProperty(side), ours.GetProperty(side));
            foreach (var field in expected.EnumerateObject()) Assert.True(actual.TryGetProperty(field.Name, out var value) && value.ValueKind == field.Value.ValueKind, $"{file} {side}.{field.Name}");
            foreach (var field in side == "request" ? RequestFields : ResponseFields) Assert.Equal(expected.GetProperty(field).ToString(), actual.GetProperty(field).ToString());
            Assert.Equal(Entries(expected, "headers", v => v.GetString()!), Entries(actual, "headers", v => v.GetString()!));
            Assert.Equal(Entries(expected, "cookies", v => v.GetProperty("value").GetString()!), Entries(actual, "cookies", v => v.GetString()!));
            if (expected.GetProperty("bodySize").GetInt64() > 0) Assert.Equal(expected.GetProperty("bodySize").GetInt64(), actual.GetProperty("bodySize").GetInt64());
        }

        var (request, goldenRequest) = (ours.GetProperty("request"), golden.GetProperty("request"));
        if (!request.GetProperty("url").GetString()!.Contains(';', StringComparison.Ordinal)) Assert.Equal(Entries(goldenRequest, "queryString", Joined), Entries(request, "queryString", Joined));
        if (goldenRequest.TryGetProperty("postData", out var post)) ComparePost(post, request.GetProperty("postData"));
        var (content, goldenContent) = (ours.GetProperty("response").GetProperty("content"), golden.GetProperty("response").GetProperty("content"));
        Assert.Equal(goldenContent.GetProperty("size").GetInt32(), content.GetProperty("size").GetInt32());
        Assert.Equal(goldenContent.GetProperty("mimeType").GetString(), content.GetProperty("mimeType").GetString());
        if (content.GetProperty("size").GetInt32() > 0) Assert.Equal(goldenContent.GetProperty("text").GetString(), content.GetProperty("text").GetString());
        Assert.Equal(Segments(golden), Segments(ours));
    }

    private static void ComparePost(JsonElement golden, JsonElement ours)
    {
        Assert.Equal(golden.GetProperty("mimeType").GetString(), ours.GetProperty("mimeType").GetString());
        Assert.Equal(golden.GetProperty("text").GetString(), ours.GetProperty("text").GetString());
        Assert.Equal(Params(golden), Params(ours));
    }

    private static string[] Params(JsonElement post) => post.GetProperty("params").ValueKind != JsonValueKind.Array ? []
        : [.. post.GetProperty("params").EnumerateArray().Select(p => p.GetProperty("name").GetString() + "=" + p.GetProperty("value").GetString()).Order(StringComparer.Ordinal)];

    private static string Joined(JsonElement value) => value.ValueKind == JsonValueKind.Array ? string.Join(',', value.EnumerateArray().Select(v => v.GetString())) : value.GetString()!;

    private static string[] Segments(JsonElement item) => [.. item.GetProperty("request").GetProperty("pathSegments").EnumerateArray().Select(e => e.GetString()!)];

    private static string[] Entries(JsonElement message, string map, Func<JsonElement, string> text) =>
        [.. message.GetProperty(map).EnumerateObject().Where(p => p.Name is not ("Connection" or "Trailer")).Select(p => p.Name + ": " + text(p.Value).Replace(", ", ",", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
