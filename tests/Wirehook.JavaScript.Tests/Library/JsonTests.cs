using Wirehook.JavaScript.Tests.Evaluation;
using Wirehook.JavaScript.Tests.Runtime;

namespace Wirehook.JavaScript.Tests.Library;

public class JsonTests
{
    [Theory]
    [InlineData("JSON.stringify({a: [1, 'x', null, undefined, function () {}], b: undefined, c: NaN})", "{\"a\":[1,\"x\",null,null,null],\"c\":null}")]
    [InlineData("JSON.stringify('\\u2028\\ud800\\n\\u0001\"\\\\😀')", "\"\u2028\\ud800\\n\\u0001\\\"\\\\😀\"")]
    [InlineData("JSON.stringify({a: [1, {b: 2}], c: {}, d: []}, null, 2)", "{\n  \"a\": [\n    1,\n    {\n      \"b\": 2\n    }\n  ],\n  \"c\": {},\n  \"d\": []\n}")]
    [InlineData("JSON.stringify({a: 1, b: 2, c: {a: 3, d: 4}}, ['c', 'a', 'a'])", "{\"c\":{\"a\":3},\"a\":1}")]
    [InlineData("JSON.stringify({a: 1, b: [2]}, function (k, v) { return typeof v === 'number' ? v * 10 : v; })", "{\"a\":10,\"b\":[20]}")]
    [InlineData("JSON.stringify({d: new Date(0), toJSON: function (k) { return {k: k}; }})", "{\"k\":\"\"}")]
    [InlineData("JSON.stringify([new Date(0), new Number(1), new String('s'), new Boolean(false)])", "[\"1970-01-01T00:00:00.000Z\",1,\"s\",false]")]
    [InlineData("String(JSON.stringify(undefined)) + JSON.stringify(function () {})", "undefinedundefined")]
    [InlineData("var a = {}; a.b = [a]; try { JSON.stringify(a) } catch (e) { e.name + ': ' + e.message }", "TypeError: Converting circular structure to JSON\n    --> starting at object with constructor 'Object'\n    |     property 'b' -> object with constructor 'Array'\n    --- index 0 closes the circle")]
    [InlineData("var o = {a: 1, get b() { delete o.c; o.d = 4; return 2; }, c: 3}; JSON.stringify(o)", "{\"a\":1,\"b\":2}")]
    [InlineData("JSON.stringify({2: 'b', 1: 'a', x: 1})", "{\"1\":\"a\",\"2\":\"b\",\"x\":1}")]
    [InlineData("JSON.stringify([,1]) + JSON.stringify({a: 1}, null, 'abcdefghijklmn').length", "[null,1]20")]
    [InlineData("JSON.parse('[1, 2.5e3, -0, true, null, \"\\\\u0041\\\\n\"]').join('|')", "1|2500|0|true||A\n")]
    [InlineData("JSON.parse('{\"a\": {\"b\": [1, 2]}}').a.b[1]", "2")]
    [InlineData("Object.keys(JSON.parse('{\"__proto__\": 1, \"a\": 1, \"a\": 2}')).join()", "__proto__,a")]
    [InlineData("JSON.stringify(JSON.parse('{\"a\": 1, \"b\": [2, 3]}', function (k, v) { return k === '0' ? undefined : v; }))", "{\"a\":1,\"b\":[null,3]}")]
    [InlineData("JSON.parse('[]').length + typeof JSON.parse(' {} ')", "0object")]
    public void Values(string source, string expected) => Assert.Equal(expected, Script.Run(source));

    [Theory]
    [InlineData("{\"a\":}", "Unexpected token } in JSON at position 5")]
    [InlineData("", "Unexpected end of JSON input")]
    [InlineData("[1,]", "Unexpected token ] in JSON at position 3")]
    [InlineData("[1", "Unexpected end of JSON input")]
    [InlineData("01", "Unexpected number in JSON at position 1")]
    [InlineData("{\"a\" \"b\"}", "Unexpected string in JSON at position 5")]
    [InlineData("tru", "Unexpected end of JSON input")]
    [InlineData("nul1", "Unexpected number in JSON at position 3")]
    [InlineData("'a'", "Unexpected token ' in JSON at position 0")]
    [InlineData("[1.]", "Unexpected token ] in JSON at position 3")]
    [InlineData("\"\\x\"", "Unexpected token x in JSON at position 2")]
    [InlineData("1 2", "Unexpected number in JSON at position 2")]
    public void Errors_name_what_and_where(string json, string expected)
    {
        var engine = new JsEngine(new FixedHost());
        engine.Global.Set("text", JsValue.From(json));
        Assert.Equal("SyntaxError: " + expected, Script.Run(engine, "try { JSON.parse(text); 'parsed' } catch (e) { String(e) }"));
    }

    [Fact]
    public void Nesting_is_no_danger_to_the_parser()
    {
        Assert.Equal("ok", Script.Run("var d = 50000; var a = JSON.parse(Array(d + 1).join('[') + Array(d + 1).join(']')); for (var i = 1; i < d; i++) a = a[0]; a.length === 0 ? 'ok' : 'no'"));
    }

    [Fact]
    public void Random_values_survive_a_round_trip()
    {
        var random = new Random(23);
        var engine = new JsEngine(new FixedHost());
        for (int i = 0; i < 2_000; i++)
        {
            string json = RandomJson(random, 4);
            engine.Global.Set("text", JsValue.From(json));
            Assert.Equal(json, Script.Run(engine, "JSON.stringify(JSON.parse(text))"));
        }
    }

    private static string RandomJson(Random random, int depth) => random.Next(depth > 0 ? 7 : 5) switch
    {
        0 => random.Next(-1000, 1000).ToString(),
        1 => random.Next(2) == 0 ? "true" : "null",
        2 => "\"" + string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => new[] { "a", "é", "\\n", "\\\"", "\\u0001", "😀", "\\\\" }[random.Next(7)])) + "\"",
        3 => (random.Next(1, 1000) + 0.5).ToString(System.Globalization.CultureInfo.InvariantCulture),
        4 => "{}",
        5 => "[" + string.Join(",", Enumerable.Range(0, random.Next(4)).Select(_ => RandomJson(random, depth - 1))) + "]",
        _ => "{" + string.Join(",", Enumerable.Range(0, random.Next(4)).Select(n => $"\"k{n}\":{RandomJson(random, depth - 1)}")) + "}",
    };
}
