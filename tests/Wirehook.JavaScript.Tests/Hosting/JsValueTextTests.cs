using Wirehook.JavaScript.Tests.Runtime;

namespace Wirehook.JavaScript.Tests.Hosting;

public class JsValueTextTests
{
    [Theory]
    [InlineData("undefined", "undefined")]
    [InlineData("null", "null")]
    [InlineData("1e21", "1e+21")]
    [InlineData("'a\"\\n\\u0007\\ud800\\ud83d\\ude00'", "\"a\\\"\\n\\u0007\\ud800\ud83d\ude00\"")]
    [InlineData("[1, , 'x', [2]]", "[1, <empty>, \"x\", [2]]")]
    [InlineData("({a: 1, 'b-c': {d: [{e: 1}]}})", "{a: 1, \"b-c\": {d: [{…}]}}")]
    [InlineData("({get g() { throw 1 }, toString: function () { throw 2 }})", "{g: (getter), toString: function toString}")]
    [InlineData("(function () {})", "function")]
    [InlineData("new RangeError('far')", "RangeError: far")]
    [InlineData("new Date(0)", "Date")]
    [InlineData("Object.defineProperty({}, 'hidden', {value: 1})", "{}")]
    [InlineData("var d = {a: 1, b: 2, c: 3}; delete d.b; d", "{a: 1, c: 3}")]
    [InlineData("Array(1e9)", "Array(1000000000)")]
    public void Values_read_like_literals(string source, string expected) => Assert.Equal(expected, JsValueText.Of(Evaluate(source)));

    [Theory]
    [InlineData("'x'.repeat(1000)", 10, "\"xxxxxxxxx…")]
    [InlineData("var big = {}; for (var i = 0; i < 1e5; i++) big['k' + i] = i; big", 12, "{k0: 0, k1: …")]
    [InlineData("var a = []; a.push(a, a); a", 20, "[[[Array(2), Array(2…")]
    [InlineData("'\\ud83d\\ude00\\ud83d\\ude00'", 2, "\"…")]
    public void Long_values_are_cut(string source, int length, string expected) => Assert.Equal(expected, JsValueText.Of(Evaluate(source), length));

    [Fact]
    public void Records_of_the_host_show_their_fields() =>
        Assert.StartsWith("{", JsValueText.Of(JsValue.From(new ItemRecord(new JsEngine(new FixedHost()), 1))), StringComparison.Ordinal);

    private static JsValue Evaluate(string source)
    {
        var engine = new JsEngine(new FixedHost());
        return engine.Run(engine.Compile("t.js", source));
    }
}
