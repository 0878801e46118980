using System.Text;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Protocols.Http;

/// <summary>HTTP is recognised wherever it begins.</summary>
public class HttpDetectionTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [Fact]
    public void It_is_found_behind_a_proxy_handshake()
    {
        var conversation = new Conversation(serverPort: 1080).Send(Direction.Forward, [4, 1, 0, 80, 192, 150, 187, 12, 0]).Send(Direction.Reverse, [0, 90, 0, 0, 0, 0, 0, 0])
            .Client("GET / HTTP/1.1\r\n\r\n").Server(Ok);
        var item = Assert.Single(conversation.End());
        Assert.True(item.HasRequest && item.HasResponse);
    }

    [Fact]
    public void It_is_found_where_the_responder_asks_behind_a_handshake_that_may_become_another_protocol()
    {
        var conversation = new Conversation(serverPort: 8855).Send(Direction.Reverse, [5, 1, 0]).Send(Direction.Forward, [5, 0])
            .Server("GET / HTTP/1.1\r\n\r\n").Client(Ok);
        var item = Assert.Single(conversation.End());
        Assert.True(item.HasRequest && item.HasResponse);
        Assert.Equal("10.0.0.99", item.Source.Ip);
    }

    [Fact]
    public void It_is_found_behind_the_rest_of_a_body()
    {
        var conversation = new Conversation(serverPort: 12345, handshake: false).Server("...the end of a page").Client("GET /next HTTP/1.1\r\n\r\n").Server(Ok);
        var item = Assert.Single(conversation.End());
        Assert.True(item.HasRequest && item.HasResponse);
    }

    [Fact]
    public void A_start_line_in_pieces_is_recognised()
    {
        var conversation = new Conversation(serverPort: 12345);
        foreach (var c in "PROPFIND /x HTTP/1.1\r\n\r\n") conversation.Client(c.ToString());
        foreach (var b in Encoding.ASCII.GetBytes(Ok)) conversation.Send(Direction.Reverse, [b]);
        Assert.Equal(42, Assert.Single(conversation.Items).ElapsedMilliseconds);
    }

    [Fact]
    public void Other_protocols_are_not_taken_for_it()
    {
        var conversation = new Conversation().Client("HELP example.org\r\n").Server("214 OK\r\n").Client("GET key\r\n").Server("$-1\r\n").Client("OPTIONS rtsp://x RTSP/1.0\r\n\r\n");
        Assert.DoesNotContain(conversation.End(), i => i.Protocol.Name == "http");
    }
}
