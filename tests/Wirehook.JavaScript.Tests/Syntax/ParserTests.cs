using Wirehook.JavaScript.Syntax;
using Wirehook.JavaScript.Tests.Conformance;
using Wirehook.Tests;

namespace Wirehook.JavaScript.Tests.Syntax;

public class ParserTests
{
    [Theory]
    [InlineData("a + b * c - d", "((a + (b * c)) - d);")]
    [InlineData("a ** b ** c", "(a ** (b ** c));")]
    [InlineData("(-a) ** 2", "((- a) ** 2);")]
    [InlineData("a || b && c | d ^ e & f == g < h << i + j * k", "(a || (b && (c | (d ^ (e & (f == (g < (h << (i + (j * k))))))))));")]
    [InlineData("a = b = c ? d : e ? f : g", "(a = (b = (c ? d : (e ? f : g))));")]
    [InlineData("a += b, c >>>= d", "((a += b), (c >>>= d));")]
    [InlineData("typeof void delete a.b", "(typeof (void (delete a.b)));")]
    [InlineData("new a.b.c(1)(2).d", "new (a.b.c)(1)(2).d;")]
    [InlineData("new new a(1)(2)", "new (new (a)(1))(2);")]
    [InlineData("new a", "new (a)();")]
    [InlineData("a.if.class['x']", "a.if.class[\"x\"];")]
    [InlineData("x = /[/]\\/=/g.test(a / b / c)", "(x = /[/]\\/=/g.test(((a / b) / c)));")]
    [InlineData("a\n++b", "a; (++ b);")]
    [InlineData("a\n(b)", "a(b);")]
    [InlineData("if (a) b; else c", "if (a) b; else c;")]
    [InlineData("do x++; while (x < 5) y", "do (x++); while ((x < 5)); y;")]
    [InlineData("for (var i = 0, j = 'a' in b; i < 1; i++);", null)]
    [InlineData("for (var i = ('a' in b); i;) ;", "for (var i = (\"a\" in b); i; ) ;")]
    [InlineData("for (x.y in z) continue", "for (x.y in z) continue;")]
    [InlineData("for (const [k, v] of m) f(k)", "for (const [k,v,] of m) f(k);")]
    [InlineData("for (let in o) ;", "for (let in o) ;")]
    [InlineData("({a: 1, 'b': 2, 3: 4, get c() {}, set c(v) {}, d, e() {}, [f]: g, get: 1, set() {}})",
        "({\"a\": 1, \"b\": 2, \"3\": 4, get \"c\"() {}, set \"c\"(v) {}, \"d\": d, \"e\"() {}, [f]: g, \"get\": 1, \"set\"() {}});")]
    [InlineData("({1e3: a, .5: b, 0x10: c, 1e21: d})", "({\"1000\": a, \"0.5\": b, \"16\": c, \"1e+21\": d});")]
    [InlineData("x => x + 1", "((x) => {return (x + 1);});")]
    [InlineData("(a, {b, c: [d] = e}, ...r) => { return a }", "((a, {\"b\": b, \"c\": [d,] = e}, ...r) => {return a;});")]
    [InlineData("() => ({})", "(() => {return ({});});")]
    [InlineData("f((a) => b, c => d)", "f(((a) => {return b;}), ((c) => {return d;}));")]
    [InlineData("[a, , b = 1, ...c] = d", "([a,,b = 1,...c] = d);")]
    [InlineData("({a, b: c.d, ...e} = f)", "({\"a\": a, \"b\": c.d, ...e} = f);")]
    [InlineData("[[a.b] = []] = c", "([[a.b,] = [],] = c);")]
    [InlineData("`a${b}c${`d${e}`}`", "`a${b}c${`d${e}`}`;")]
    [InlineData("f(...a, b, ...c)", "f(...a, b, ...c);")]
    [InlineData("[1,,2,]", "[1,,2,];")]
    [InlineData("try {} catch {} finally {}", "try {} catch {} finally {}")]
    [InlineData("a: b: for (;;) { continue a; break b }", "a: b: for (; ; ) {continue a; break b;}")]
    [InlineData("switch (a) { case 1: b; default: c; case 2: }", "switch (a) {case 1: b; default: c; case 2: }")]
    [InlineData("if (a) function f() {}", "if (a) {function f() {}}")]
    [InlineData("a <!-- b\n--> c\nd", "a; d;")]
    [InlineData("/* x\n */ --> c\nd", "d;")]
    [InlineData("'\\x41\\u0042\\u{43}\\103\\0\\\n'", "\"ABCC\\u0000\";")]
    [InlineData("\\u0061b\\u{63} = 1", "(abc = 1);")]
    [InlineData("010 + 0x1F + 0b101 + 0o17 + 089 + .5e1", "(((((8 + 31) + 5) + 15) + 89) + 5);")]
    [InlineData("\uFEFFa\u2028b\u00A0;", "a; b;")]
    [InlineData("let\nx = 1; var let1; const {y} = z", "let x = 1; var let1; const {\"y\": y} = z;")]
    [InlineData("async = 1; of = 2; get = async(of)", "(async = 1); (of = 2); (get = async(of));")]
    [InlineData("yield: { let = 1 }", "yield: {(let = 1);}")]
    [InlineData("function f(a, b = 1, {c} = {}, ...d) { 'use x' }", "function f(a, b = 1, {\"c\": c} = ({}), ...d) {\"use x\";}")]
    [InlineData("f() = 1", "(f() = 1);")]
    public void Reads_programs_as_the_grammar_says(string source, string? expected)
    {
        if (expected is null) Parsing.Refused(source);
        else Assert.Equal(expected, Parsing.Printed(source));
    }

    [CorpusFact]
    public void Printed_programs_read_back_as_the_same_tree()
    {
        foreach (var test in Test262Suite.Instance.Tests)
        {
            if (test.NegativePhase is not null) continue;
            string printed = SourcePrinter.Print(Parsing.Script(test.Text, JsScriptScope.Global).Main);
            Assert.Equal(printed, Parsing.Printed(printed));
        }
    }

    [Fact]
    public void Nodes_span_their_text()
    {
        const string Text = "var a = (b + c) * f(d)[1];";
        var declaration = (VariableDeclaration)Parsing.Script(Text).Main.Body[0];
        var product = (BinaryExpression)declaration.Declarators[0].Initializer!;
        var sum = (BinaryExpression)product.Left;
        var index = (IndexExpression)product.Right;
        Assert.Equal(Text, Text[declaration.Start..declaration.End]);
        Assert.Equal("(b + c) * f(d)[1]", Text[product.Start..product.End]);
        Assert.Equal("b + c", Text[sum.Start..sum.End]);
        Assert.Equal("f(d)[1]", Text[index.Start..index.End]);
    }

    [Fact]
    public void Functions_know_their_text_names_and_length()
    {
        const string Text = "var f = function(a, b = 1, c) {}, o = {m(x) {}, get g() { return 1 }}; let h = () => 2; k = function own() {};";
        var script = Parsing.Script(Text);
        var f = ((FunctionExpression)((VariableDeclaration)script.Main.Body[0]).Declarators[0].Initializer!).Function;
        var o = (ObjectLiteral)((VariableDeclaration)script.Main.Body[0]).Declarators[1].Initializer!;
        var getter = ((FunctionExpression)o.Properties[1].Value).Function;
        Assert.Equal(("f", 1, "function(a, b = 1, c) {}"), (f.Name, f.Length, Text[f.Start..f.End]));
        Assert.False(f.HasSimpleParameters);
        Assert.False(f.HasOwnName);
        Assert.Equal("get g() { return 1 }", Text[getter.Start..getter.End]);
        Assert.Equal("h", ((FunctionExpression)((VariableDeclaration)script.Main.Body[1]).Declarators[0].Initializer!).Function.Name);
        Assert.Contains("own", script.Names);
        Assert.DoesNotContain("onItemCaptured", script.Names);
    }

    [Fact]
    public void Strings_that_index_are_among_the_names() => Assert.Contains("onItemCaptured", Parsing.Script("this['onItemCaptured'] = 1").Names);

    [Fact]
    public void Function_constructor_keeps_parameters_and_body_apart()
    {
        var made = ScriptParser.ParseFunction("anonymous", "a, b", "return a + b // end");
        var function = ((FunctionExpression)((ExpressionStatement)made.Main.Body[0]).Expression).Function;
        Assert.Equal(("anonymous", 2), (function.Name, function.Length));
        Assert.Throws<JsSyntaxException>(() => ScriptParser.ParseFunction("x", "a) { }, function (", "}"));
        Assert.Throws<JsSyntaxException>(() => ScriptParser.ParseFunction("x", "", "}, function () {"));
        Assert.Throws<JsSyntaxException>(() => ScriptParser.ParseFunction("x", "/*", "*/ ) {"));
    }
}
