using Wirehook.JavaScript.Tests.Runtime;

namespace Wirehook.JavaScript.Tests.Hosting;

public class GuardTests
{
    // Enough for the nesting that the limits allow; and little, for what uses up any stack: leaving its frames takes time.
    private const int LargeStack = 64 << 20;
    private const int SmallStack = 4 << 20;

    [Theory]
    [InlineData("for(;;);")]
    [InlineData("while (true) { try { throw 1 } catch (e) {} }")]
    [InlineData("for (;;) { try { for (;;) {} } catch (e) {} finally {} }")]
    [InlineData("function f() { f() } for (;;) { try { throw f } catch (e) {} }")]
    [InlineData("do { [1, 2, 3].map(x => x) } while (1)")]
    [InlineData("var o = {get x() { for (;;); }}; o.x")]
    [InlineData("[2, 1].sort(function() { for (;;); })")]
    [InlineData("'aaa'.replace(/a/g, function() { while (1); })")]
    [InlineData("var o = {valueOf: function() { while (1); }}; o + 1")]
    [InlineData("eval('for(;;);')")]
    [InlineData("new Function('for(;;);')()")]
    [InlineData("for (var i = 0; i < 1e12; i++) eval('i')")]
    [InlineData("var a = [1]; for (var x of a) a.push(x)")]
    [InlineData("/(a+)+b/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')")]
    public void A_script_that_never_ends_is_stopped(string source) =>
        AssertStopped(source, JsGuardKind.Time, JsGuardKind.RegularExpression, JsGuardKind.Memory);

    [Theory]
    [InlineData("function f() { f() } f()")]
    [InlineData("function f() { try { f() } catch (e) { f() } finally { f() } } f()")]
    [InlineData("var o = {get x() { return this.x }}; o.x")]
    [InlineData("var o = {toString() { return '' + this }}; '' + o")]
    [InlineData("var a = () => [1].forEach(a); a()")]
    [InlineData("function F() { new F() } new F()")]
    [InlineData("function f() { [2, 1].sort(f) } f()")]
    [InlineData("function f() { 'a'.replace(/a/, f) } f()")]
    [InlineData("var f = function() { return f.apply(this, arguments) }; f(1, 2)")]
    [InlineData("var f = () => g(), g = f.bind(null); g()")]
    [InlineData("function f(s) { eval('f(s)') } f('x')")]
    [InlineData("var o = {}; Object.defineProperty(o, 'a', {set(v) { this.a = v }}); o.a = 1")]
    public void Unbounded_recursion_is_stopped(string source) => AssertStopped(source, JsGuardKind.StackDepth);

    [Theory]
    [InlineData("var s = 'x'; for (;;) s += s")]
    [InlineData("var a = []; for (;;) a.push({})")]
    [InlineData("var a = []; for (;;) a[a.length] = a.length + ''")]
    [InlineData("var a = []; for (;;) a = [a, a.length]")]
    [InlineData("var f = null; for (;;) { let g = f; f = () => g }")]
    [InlineData("var o = {}; for (var i = 0; ; i++) o['key' + i] = i")]
    [InlineData("var o = {}; for (var i = 0; ; i++) o[i] = i")]
    [InlineData("var a = []; for (;;) a.push('abcdefgh'.repeat(1000) + a.length)")]
    [InlineData("this.hoard = []; for (;;) hoard.push([1, 2, 3])")]
    [InlineData("function f(s) { return (s + s) + f(s + s) } f('0123456789')")]
    [InlineData("var r = {}; for (;;) r = {r}")]
    [InlineData("for (var s = 'xxxxxxxx'; ; ) { try { s = s + s } catch (e) { s = s.slice(1) } }")]
    public void Hoarding_memory_is_stopped(string source) => AssertStopped(source, JsGuardKind.Memory, JsGuardKind.Time);

    [Theory]
    [InlineData("function f() { ", "{", "f()", "}", " } f()")]
    [InlineData("function f() { ", "if (1) ", "f()", "", " } f()")]
    [InlineData("function f() { return ", "!", "f()", "", " } f()")]
    [InlineData("function f() { return ", "1 + (", "f()", ")", " } f()")]
    [InlineData("function f() { return ", "[", "f()", "]", " } f()")]
    [InlineData("function f() { var ", "[", "a = f()", "]", " = ITERABLE } f()")]
    public void Recursion_through_deeply_nested_code_is_stopped(string head, string open, string middle, string close, string tail)
    {
        const int Levels = 400;
        string nested = string.Concat(Enumerable.Repeat(open, Levels)) + middle + string.Concat(Enumerable.Repeat(close, Levels));
        string iterable = string.Concat(Enumerable.Repeat("[", Levels)) + string.Concat(Enumerable.Repeat("]", Levels));
        AssertStopped(head + nested + tail.Replace("ITERABLE", iterable, StringComparison.Ordinal), SmallStack, JsGuardKind.StackDepth, JsGuardKind.Memory);
    }

    [Fact]
    public void Neither_catch_nor_finally_runs_when_a_guard_stops_the_script()
    {
        var engine = CreateEngine();
        var script = engine.Compile("t.js", "var caught = 0; try { for(;;); } catch (e) { caught = 1 } finally { caught = 2 }");
        Assert.Throws<JsStoppedException>(() => engine.Run(script));
        Assert.True(script.TryGetTopLevel("caught", out var caught));
        Assert.Equal(0, caught.AsNumber);
    }

    [Fact]
    public void The_stop_names_script_line_and_column()
    {
        var engine = CreateEngine();
        var script = engine.Compile("endless.js", "var n = 0;\n  for (;;) {\n n++ }");
        var stopped = Assert.Throws<JsStoppedException>(() => engine.Run(script));
        Assert.Equal(("endless.js", 2, 3), (stopped.ScriptName, stopped.Line, stopped.Column));
    }

    [Fact]
    public void Garbage_does_not_count_as_memory()
    {
        var engine = CreateEngine();
        engine.Limits.CallNanoseconds = 20_000_000_000;
        Assert.Equal("1000000", Evaluation.Script.Run(engine, "var n = 0; for (var i = 0; i < 1e6; i++) { var o = {a: [1, 2, 3], b: 'x' + i}; n++ } n"));
    }

    [Fact]
    public void Records_that_a_script_keeps_count_as_its_memory_and_the_host_may_always_make_more()
    {
        var engine = CreateEngine();
        var script = engine.Compile("keep.js", "var kept = []; function keep(d) { kept.push(d) } function drop() { kept = [] }");
        engine.Run(script);
        script.TryGetTopLevel("keep", out var keep);
        script.TryGetTopLevel("drop", out var drop);
        int made = 0;
        Assert.Throws<JsStoppedException>(() =>
        {
            for (; made < 200_000; made++)
                engine.Call(script, keep, default, [JsValue.From(new ItemRecord(engine, 1))]);
        });
        Assert.InRange(made, 10_000, 60_000);
        engine.Call(script, drop, default, default);
        engine.Call(script, keep, default, [JsValue.From(new ItemRecord(engine, 1))]);
    }

    [Fact]
    public void Errors_caught_by_host_functions_leave_the_depth_as_it_was()
    {
        var engine = CreateEngine();
        engine.Global.Set("attempt", JsValue.From(engine.NewFunction("attempt", 1, static (e, in _, a) => JsValue.From(e.ToDisplayString(a[0])))));
        Assert.Equal("[object Object]10000", Evaluation.Script.Run(engine, "var o = {toString() { throw 1 }}, t; for (var i = 0; i < 10000; i++) t = attempt(o); t + i"));
    }

    private static void AssertStopped(string source, params JsGuardKind[] kinds) => AssertStopped(source, LargeStack, kinds);

    private static void AssertStopped(string source, int stackBytes, params JsGuardKind[] kinds)
    {
        var engine = CreateEngine();
        var script = engine.Compile("attack.js", source);
        JsStoppedException? stopped = null;
        var thread = new Thread(() => stopped = Assert.Throws<JsStoppedException>(() => engine.Run(script)), stackBytes);
        thread.Start();
        Assert.True(thread.Join(20_000), "not stopped");
        Assert.NotNull(stopped);
        Assert.Contains(stopped.Kind, kinds);
        Assert.Equal("attack.js", stopped.ScriptName.Replace("eval", "attack.js", StringComparison.Ordinal).Replace("anonymous", "attack.js", StringComparison.Ordinal));
        Assert.Equal("6", Evaluation.Script.Run(engine, "var s = 0; for (var i = 0; i < 4; i++) s += i; function f(n) { return n ? f(n - 1) : 0 } s + f(100)"));
    }

    private static JsEngine CreateEngine() => new(new FixedHost(), new JsLimits { CallNanoseconds = 150_000_000, MemoryBytes = 24 << 20, StackDepth = 2000 });
}
