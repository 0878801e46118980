using System.IO.Compression;
using System.Text.Json;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Protocols.Grpc;
using Wirehook.Packets.Flows;
using static Wirehook.Dissection.Tests.Protocols.Http2.FrameBuilder;

namespace Wirehook.Dissection.Tests.Protocols.Grpc;

/// <summary>gRPC calls over HTTP/2, and gRPC-Web over both versions.</summary>
public class GrpcCallTests
{
    private static readonly byte[] Hello = [0x0a, 5, .. "world"u8];

    [Fact]
    public void A_unary_call_has_method_status_and_messages()
    {
        var call = Call(Calls("application/grpc+proto", ("grpc-status", "5"), ("grpc-message", "not%20here")));
        Assert.Equal(("gRPC", "2.0"), (call.Abbr, call.Version));
        Assert.Equal("""{"method":"SayHello","requestMessages":[{"compressed":false,"length":7,"message":{"1":"world"}}],"responseMessages":[{"compressed":false,"length":7,"message":{"1":"world"}},{"compressed":false,"length":0,"message":{}}],"service":"helloworld.Greeter","status":5,"statusMessage":"not here","statusName":"NOT_FOUND","web":false}""", call.Json);
    }

    [Fact]
    public void Names_come_from_the_schema()
    {
        var schema = new Dissection.Protobuf.ProtobufSchema();
        Assert.Null(schema.Add("h.proto", "package helloworld; message Hello { string name = 1; } service Greeter { rpc SayHello (Hello) returns (stream Hello); }"u8));
        schema.Resolve();
        Assert.Contains("""{"name":"world"}""", Call(Calls("application/grpc", ("grpc-status", "0")), schema).Json, StringComparison.Ordinal);
    }

    [Fact]
    public void Compressed_messages_are_decompressed()
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(Hello);
        var c = Open().Send(Direction.Forward, [.. Headers(1, false, (":method", "POST"), (":path", "/s.S/M"), ("content-type", "application/grpc"), ("grpc-encoding", "gzip")),
                .. Frame(0, EndStream, 1, [1, 0, 0, 0, (byte)output.Length, .. output.ToArray()])])
            .Send(Direction.Reverse, Headers(1, true, (":status", "200"), ("content-type", "application/grpc"), ("grpc-status", "0")));
        using var json = JsonDocument.Parse(c.Json[0]);
        Assert.Equal("world", json.RootElement.GetProperty("grpc").GetProperty("requestMessages")[0].GetProperty("message").GetProperty("1").GetString());
        Assert.Equal(0, json.RootElement.GetProperty("grpc").GetProperty("status").GetInt32());
    }

    [Fact]
    public void Messages_that_expand_a_thousandfold_are_bounded_together()
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(new byte[100_000]);
        byte[] message = [1, 0, 0, (byte)(output.Length >> 8), (byte)output.Length, .. output.ToArray()];
        var c = Open(new DissectionOptions { DecodedBodyLimit = 200_000 })
            .Send(Direction.Forward, Headers(1, false, (":method", "POST"), (":path", "/s.S/M"), ("content-type", "application/grpc"), ("grpc-encoding", "gzip")))
            .Send(Direction.Forward, Frame(0, EndStream, 1, [.. Enumerable.Repeat(message, 50).SelectMany(m => m)]))
            .Send(Direction.Reverse, Headers(1, true, (":status", "200"), ("content-type", "application/grpc"), ("grpc-status", "0")));
        using var json = JsonDocument.Parse(c.Json[0]);
        var messages = json.RootElement.GetProperty("grpc").GetProperty("requestMessages").EnumerateArray().ToList();
        Assert.Equal((50, 8), (messages.Count, messages.Count(m => !m.TryGetProperty("truncated", out _))));
        Assert.InRange(c.Json[0].Length, 8 * 130_000, 9 * 140_000);
    }

    [Fact]
    public void A_stream_that_is_reset_has_the_messages_so_far()
    {
        var c = Open().Send(Direction.Forward, [.. Headers(1, false, (":method", "POST"), (":path", "/s.S/Chat"), ("content-type", "application/grpc")), .. Frame(0, 0, 1, Message(Hello))])
            .Send(Direction.Reverse, [.. Headers(1, false, (":status", "200"), ("content-type", "application/grpc")), .. Frame(0, 0, 1, Message(Hello)), .. Frame(0, 0, 1, Message(Hello))])
            .Send(Direction.Forward, Frame(3, 0, 1, [0, 0, 0, 8]));
        var item = Assert.IsType<GrpcItem>(Assert.Single(c.Items));
        using var json = JsonDocument.Parse(c.Json[0]);
        Assert.Equal(2, json.RootElement.GetProperty("grpc").GetProperty("responseMessages").GetArrayLength());
        Assert.False(json.RootElement.GetProperty("grpc").TryGetProperty("status", out _));
        Assert.Equal("connection", item.Error!.ErrorType);
    }

    [Theory]
    [InlineData("application/grpc-web+proto", false)]
    [InlineData("application/grpc-web-text", true)]
    public void Grpc_web_has_its_trailers_in_the_body(string type, bool base64)
    {
        byte[] trailers = [.. "grpc-status: 3\r\ngrpc-message: bad\r\n"u8];
        byte[] body = [.. Message(Hello), 0x80, 0, 0, 0, (byte)trailers.Length, .. trailers];
        var (request, response) = (base64 ? Convert.ToBase64String(Message(Hello)) : Latin1(Message(Hello)), base64 ? Convert.ToBase64String(body[..12]) + Convert.ToBase64String(body[12..]) : Latin1(body));
        var c = new Conversation().Client($"POST /helloworld.Greeter/SayHello HTTP/1.1\r\nContent-Type: {type}\r\nContent-Length: {request.Length}\r\n\r\n{request}")
            .Server($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {response.Length}\r\n\r\n{response}");
        using var json = JsonDocument.Parse(c.Json[0]);
        var grpc = json.RootElement.GetProperty("grpc");
        Assert.Equal((3, "INVALID_ARGUMENT", "bad", true), (grpc.GetProperty("status").GetInt32(), grpc.GetProperty("statusName").GetString(), grpc.GetProperty("statusMessage").GetString(), grpc.GetProperty("web").GetBoolean()));
        Assert.Equal("world", grpc.GetProperty("requestMessages")[0].GetProperty("message").GetProperty("1").GetString());
        Assert.Equal(1, grpc.GetProperty("responseMessages").GetArrayLength());
        Assert.Equal(("gRPC", "1.1"), (json.RootElement.GetProperty("protocol").GetProperty("abbr").GetString(), json.RootElement.GetProperty("protocol").GetProperty("version").GetString()));
    }

    [Fact]
    public void What_is_no_protocol_buffer_is_base64()
    {
        var c = Calls("application/grpc+json", ("grpc-status", "0"), body: [.. "{\"a\":1}"u8]);
        Assert.Contains("\"data\":\"eyJhIjoxfQ==\"", Call(c).Json, StringComparison.Ordinal);
    }

    private static byte[] Message(byte[] content) => [0, 0, 0, 0, (byte)content.Length, .. content];

    private static string Latin1(byte[] bytes) => System.Text.Encoding.Latin1.GetString(bytes);

    private static Conversation Open(DissectionOptions? options = null) => new Conversation(options).Send(Direction.Forward, [.. Preface, .. Settings]).Send(Direction.Reverse, Settings);

    private static Func<DissectionOptions, Conversation> Calls(string type, (string, string) status, (string, string)? message = null, byte[]? body = null) => options => Open(options)
        .Send(Direction.Forward, [.. Headers(1, false, (":method", "POST"), (":path", "/helloworld.Greeter/SayHello"), ("content-type", type)), .. Frame(0, EndStream, 1, Message(body ?? Hello))])
        .Send(Direction.Reverse, [.. Headers(1, false, (":status", "200"), ("content-type", type)), .. Frame(0, 0, 1, [.. Message(body ?? Hello), .. Message([])]),
            .. Headers(1, true, [status, .. message is { } m ? new[] { m } : []])]);

    private static (string Json, string Abbr, string Version) Call(Func<DissectionOptions, Conversation> calls, Dissection.Protobuf.ProtobufSchema? schema = null)
    {
        var c = calls(new DissectionOptions { Protobuf = schema });
        using var json = JsonDocument.Parse(Assert.Single(c.Json));
        var protocol = json.RootElement.GetProperty("protocol");
        return (json.RootElement.GetProperty("grpc").GetRawText(), protocol.GetProperty("abbr").GetString()!, protocol.GetProperty("version").GetString()!);
    }
}
