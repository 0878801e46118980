namespace Wirehook.JavaScript.Tests.Evaluation;

public class FunctionTests
{
    [Theory]
    [InlineData("function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) } fib(15)", "610")]
    [InlineData("var f = function g(n) { return n ? n * g(n - 1) : 1 }; f(5)", "120")]
    [InlineData("function c() { var n = 0; return function() { return ++n } } var a = c(), b = c(); a(); a(); b(); a() * 10 + b()", "32")]
    [InlineData("function f(a, b) { return arguments.length + ',' + a + ',' + b } f(1) + ' ' + f(1, 2, 3)", "1,1,undefined 3,1,2")]
    [InlineData("function f(a) { arguments[0] = 5; return a } f(1)", "5")]
    [InlineData("function f(a) { a = 6; return arguments[0] } f(1)", "6")]
    [InlineData("function f(a) { 'use strict'; arguments[0] = 5; return a } f(1)", "1")]
    [InlineData("function f() { return this === globalObject } var globalObject = this; f()", "true")]
    [InlineData("function f() { 'use strict'; return this } f()", "undefined")]
    [InlineData("function P(x) { this.x = x } P.prototype.get = function() { return this.x }; new P(4).get() + (new P(1) instanceof P ? 1 : 0)", "5")]
    [InlineData("function P() { return {y: 1} } new P().y", "1")]
    [InlineData("var o = {get a() { return this.b * 2 }, set a(v) { this.b = v }, b: 1}; o.a = 4; o.a", "8")]
    [InlineData("var o = {f() { return (() => this.v)() }, v: 3}; o.f()", "3")]
    [InlineData("function f() { return g(); function g() { return 'hoisted' } } f()", "hoisted")]
    [InlineData("typeof h; { function h() {} } typeof h", "function")]
    [InlineData("function f(a, a) { return a } f(1, 2)", "2")]
    [InlineData("(function() { return typeof arguments })()", "object")]
    [InlineData("(function f() { f = 1; return typeof f })()", "function")]
    [InlineData("function f() {} f.length + f.name + (delete f.prototype) + f.prototype.constructor.name", "0ffalsef")]
    [InlineData("var s = ''; function f() { for (var i = 0; i < arguments.length; i++) s += arguments[i] } f('a', 'b', 'c'); s", "abc")]
    [InlineData("function deep(n) { return n ? deep(n - 1) + 1 : 0 } deep(3000)", "3000")]
    [InlineData("function many() { var s = 0; for (var i of arguments) s += i; return s } many(...new_array(5000)); function new_array(n) { var a = []; for (var i = 0; i < n; i++) a[i] = 1; return a }", "5000")]
    public void Functions(string source, string expected) => Assert.Equal(expected, Script.Run(source));

    [Theory]
    [InlineData("var x = 1; eval('x + 1')", "2")]
    [InlineData("function f() { var x = 5; eval('x = 6; var y = 7'); return x + y } f()", "13")]
    [InlineData("function f() { var x = 5; return (0, eval)('typeof x') } f()", "undefined")]
    [InlineData("function f() { 'use strict'; eval('var z = 1'); return typeof z } f()", "undefined")]
    [InlineData("function f() { eval('function g() { return 9 }'); return g() } f()", "9")]
    [InlineData("function f(a) { return eval('arguments.length + a') } f(2)", "3")]
    [InlineData("eval('var q = 3'); q", "3")]
    [InlineData("var r = eval('for (var i = 0; i < 3; i++) i'); r", "2")]
    [InlineData("function f() { eval('var v = 1'); var r = delete v; return r + typeof v } f()", "trueundefined")]
    [InlineData("try { eval('}') } catch (e) { e.message }", "Unexpected token '}'")]
    public void Eval(string source, string expected) => Assert.Equal(expected, Script.Run(source));

    [Fact]
    public void Top_level_names_belong_to_the_script_alone()
    {
        var engine = new JsEngine(new Runtime.FixedHost());
        Assert.Equal("1", Script.Run(engine, "var n = 1; function f() { return n } this.shared = 5; f()"));
        Assert.Equal("undefined5", Script.Run(engine, "typeof n + shared"));
    }

    [Fact]
    public void Global_code_makes_properties_of_the_global_object()
    {
        var engine = new JsEngine(new Runtime.FixedHost());
        Assert.Equal("3", Script.Run(engine, "var n = 1; function f() { return n + 1 } this.n + this.f()", JsScriptScope.Global));
        Assert.Equal("1", Script.Run(engine, "n"));
    }

    [Fact]
    public void Errors_carry_script_line_column_and_stack()
    {
        var engine = new JsEngine(new Runtime.FixedHost());
        var script = engine.Compile("hook.js", "function outer() {\n  inner();\n}\nfunction inner() {\n  null.x;\n}\n");
        engine.Run(script);
        Assert.True(script.TryGetTopLevel("outer", out var outer));
        var error = Assert.Throws<JsException>(() => engine.Call(script, outer, default, default));
        Assert.Equal(("hook.js", 5, 8), (error.ScriptName, error.Line, error.Column));
        Assert.Equal("    at inner (hook.js:5:8)\n    at outer (hook.js:2:3)", error.JsStack);
        Assert.EndsWith("Cannot read properties of null (reading 'x')", error.Message, StringComparison.Ordinal);
    }
}
