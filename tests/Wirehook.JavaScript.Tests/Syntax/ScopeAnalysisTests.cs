using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript.Tests.Syntax;

public class ScopeAnalysisTests
{
    [Fact]
    public void Locals_live_in_the_frame_with_arguments_first()
    {
        var f = Function("function f(a, b) { var c = a + b; let d = c; return d }");
        Assert.Equal(4, f.FrameSize);
        Assert.Equal([(BindingStorage.Frame, 0), (BindingStorage.Frame, 1), (BindingStorage.Frame, 2), (BindingStorage.Frame, 3)],
            new[] { "a", "b", "d", "c" }.Select(n => (f.Scope.Find(n)!.Storage, f.Scope.Find(n)!.Slot)));
        Assert.False(f.Scope.NeedsEnvironment);
        Assert.Null(f.ArgumentsBinding);
        Assert.False(f.UsesThis);
    }

    [Fact]
    public void Of_equal_parameters_the_last_one_counts()
    {
        var f = Function("function f(a, a) { return a }");
        Assert.Equal(1, f.Scope.Find("a")!.ParameterIndex);
        Assert.Equal(1, f.Scope.Find("a")!.Slot);
    }

    [Fact]
    public void Defaults_that_look_ahead_are_checked()
    {
        var f = Function("function f(a = b, b, c = c, d = () => e, e = a) { return b }");
        Assert.Equal([(false, 0), (true, -1), (true, -1), (false, 3), (true, -1)],
            new[] { "a", "b", "c", "d", "e" }.Select(n => (f.Scope.Find(n)!.NeedsTdz, f.Scope.Find(n)!.ParameterIndex)));
        var references = ReferencesByName(Parsing.Script("function f(a = b, b) { return b }"));
        Assert.Equal([true, false, false], references["b"].Select(r => r.CheckTdz));
    }

    [Fact]
    public void Captured_names_move_to_environments_and_hops_count_only_those()
    {
        var script = Parsing.Script("function f(a) { { let b = a; { let unused = 1; return () => a + b + unused2 } } }");
        var references = ReferencesByName(script);
        Assert.Equal((ReferenceKind.Heap, 1), (references["a"][^1].Kind, references["a"][^1].Hops));
        Assert.Equal((ReferenceKind.Heap, 0), (references["b"][^1].Kind, references["b"][^1].Hops));
        Assert.Equal(ReferenceKind.Global, references["unused2"][0].Kind);
        Assert.Equal(BindingStorage.Frame, references["unused"][0].Binding!.Storage);
    }

    [Theory]
    [InlineData(JsScriptScope.Own, "Cell", "Cell")]
    [InlineData(JsScriptScope.Global, "Global", "Cell")]
    public void Top_level_names_are_cells_or_global(JsScriptScope scope, string variable, string lexical)
    {
        var references = ReferencesByName(Parsing.Script("var a = 1; const b = 2; function f() { return a + b }", scope));
        Assert.All(references["a"], r => Assert.Equal(variable, r.Kind.ToString()));
        Assert.All(references["b"], r => Assert.Equal(lexical, r.Kind.ToString()));
        Assert.True(references["b"][^1].IsReadOnly);
    }

    [Fact]
    public void Uses_before_the_declaration_are_checked_and_later_ones_are_not()
    {
        var references = ReferencesByName(Parsing.Script("function f() { g(a); let a = 1; g(a); (() => a)(); let b = b; switch (1) { case 0: let c; case 1: c } }"));
        Assert.Equal([true, false, false, true], references["a"].Select(r => r.CheckTdz));
        Assert.Equal([false, true], references["b"].Select(r => r.CheckTdz));
        Assert.Equal([false, true], references["c"].Select(r => r.CheckTdz));
        Assert.True(references["a"][0].Binding!.NeedsTdz);
        Assert.False(ReferencesByName(Parsing.Script("{ let z = 1; z }"))["z"][0].Binding!.NeedsTdz);
    }

    [Fact]
    public void With_makes_names_dynamic_and_keeps_them_reachable()
    {
        var references = ReferencesByName(Parsing.Script("function f(o, a) { with (o) { a = b; { let c = 1; c } } }"));
        Assert.Equal([ReferenceKind.Heap, ReferenceKind.Dynamic], references["a"].Select(r => r.Kind));
        Assert.Equal(ReferenceKind.Dynamic, references["b"][0].Kind);
        Assert.All(references["c"], r => Assert.Equal(ReferenceKind.Frame, r.Kind));
    }

    [Fact]
    public void Direct_eval_puts_everything_around_it_on_the_heap()
    {
        var f = Function("function f(a) { let b; return function g() { eval(a); return unknown } }");
        Assert.True(f.Scope.Find("b")!.NeedsTdz);
        Assert.Equal(2, f.Scope.HeapSize);
        Assert.False(f.Scope.HasDynamicVars);
        var g = ((FunctionExpression)((ReturnStatement)f.Body[1]).Argument!).Function;
        Assert.True(g.Scope.HasDynamicVars);
        Assert.True(g.HasDirectEval);
        Assert.True(g.UsesThis);
        Assert.NotNull(g.ArgumentsBinding);
        Assert.NotNull(g.SelfBinding);
        Assert.Equal(ReferenceKind.Dynamic, ((Identifier)((ReturnStatement)g.Body[1]).Argument!).Reference.Kind);
    }

    [Fact]
    public void Eval_code_reaches_the_scopes_of_its_caller()
    {
        var f = Function("function f(a) { { let b = 1; eval('') } }");
        var call = (CallExpression)((ExpressionStatement)((BlockStatement)f.Body[0]).Body[1]).Expression;
        var code = ScriptParser.ParseEval(new SourceText("eval", "var c = a + b; let d = c; () => d"), call.DirectEvalScope);
        var references = ReferencesByName(code);
        Assert.Equal((ReferenceKind.Heap, 2), (references["a"][0].Kind, references["a"][0].Hops));
        Assert.Equal((ReferenceKind.Heap, 1), (references["b"][0].Kind, references["b"][0].Hops));
        Assert.All(references["c"], r => Assert.Equal(ReferenceKind.Dynamic, r.Kind));
        Assert.Equal((ReferenceKind.Heap, 0), (references["d"][^1].Kind, references["d"][^1].Hops));
        Assert.Equal(BindingStorage.Dynamic, code.Main.Scope.Find("c")!.Storage);
        Assert.Throws<JsSyntaxException>(() => ScriptParser.ParseEval(new SourceText("eval", "var b"), call.DirectEvalScope));
    }

    [Fact]
    public void Strict_eval_code_keeps_its_variables()
    {
        var code = ScriptParser.ParseEval(new SourceText("eval", "'use strict'; var a = 1; a"), null);
        Assert.All(ReferencesByName(code)["a"], r => Assert.Equal(ReferenceKind.Frame, r.Kind));
        var sloppy = ScriptParser.ParseEval(new SourceText("eval", "var a = 1; a"), null);
        Assert.All(ReferencesByName(sloppy)["a"], r => Assert.Equal(ReferenceKind.Global, r.Kind));
    }

    [Fact]
    public void Mapped_arguments_put_parameters_where_they_can_be_shared()
    {
        var sloppy = Function("function f(a) { return arguments[0] }");
        Assert.True(sloppy.HasMappedArguments);
        Assert.Equal(BindingStorage.Heap, sloppy.Scope.Find("a")!.Storage);
        var strict = Function("function f(a) { 'use strict'; return arguments[0] }");
        Assert.False(strict.HasMappedArguments);
        Assert.Equal(BindingStorage.Frame, strict.Scope.Find("a")!.Storage);
        Assert.NotNull(Function("function f() { return () => arguments }").ArgumentsBinding);
        Assert.Null(Function("function f(arguments) { return arguments }").ArgumentsBinding);
    }

    [Fact]
    public void Functions_in_blocks_reach_their_function_unless_something_objects()
    {
        Assert.NotNull(Declaration("{ function g() {} }").VarCopy);
        Assert.Null(Declaration("'use strict'; { function g() {} }").VarCopy);
        Assert.Null(Declaration("let g; { function g() {} }").VarCopy);
        Assert.Null(Declaration("{ let g; { function g() {} } }").VarCopy);

        static FunctionDeclaration Declaration(string body)
        {
            var statement = Function("function f(p) { " + body + " }").Body[^1];
            while (statement is BlockStatement block) statement = block.Body[^1];
            return (FunctionDeclaration)statement;
        }
    }

    [Theory]
    [InlineData("function f(p) { n += p.length; return typeof p == 'x' || !p ? p['a'].b : 0 }", false)]
    [InlineData("function f() { return 1 }", false)]
    [InlineData("function f(p) { saved = p }", true)]
    [InlineData("function f(p) { p.x = 1 }", true)]
    [InlineData("function f(p) { p.x++ }", true)]
    [InlineData("function f(p) { delete p.x }", true)]
    [InlineData("function f(p) { p.x() }", true)]
    [InlineData("function f(p) { g(p) }", true)]
    [InlineData("function f(p) { return () => p.x }", true)]
    [InlineData("function f(p) { return arguments[0] }", true)]
    [InlineData("function f() { return arguments[0] }", true)]
    [InlineData("function f(p) { eval('x = p') }", true)]
    [InlineData("function f(p) { with (o) { p.x } }", true)]
    [InlineData("function f({p}) { return p }", true)]
    [InlineData("function f(...p) { return p.length }", true)]
    [InlineData("function f(p) { p = 1 }", true)]
    [InlineData("function f(p) { for (var k in p) g(k) }", true)]
    public void Knows_when_nothing_can_hold_on_to_the_first_parameter(string source, bool escapes) =>
        Assert.Equal(escapes, Function(source).FirstParameterEscapes);

    private static FunctionNode Function(string source) => ((FunctionDeclaration)Parsing.Script(source).Main.Body[0]).Function;

    /// <summary>The references of every name, in source order.</summary>
    private static Dictionary<string, List<Reference>> ReferencesByName(ScriptNode script)
    {
        var found = new SortedDictionary<int, Identifier>();
        foreach (var id in Identifiers.Of(script.Main)) found[id.Start] = id;
        return found.Values.GroupBy(id => id.Name).ToDictionary(g => g.Key, g => g.Select(id => id.Reference).ToList());
    }
}
