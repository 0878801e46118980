using System.Text;
using System.Text.Json;
using Wirehook.Dissection.Items;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Protocols.Http;

/// <summary>What is missing is never covered by a wrong answer.</summary>
public class HttpGapTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";

    [Fact]
    public void A_gap_within_a_known_body_keeps_the_framing()
    {
        var conversation = new Conversation().Client("GET /1 HTTP/1.1\r\n\r\n").Server("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab").Gap(Direction.Reverse, 6).Server("ij")
            .Client("GET /2 HTTP/1.1\r\n\r\n").Server(Ok + "ok");
        Assert.Equal("gap", conversation.Items[0].Error!.ErrorType);
        Assert.Null(conversation.Items[1].Error);
        var content = HttpFramingTests.Json(conversation, 0).GetProperty("response").GetProperty("content");
        Assert.Equal(10, content.GetProperty("size").GetInt32());
        Assert.True(content.GetProperty("truncated").GetBoolean());
    }

    [Fact]
    public void A_lost_response_leaves_its_request_unpaired()
    {
        var conversation = new Conversation().Client("GET /1 HTTP/1.1\r\n\r\n").Client("GET /2 HTTP/1.1\r\n\r\n").Gap(Direction.Reverse, 40).Server(Ok + "r2").EndOf(Direction.Forward);
        conversation.End();
        Assert.All(Markers(conversation), m => Assert.True(m.Request is null || m.Response is null || m.Request == m.Response));
        Assert.Equal(2, conversation.Items.Count(i => i.HasRequest));
        Assert.Equal(1, conversation.Items.Count(i => i.HasResponse));
    }

    [Fact]
    public void A_lost_request_leaves_its_response_unpaired()
    {
        var conversation = new Conversation().Client("GET /0 HTTP/1.1\r\n\r\n").Server(Ok + "r0").Gap(Direction.Forward, 18).Server(Ok + "r1").Client("GET /2 HTTP/1.1\r\n\r\n").Server(Ok + "r2");
        conversation.End();
        Assert.Equal([("0", "0"), (null, "1"), ("2", "2")], Markers(conversation));
        Assert.Equal("gap", conversation.Items[1].Error!.ErrorType);
    }

    /// <summary>
    /// Random conversations, with segments cut anywhere and some lost: no item joins messages of different markers, every message whose bytes are
    /// all there is found, and without loss everything is paired.
    /// </summary>
    [Theory]
    [InlineData(0.0, false)]
    [InlineData(0.0, true)]
    [InlineData(0.02, false)]
    [InlineData(0.02, true)]
    [InlineData(0.15, false)]
    [InlineData(0.15, true)]
    public void Loss_never_pairs_the_wrong_messages(double loss, bool pipelined)
    {
        var (expected, found, paired, whole) = (0, 0, 0, 0);
        for (var seed = 0; seed < 120; seed++)
        {
            var random = new Random(seed);
            var script = LossyConversation.Make(random, pipelined);
            var survivors = script.Play(random, loss, out var conversation);
            var markers = Markers(conversation);
            Assert.All(markers, m => Assert.True(m.Request is null || m.Response is null || m.Request == m.Response, $"seed {seed}: request {m.Request} has response {m.Response}"));
            expected += survivors.Count;
            found += survivors.Count(s => markers.Any(m => (s.IsRequest ? m.Request : m.Response) == s.Marker));
            paired += markers.Count(m => m.Request is not null && m.Response is not null);
            whole += script.Count;
        }

        if (loss == 0) Assert.Equal(whole, paired);
        Assert.True(found >= 0.99 * expected, $"{found} of {expected} whole messages found");
        if (loss is > 0 and < 0.1 && !pipelined) Assert.True(paired > 0.8 * whole, $"{paired} of {whole} paired");
    }

    private static List<(string? Request, string? Response)> Markers(Conversation conversation) => [.. conversation.Items.Select(Marker)];

    private static (string? Request, string? Response) Marker(Item item)
    {
        using var json = JsonDocument.Parse(Conversation.ToJson(item));
        string? request = null, response = null;
        if (json.RootElement.GetProperty("request").TryGetProperty("path", out var path)) request = path.GetString()![1..];
        if (json.RootElement.GetProperty("response").TryGetProperty("content", out var content) && content.TryGetProperty("text", out var text))
        {
            var body = Encoding.Latin1.GetString(text.GetBytesFromBase64());
            response = body.Length > 1 && body[0] == 'r' && int.TryParse(body[1..].Split(':')[0], out var marker) ? marker.ToString() : null;
        }

        return (request, response);
    }
}
