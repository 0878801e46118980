using System.Text.Json;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Protocols.Http;

/// <summary>HTTP/0.9: a request without version at the start of a connection to a port of HTTP, answered by bytes until the server closes.</summary>
public class HttpSimpleTests
{
    [Theory]
    [InlineData("GET /a?b=c\r\n", "")]
    [InlineData("GET /a?b=c\n", "")]
    [InlineData("GET /a?b=c\r\n\r\n", "")]
    [InlineData("GET /a?b=c\r\nHost: x\r\n\r\n", "x")]
    public void Request_and_response_are_a_pair(string request, string host)
    {
        foreach (var step in (int[])[1, 5, 1000])
        {
            var conversation = new Conversation();
            for (var at = 0; at < request.Length; at += step) conversation.Client(request[at..Math.Min(request.Length, at + step)]);
            conversation.Server("<html>").Server("hello").EndOf(Direction.Reverse);
            var item = Assert.Single(conversation.End());
            var json = JsonDocument.Parse(Conversation.ToJson(item)).RootElement;
            Assert.Equal("0.9", json.GetProperty("protocol").GetProperty("version").GetString());
            Assert.Equal("GET /a?b=c HTTP/0.9", string.Join(' ', new[] { "method", "url", "httpVersion" }.Select(f => json.GetProperty("request").GetProperty(f).GetString())));
            Assert.Equal(host, json.GetProperty("request").GetProperty("headers").TryGetProperty("Host", out var value) ? value.GetString() : "");
            Assert.Equal(Convert.ToBase64String("<html>hello"u8), json.GetProperty("response").GetProperty("content").GetProperty("text").GetString());
            Assert.Equal(("HTTP/0.9", 0), (json.GetProperty("response").GetProperty("httpVersion").GetString(), json.GetProperty("response").GetProperty("status").GetInt32()));
            Assert.False(json.TryGetProperty("error", out _));
            Assert.Equal((request.EndsWith("\n\r\n", StringComparison.Ordinal), false), (item.HasRequest, item.HasResponse));
        }
    }

    [Fact]
    public void A_server_that_answers_with_a_status_line_is_understood()
    {
        var item = Assert.Single(new Conversation().Client("GET /\r\n").Server("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n").End());
        Assert.True(item is { Request: not null, HasResponse: true, Error: null });
    }

    [Fact]
    public void A_request_that_nobody_answers_is_an_item()
    {
        var item = Assert.Single(new Conversation().Client("GET /\r\n").End());
        Assert.True(item is { Request: not null, HasRequest: false, HasResponse: false, Error.ErrorType: "pair-not-found" });
    }

    [Theory]
    [InlineData("GET /\r\n", 6379, true)]
    [InlineData("GET /\r\n", 80, false)]
    [InlineData("GET key\r\n", 80, true)]
    [InlineData("GET / now\r\n", 80, true)]
    [InlineData("get /\r\n", 80, true)]
    [InlineData("POST /\r\n", 80, true)]
    public void Elsewhere_a_line_without_version_is_not_taken_for_a_request(string line, int port, bool handshake) =>
        Assert.DoesNotContain(new Conversation(handshake: handshake, serverPort: (ushort)port).Client(line).Server("hello").End(), i => i.Protocol.Name == "http");
}
