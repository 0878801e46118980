using System.Text.Json;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;

namespace Wirehook.Dissection.Tests.Protocols.Http;

/// <summary>The record of the scripting documentation, field for field.</summary>
public class HttpShapeTests
{
    private const string Body = "PerformanceKPIs,path=/basket.html latency=51\n";

    private const string Expected = """
        {"dst":{"ip":"10.0.0.99","name":"","port":"8086"},"elapsedTime":1,"failed":false,"id":"192.168.49.2:8897/000000025258.pcap-0","index":0,"namespace":"","node":{"ip":"192.168.49.2","name":"mizu"},"outgoing":false,"passed":false,"protocol":{"abbr":"HTTP","backgroundColor":"#326de6","fontSize":12,"foregroundColor":"#ffffff","layer4":"tcp","longName":"Hypertext Transfer Protocol -- HTTP/1.1","macro":"http","name":"http","ports":["80","443","8080"],"priority":0,"referenceLink":"https://datatracker.ietf.org/doc/html/rfc2616","version":"1.1"},"request":{"bodySize":45,"cookies":{},"headers":{"Accept-Encoding":"gzip","Content-Length":"45","Host":"10.0.0.99:8086"},"headersSize":-1,"httpVersion":"HTTP/1.1","method":"POST","path":"/api/v2/write","pathSegments":["api","v2","write"],"postData":{"mimeType":"","params":[],"text":"PerformanceKPIs,path=/basket.html latency=51\n"},"queryString":{"bucket":"Metrics","org":"Kubeshark","precision":"ns"},"targetUri":"/api/v2/write?bucket=Metrics&org=Kubeshark&precision=ns","url":"/api/v2/write?bucket=Metrics&org=Kubeshark&precision=ns"},"requestSize":183,"response":{"bodySize":0,"content":{"encoding":"base64","mimeType":"","size":0},"cookies":{},"headers":{"Date":"Mon, 13 Mar 2023 02:37:46 GMT","X-Influxdb-Build":"OSS"},"headersSize":-1,"httpVersion":"HTTP/1.1","redirectURL":"","status":204,"statusText":"No Content"},"responseSize":87,"src":{"ip":"10.0.0.1","name":"","port":"36848"},"startTime":"2023-03-13T02:37:46.172360504Z","stream":"000000025258.pcap","timestamp":1678675066173,"tls":false,"worker":"192.168.49.2:8897"}
        """;

    private static readonly DissectionOptions Options = new() { Worker = "192.168.49.2:8897", Node = new Node("192.168.49.2", "mizu") };

    [Fact]
    public void A_pair_has_the_documented_record()
    {
        var conversation = new Conversation(Options, serverPort: 8086)
            .Client("POST /api/v2/write?bucket=Metrics&org=Kubeshark&precision=ns HTTP/1.1\r\nhost: 10.0.0.99:8086\r\ncontent-length: 45\r\nACCEPT-ENCODING: gzip\r\n\r\n" + Body)
            .Server("HTTP/1.1 204 No Content\r\nX-Influxdb-Build: OSS\r\nDate: Mon, 13 Mar 2023 02:37:46 GMT\r\n\r\n");
        Assert.Equal(Expected, Assert.Single(conversation.Json));
    }

    [Fact]
    public void Both_writers_give_the_same_text()
    {
        var conversation = new Conversation(Options).Client("GET /ü\"\\?a=%00%ed%a0%80 HTTP/1.1\r\nX: \u0001\r\n\r\n").Server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        ItemJson.Write(conversation.Items[0], bytes);
        var text = System.Text.Encoding.UTF8.GetString(bytes.WrittenSpan);
        Assert.Equal(conversation.Json[0], text);
        using var parsed = JsonDocument.Parse(text);
        Assert.Equal("\0\uFFFD\uFFFD\uFFFD", parsed.RootElement.GetProperty("request").GetProperty("queryString").GetProperty("a").GetString());
    }

    [Fact]
    public void An_unpaired_request_has_an_empty_response_and_says_why()
    {
        var conversation = new Conversation(Options).Client("GET / HTTP/1.0\r\n\r\n");
        var item = Assert.Single(conversation.End());
        using var json = JsonDocument.Parse(Conversation.ToJson(item));
        Assert.Equal("{}", json.RootElement.GetProperty("response").GetRawText());
        Assert.Equal("pair-not-found", json.RootElement.GetProperty("error").GetProperty("type").GetString());
        Assert.Equal("1.0", json.RootElement.GetProperty("protocol").GetProperty("version").GetString());
    }

    [Fact]
    public void Marks_are_part_of_the_record()
    {
        var item = new Conversation(Options).Client("GET / HTTP/1.1\r\n\r\n").End()[0];
        item.Passed = true;
        Assert.Contains("\"passed\":true", Conversation.ToJson(item), StringComparison.Ordinal);
    }
}
