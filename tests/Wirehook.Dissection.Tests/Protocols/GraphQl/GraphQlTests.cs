using System.Text.Json;
using Wirehook.Dissection.Protocols.GraphQl;
using Wirehook.Packets.Flows;
using static Wirehook.Dissection.Tests.Protocols.Http2.FrameBuilder;

namespace Wirehook.Dissection.Tests.Protocols.GraphQl;

/// <summary>GraphQL requests over both versions of HTTP, and JSON that is none.</summary>
public class GraphQlTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 53\r\n\r\n{\"errors\":[{\"message\":\"no such user\"}],\"data\":null}  \n";

    [Fact]
    public void A_posted_operation_is_described()
    {
        var json = Post("""{"operationName":"Two","variables":{"id":7,"deep":{"a":[true,null]}},"query":"query One{a} mutation Two($id: ID! = 5 @x) @live { rename: setName(id: $id, names: [\"x\", 1.5e3]) { ...F ... on User @skip(if: true) { id } } other } fragment F on User { name }"}""");
        var call = json.GetProperty("graphql");
        Assert.Equal(("mutation", "Two"), (call.GetProperty("operationType").GetString(), call.GetProperty("operationName").GetString()));
        Assert.Equal("""["setName","other"]""", call.GetProperty("fields").GetRawText());
        Assert.Equal("""{"deep":{"a":[true,null]},"id":7}""", call.GetProperty("variables").GetRawText());
        Assert.Equal("""["no such user"]""", call.GetProperty("errors").GetRawText());
        Assert.Equal(("GQL", "http", "1.1"), (Protocol(json, "abbr"), Protocol(json, "name"), Protocol(json, "version")));
        Assert.Equal("/graphql", json.GetProperty("request").GetProperty("path").GetString());
    }

    [Fact]
    public void A_batch_has_every_operation()
    {
        var call = Post("""[{"query":"{a}"},{"query":"subscription S{b}"}]""").GetProperty("graphql");
        Assert.Equal(2, call.GetProperty("operations").GetArrayLength());
        Assert.Equal("subscription", call.GetProperty("operations")[1].GetProperty("operationType").GetString());
    }

    [Fact]
    public void A_query_may_be_in_the_target()
    {
        using var json = JsonDocument.Parse(new Conversation().Client("GET /graphql?query=%7Bme%7Bname%7D%7D&variables=%7B%22x%22%3A1%7D HTTP/1.1\r\n\r\n").Server(Ok).Json[0]);
        var call = json.RootElement.GetProperty("graphql");
        Assert.Equal("""["me"]""", call.GetProperty("fields").GetRawText());
        Assert.Equal("""{"x":1}""", call.GetProperty("variables").GetRawText());
    }

    [Fact]
    public void Over_HTTP2_it_is_the_same()
    {
        var c = new Conversation().Send(Direction.Forward, [.. Preface, .. Settings, .. Headers(1, false, (":method", "POST"), (":path", "/graphql"), ("content-type", "application/json")), .. Data(1, "{\"query\":\"{a}\"}")])
            .Send(Direction.Reverse, [.. Settings, .. Response(1, 200), .. Data(1, "{}")]);
        using var json = JsonDocument.Parse(c.Json[0]);
        Assert.Equal(("GQL", "2.0"), (Protocol(json.RootElement, "abbr"), Protocol(json.RootElement, "version")));
    }

    [Theory]
    [InlineData("""{"query":"select * from users"}""")]
    [InlineData("""{"query":{"match":{"title":"x"}}}""")]
    [InlineData("""{"query":"shoes","page":2}""")]
    [InlineData("""{"query":"{a"}""")]
    [InlineData("""{"query":"{}"}""")]
    [InlineData("""{"nested":{"query":"{a}"}}""")]
    [InlineData("""{"query":"{a}" garbage""")]
    [InlineData("""{"query":"\ud800{a}"}""")]
    [InlineData("""[{"query":"{a}"},5]""")]
    public void Other_JSON_is_plain_HTTP(string body) => Assert.Equal("HTTP", Protocol(Post(body), "abbr"));

    [Theory]
    [InlineData("{ a(x: \"\"\"block \\\"\"\" text\"\"\") { b } } # end", true)]
    [InlineData("query ($a: [Int!]! = [1, 2], $b: In = {x: $c}) { a }", true)]
    [InlineData("{ a: b: c }", false)]
    [InlineData("fragment F on T { a }", false)]
    [InlineData("query { a } query", false)]
    [InlineData("{ a(x:) }", false)]
    [InlineData("\uFEFF,, {a,b}", true)]
    public void Documents_are_checked(string document, bool valid) => Assert.Equal(valid, GraphQlDocument.Parse(document) is not null);

    [Fact]
    public void Damaged_documents_end()
    {
        const string Alphabet = "{}()[]:$@!.\"\\#\n a1=|&";
        const string Document = "query Q($a: [Int!] = [1 2], $b: T) @d(x: {y: \"s\"}) { a: b(c: \"\"\"t\"\"\", d: $a) { ...F ... on T { e } } } fragment F on T { g }";
        var random = new Random(3);
        for (var i = 0; i < 50_000; i++)
        {
            var text = Document.ToCharArray();
            for (var k = random.Next(1, 5); k > 0; k--) text[random.Next(text.Length)] = Alphabet[random.Next(Alphabet.Length)];
            GraphQlDocument.Parse(text.AsSpan(0, random.Next(text.Length)));
        }

        Assert.Null(GraphQlDocument.Parse(string.Concat(Enumerable.Repeat("{a", 10_000))));
    }

    private static JsonElement Post(string body) => JsonDocument.Parse(new Conversation()
        .Client($"POST /graphql HTTP/1.1\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {body.Length}\r\n\r\n{body}").Server(Ok).Json[0]).RootElement;

    private static string Protocol(JsonElement item, string field) => item.GetProperty("protocol").GetProperty(field).GetString()!;
}
