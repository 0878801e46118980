using Wirehook.JavaScript.Tests.Runtime;

namespace Wirehook.JavaScript.Tests.Library;

/// <summary>Built-ins asked for more than the limits allow: each one stops, by a guard or by a RangeError, and the engine goes on.</summary>
public class BuiltinGuardTests
{
    private static readonly long MemoryLimit = 64 << 20;

    [Theory]
    [InlineData("Array(1e9).join('x')")]
    [InlineData("Array(4e9).join('')")]
    [InlineData("'x'.repeat(1e9)")]
    [InlineData("'x'.repeat(3e8)")]
    [InlineData("'x'.padStart(1e9)")]
    [InlineData("'x'.padEnd(3e8, 'abc')")]
    [InlineData("var s = 'x'; for (;;) s = s.concat(s)")]
    [InlineData("var s = Array(1e5).join('x'); s.replace(/x/g, s)")]
    [InlineData("var s = Array(1e5).join('x'); s.replace(/x/g, function () { return s; })")]
    [InlineData("var s = Array(1e5).join('x'); s.replaceAll('x', s)")]
    [InlineData("var s = Array(1e5).join('x'); s.split('').map(function () { return s; }).join()")]
    [InlineData("var a = [1]; for (;;) a = a.concat(a)")]
    [InlineData("var a = []; for (;;) a.push(1, 2, 3, 4, 5, 6, 7, 8)")]
    [InlineData("new Array(4e9).fill(0)")]
    [InlineData("Array.from({length: 1e9})")]
    [InlineData("Array.prototype.indexOf.call({length: 1e15}, 1)")]
    [InlineData("Array.prototype.sort.call({length: 1e15})")]
    [InlineData("Array.prototype.reverse.call({length: 1e15})")]
    [InlineData("Array.prototype.splice.call({length: 1e15}, 0, 1)")]
    [InlineData("[3, 2, 1].sort(function () { for (;;); })")]
    [InlineData("[1].sort.call([2, 1], function f() { return [1, 2].sort(f); })")]
    [InlineData("'x'.replace('x', function () { for (;;); })")]
    [InlineData("var o = {}; o.toString = function () { return [o, o].join(); }; String(o)")]
    [InlineData("var o = {toJSON: function () { return [o, o]; }}; JSON.stringify(o)")]
    [InlineData("var a = []; for (var i = 0; i < 1e5; i++) a = [a]; JSON.stringify(a)")]
    [InlineData("var a = []; for (var i = 0; i < 1e5; i++) a = [a]; a.flat(Infinity); String(a)")]
    [InlineData("var s = JSON.stringify(Array(1e5).join('x')); var a = []; for (;;) a.push(JSON.parse(s))")]
    [InlineData("var m = new Map(); for (var i = 0;; i++) m.set(i, i)")]
    [InlineData("var s = new Set([1]); s.forEach(function (v) { s.add(v + 1); })")]
    [InlineData("var s = new Set([1]); for (var v of s) { s.delete(v); s.add(v + 1); }")]
    [InlineData("/(a+)+$/.test(Array(64).join('a') + '!')")]
    [InlineData("Array(64).join('a').concat('!').replace(/(a|aa)+$/, '')")]
    [InlineData("Array(64).join('a').concat('!').split(/(a*)*b/)")]
    [InlineData("/(?:(a)|b)*c/.test(Array(3e6).join('a'))")]
    [InlineData("var s = Array(1e6).join('a'); for (;;) s.match(/a/g)")]
    [InlineData("for (var i = 0;; i++) new RegExp('(' + Array(1000).join('x' + i) + ')')")]
    [InlineData("Function.prototype.apply.call(Math.max, null, {length: 1e9})")]
    [InlineData("var o = {}; for (var i = 0;; i++) o['k' + i] = i")]
    [InlineData("encodeURIComponent(Array(2e7).join('\\u20ac'))")]
    [InlineData("String.raw({raw: {length: 1e15}})")]
    public void Stops(string source)
    {
        var engine = new JsEngine(new FixedHost(), new JsLimits { CallNanoseconds = 150_000_000, MemoryBytes = MemoryLimit });
        var script = engine.Compile("attack.js", source);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var thrown = Record.Exception(() => engine.Run(script));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(thrown is JsStoppedException || (thrown is JsException && thrown.Message.StartsWith("RangeError", StringComparison.Ordinal)), $"{thrown?.Message ?? "nothing"}");
        Assert.True(allocated < 40 * MemoryLimit, $"{allocated >> 20} MiB allocated");
        Assert.Equal("6", engine.ToDisplayString(engine.Run(engine.Compile("after.js", "[1, 2, 3].reduce(function (a, b) { return a + b; })"))));
    }
}
