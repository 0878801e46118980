using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Wirehook.Dissection.Engine;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Protocols.Http;

/// <summary>Where messages begin and end, and who answers whom, when nothing is missing.</summary>
public class HttpFramingTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [Fact]
    public void Pipelined_requests_meet_their_responses_in_order()
    {
        var conversation = new Conversation().Client("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\nGET /3 HTTP/1.1\r\n\r\n").Server(Ok.Replace("ok", "r1") + Ok.Replace("ok", "r2")).Server(Ok.Replace("ok", "r3"));
        Assert.Equal(["/1 r1", "/2 r2", "/3 r3"], Pairs(conversation));
        Assert.Equal([0L, 1L, 2L], conversation.Items.Select(i => i.Index));
    }

    [Theory]
    [InlineData("HEAD / HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 204 No Content\r\nContent-Length: 500\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nExpect: 100-continue\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("\r\n\r\nGET / HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\nHost: x\n\n", "HTTP/1.1 200 OK\nContent-Length: 0\n\n")]
    [InlineData("GET http://example.org/ HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0, 0\r\n\r\n")]
    public void A_message_without_body_ends_with_its_head(string request, string response)
    {
        var conversation = new Conversation().Client(request).Server(response).Client("GET /next HTTP/1.1\r\n\r\n").Server(Ok);
        Assert.Equal(2, conversation.Items.Count);
        Assert.All(conversation.Items, i => Assert.Null(i.Error));
        Assert.Equal("/next ok", Pairs(conversation)[1]);
        Assert.Equal(0, conversation.Loss("resync"));
    }

    [Fact]
    public void Chunks_extensions_and_trailers_are_taken_off()
    {
        var conversation = new Conversation().Client("POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\nContent-Length: 3\r\n\r\n4;a=b\r\nabcd\r\nA\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n")
            .Server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n").Client("GET /next HTTP/1.1\r\n\r\n").Server(Ok);
        Assert.Equal(2, conversation.Items.Count);
        var request = Json(conversation, 0).GetProperty("request");
        Assert.Equal("abcd0123456789", request.GetProperty("postData").GetProperty("text").GetString());
        Assert.Equal(14, request.GetProperty("bodySize").GetInt32());
    }

    [Fact]
    public void A_body_without_length_ends_with_the_connection()
    {
        var conversation = new Conversation().Client("GET / HTTP/1.0\r\n\r\n").Server("HTTP/1.0 200 OK\r\n\r\nab").Server("cd").EndOf(Direction.Reverse);
        Assert.Equal("YWJjZA==", Json(conversation, 0).GetProperty("response").GetProperty("content").GetProperty("text").GetString());
        Assert.Null(conversation.Items[0].Error);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 6\r\n")]
    [InlineData("Content-Length: 5, 6\r\n")]
    [InlineData("Content-Length: +5\r\n")]
    [InlineData("Transfer-Encoding: gzip\r\n")]
    public void A_request_whose_length_is_ambiguous_says_so(string headers)
    {
        var conversation = new Conversation().Client("POST / HTTP/1.1\r\n" + headers + "\r\nhello").Server("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        conversation.End();
        Assert.Equal("dissection", conversation.Items[0].Error!.ErrorType);
    }

    [Fact]
    public void An_upgrade_hands_the_rest_over()
    {
        var conversation = new Conversation().Client("GET /chat HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
            .Server("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\u0081\u0005Hello").Client("\u0081\u0085abcdefghi");
        Assert.Equal(101, Json(conversation, 0).GetProperty("response").GetProperty("status").GetInt32());
        Assert.Single(conversation.End(), i => i.Protocol.Name == "http");
        Assert.Equal(0, conversation.Loss("resync"));
    }

    [Fact]
    public void A_refused_upgrade_goes_on_as_http()
    {
        var conversation = new Conversation().Client("GET /1 HTTP/1.1\r\nUpgrade: h2c\r\n\r\nGET /2 HTTP/1.1\r\n\r\n").Server(Ok + Ok);
        Assert.Equal(["/1 ok", "/2 ok"], Pairs(conversation));
    }

    [Fact]
    public void A_tunnel_is_looked_into()
    {
        var conversation = new Conversation().Client("CONNECT example.org:80 HTTP/1.1\r\n\r\n").Server("HTTP/1.1 200 Connection established\r\n\r\n")
            .Client("GET /inside HTTP/1.1\r\n\r\n").Server(Ok);
        Assert.Equal(["", "/inside"], conversation.Items.Select((_, i) => Json(conversation, i).GetProperty("request").GetProperty("path").GetString()));
        Assert.Equal(1, conversation.Items[1].Index);
    }

    [Fact]
    public void Bytes_between_messages_are_skipped_and_counted()
    {
        var conversation = new Conversation().Client("GET /1 HTTP/1.1\r\n\r\n").Server(Ok).Client("\u0001garbage garbage\r\n").Client("GET /2 HTTP/1.1\r\n\r\n").Server(Ok);
        conversation.End();
        Assert.Equal(2, conversation.Engine.Statistics.Single(s => s.Protocol == "http").Requests);
        Assert.Equal(18, conversation.Loss("resync"));
    }

    [Fact]
    public void A_folded_header_is_one_value()
    {
        var conversation = new Conversation().Client("GET / HTTP/1.1\r\nX-Long: a\r\n  b\r\nx-long: c\r\n\r\n");
        conversation.End();
        Assert.Equal("a b,c", Json(conversation, 0).GetProperty("request").GetProperty("headers").GetProperty("X-Long").GetString());
    }

    [Fact]
    public void A_body_beyond_the_limit_is_cut_and_says_so()
    {
        var conversation = new Conversation(new DissectionOptions { BodyLimit = 10 }).Client("GET /1 HTTP/1.1\r\n\r\n")
            .Server("HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n0123456789abcde").Server("fghijklmnopqrst").Client("GET /2 HTTP/1.1\r\n\r\n").Server(Ok);
        var content = Json(conversation, 0).GetProperty("response").GetProperty("content");
        Assert.True(content.GetProperty("truncated").GetBoolean());
        Assert.Equal(30, content.GetProperty("size").GetInt32());
        Assert.Equal(Convert.ToBase64String("0123456789"u8), content.GetProperty("text").GetString());
        Assert.Equal("/2 ok", Pairs(conversation)[1]);
        Assert.Equal(20, conversation.Loss("body-limit"));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("raw deflate")]
    [InlineData("br")]
    public void A_compressed_body_is_decoded(string coding)
    {
        var body = Compress(coding, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("hello wire ", 100))));
        var head = $"HTTP/1.1 200 OK\r\nContent-Encoding: {coding.Split(' ')[^1]}\r\nContent-Length: {body.Length}\r\n\r\n";
        var conversation = new Conversation().Client("GET / HTTP/1.1\r\n\r\n").Send(Direction.Reverse, [.. Encoding.ASCII.GetBytes(head), .. body]);
        var response = Json(conversation, 0).GetProperty("response");
        Assert.Equal(1100, response.GetProperty("content").GetProperty("size").GetInt32());
        Assert.Equal(body.Length, response.GetProperty("bodySize").GetInt32());
        Assert.StartsWith("hello wire ", Encoding.UTF8.GetString(response.GetProperty("content").GetProperty("text").GetBytesFromBase64()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_compression_bomb_is_cut()
    {
        var body = Compress("gzip", new byte[8 << 20]);
        var conversation = new Conversation(new DissectionOptions { DecodedBodyLimit = 100_000 }).Client("GET / HTTP/1.1\r\n\r\n")
            .Send(Direction.Reverse, [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {body.Length}\r\n\r\n"), .. body]);
        var content = Json(conversation, 0).GetProperty("response").GetProperty("content");
        Assert.Equal(100_000, content.GetProperty("size").GetInt32());
        Assert.True(content.GetProperty("truncated").GetBoolean());
    }

    [Fact]
    public void Forms_become_parameters()
    {
        const string Multipart = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.txt\"\r\nContent-Type: text/plain\r\n\r\nfile\r\n--B--\r\n";
        var conversation = new Conversation()
            .Client("POST /1 HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 15\r\n\r\na=1+2&b=%C3%BC&").Server(Ok)
            .Client($"POST /2 HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=\"B\"\r\nContent-Length: {Multipart.Length}\r\n\r\n{Multipart}").Server(Ok);
        Assert.Equal("""{"mimeType":"application/x-www-form-urlencoded","params":[{"name":"a","value":"1 2"},{"name":"b","value":"ü"}],"text":""}""",
            Json(conversation, 0).GetProperty("request").GetProperty("postData").GetRawText());
        Assert.Equal("""[{"name":"a","value":"1"},{"contentType":"text/plain","fileName":"x.txt","name":"f","value":"file"}]""",
            Json(conversation, 1).GetProperty("request").GetProperty("postData").GetProperty("params").GetRawText());
    }

    [Fact]
    public void Cookies_query_and_paths_are_read()
    {
        var conversation = new Conversation().Client("GET /a%20b//c/?k=1&k=2&x=&y HTTP/1.1\r\nCookie: s=1; t=\"q\"\r\n\r\n")
            .Server("HTTP/1.1 302 Found\r\nSet-Cookie: id=7; Path=/\r\nSet-Cookie: z=8\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n");
        var request = Json(conversation, 0).GetProperty("request");
        Assert.Equal("""{"k":["1","2"],"x":"","y":""}""", request.GetProperty("queryString").GetRawText());
        Assert.Equal("""{"s":"1","t":"q"}""", request.GetProperty("cookies").GetRawText());
        Assert.Equal("""["a b","","c",""]""", request.GetProperty("pathSegments").GetRawText());
        var response = Json(conversation, 0).GetProperty("response");
        Assert.Equal("""{"id":"7","z":"8"}""", response.GetProperty("cookies").GetRawText());
        Assert.Equal("/there", response.GetProperty("redirectURL").GetString());
    }

    [Fact]
    public void The_side_that_sends_requests_is_the_source_whoever_spoke_first()
    {
        var conversation = new Conversation(handshake: false).Send(Direction.Reverse, "GET / HTTP/1.1\r\n\r\n"u8).Send(Direction.Forward, Encoding.ASCII.GetBytes(Ok));
        Assert.Equal("10.0.0.99", Assert.Single(conversation.Items).Source.Ip);
    }

    [Fact]
    public void One_direction_alone_gives_unpaired_items()
    {
        var conversation = new Conversation(handshake: false).Server(Ok + Ok + Ok);
        conversation.End(FlowEnd.CaptureEnded);
        Assert.Equal(3, conversation.Items.Count);
        Assert.All(conversation.Items, i => Assert.Equal("pair-not-found", i.Error!.ErrorType));
    }

    [Fact]
    public void A_head_beyond_its_limit_is_given_up()
    {
        var conversation = new Conversation(new DissectionOptions { HeadLimit = 1000 }).Client("GET / HTTP/1.1\r\nX: " + new string('x', 2000)).Client("\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");
        conversation.End();
        Assert.Single(conversation.Items);
        Assert.True(conversation.Loss("resync") > 2000);
    }

    [Fact]
    public void Pending_messages_are_bounded()
    {
        var conversation = new Conversation(new DissectionOptions { PendingLimit = 16 });
        for (var i = 0; i < 100; i++) conversation.Client($"GET /{i} HTTP/1.1\r\n\r\n");
        Assert.True(conversation.Items.Count >= 84);
        Assert.True(conversation.Loss("pending-limit") > 0);
        Assert.Equal(100, conversation.End().Count);
    }

    [Fact]
    public void Pending_bodies_are_bounded()
    {
        var conversation = new Conversation(new DissectionOptions { PendingBytesLimit = 100_000 });
        for (var i = 0; i < 20; i++) conversation.Client($"POST /{i} HTTP/1.1\r\nContent-Length: 30000\r\n\r\n").Client(new string('x', 30_000));
        Assert.InRange(conversation.Items.Count, 16, 20);
        Assert.True(conversation.Loss("pending-limit") > 0);
    }

    internal static JsonElement Json(Conversation conversation, int item) => JsonDocument.Parse(conversation.Json[item]).RootElement;

    private static string[] Pairs(Conversation conversation) =>
        [.. conversation.Items.Select((_, i) => Json(conversation, i)).Select(j => j.GetProperty("request").GetProperty("path").GetString() + " " +
            (j.GetProperty("response").GetProperty("content").TryGetProperty("text", out var text) ? Encoding.UTF8.GetString(text.GetBytesFromBase64()) : ""))];

    private static byte[] Compress(string coding, byte[] data)
    {
        var output = new MemoryStream();
        using (Stream stream = coding switch
        {
            "gzip" => new GZipStream(output, CompressionLevel.Optimal, true),
            "br" => new BrotliStream(output, CompressionLevel.Optimal, true),
            "deflate" => new ZLibStream(output, CompressionLevel.Optimal, true),
            _ => new DeflateStream(output, CompressionLevel.Optimal, true),
        })
        {
            stream.Write(data);
        }

        return output.ToArray();
    }
}
