using System.Text;
using Wirehook.Dissection.Items;

namespace Wirehook.Scripting.Tests.Records;

public class RecordViewTests
{
    private static readonly Item Sample = TrafficItems.Http(
        "POST /api/v2/write?bucket=M&org=K&org=L HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\na=1&b=2",
        "HTTP/1.1 204 No Content\r\nDate: Mon\r\n\r\n");

    [Theory]
    [InlineData("data.request.path", "/api/v2/write")]
    [InlineData("data.Request.Path", "/api/v2/write")]
    [InlineData("data.protocol.name + data.Protocol.Name", "httphttp")]
    [InlineData("data.response.status", "204")]
    [InlineData("data.request.headers.Host + data.request.headers['Content-Length']", "h7")]
    [InlineData("data.request.pathSegments.length + data.request.pathSegments[1]", "3v2")]
    [InlineData("data.request.queryString.org.join('+')", "K+L")]
    [InlineData("data.request.postData.params[1].value", "2")]
    [InlineData("data.request === data.request && data.request.headers === data.request.headers", "true")]
    [InlineData("typeof data.error + ('error' in data) + data.hasOwnProperty('error')", "undefinedfalsefalse")]
    [InlineData("data.hasOwnProperty('request') + ' ' + ('request' in data)", "true true")]
    [InlineData("Object.keys(data.src).join()", "ip,name,port")]
    [InlineData("(function () { var n = []; for (var k in data.dst) n.push(k); return n.join(); })()", "ip,name,port")]
    [InlineData("Array.isArray(data.request.pathSegments) + ' ' + (data.request.pathSegments instanceof Array)", "true true")]
    [InlineData("data.tls === false && data.passed === false", "true")]
    [InlineData("Object.prototype.toString.call(data)", "[object Object]")]
    public void Reads_as_an_object(string expression, string expected)
    {
        var bench = new ScriptBench().Load($"function onItemCaptured(data) {{ console.log(String({expression})); }}").Item(1, Sample);
        Assert.Equal("[a.js] " + expected, Assert.Single(bench.Lines));
    }

    [Theory]
    [InlineData("")]
    [InlineData("data.request.headers;")]
    [InlineData("data.request.path; data.response; data.protocol.ports[0];")]
    [InlineData("data.extra = 1; delete data.extra;")]
    public void Stringifies_to_the_canonical_JSON_however_it_was_read(string before)
    {
        var json = new StringBuilder();
        ItemJson.Write(Sample, json);
        var bench = new ScriptBench().Load($"function onItemCaptured(data) {{ {before} console.log(JSON.stringify(data)); }}").Item(1, Sample);
        Assert.Equal("[a.js] " + json, Assert.Single(bench.Lines));
    }

    [Theory]
    [InlineData("data.request.path = '/changed'")]
    [InlineData("data.request.pathSegments.push('/changed')")]
    [InlineData("data.request.headers.Host = '/changed'")]
    [InlineData("data.request.postData.params[0].name = '/changed'")]
    [InlineData("data.more = '/changed'")]
    public void Stringifies_what_the_script_changed_anywhere_below(string change)
    {
        var bench = new ScriptBench().Load($"function onItemCaptured(data) {{ {change}; console.log(JSON.stringify(data)); }}").Item(1, Sample);
        Assert.Contains("/changed", Assert.Single(bench.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain("/changed", Json(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_scripts_see_the_same_object()
    {
        var bench = new ScriptBench()
            .Load("function onItemCaptured(data) { data.note = 'left by a'; }")
            .Load("function onItemCaptured(data) { console.log(data.note); }", "b.js")
            .Item(1, Sample);
        Assert.Equal(["[b.js] left by a"], bench.Lines);
    }

    [Fact]
    public void An_item_that_a_script_keeps_stays_as_it_was()
    {
        var bench = new ScriptBench().Load("""
            var kept = [];
            function onItemCaptured(data) { kept.push(data); if (kept.length === 2) console.log(kept[0].request.path, kept[1].request.path); }
            """);
        bench.Item(1, TrafficItems.Http("/1")).Item(2, TrafficItems.Http("/2"));
        Assert.Equal(["[a.js] /1 /2"], bench.Lines);
    }

    private static string Json()
    {
        var json = new StringBuilder();
        ItemJson.Write(Sample, json);
        return json.ToString();
    }
}
