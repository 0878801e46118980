namespace Wirehook.JavaScript.Tests.Syntax;

public class SyntaxErrorTests
{
    [Theory]
    [InlineData("a = ;", "Unexpected token ';'", 1, 5)]
    [InlineData("a b", "Unexpected identifier 'b'", 1, 3)]
    [InlineData("a 1", "Unexpected number", 1, 3)]
    [InlineData("a 'x'", "Unexpected string", 1, 3)]
    [InlineData("function f() {\n  if (a {\n}", "Unexpected token '{'", 2, 9)]
    [InlineData("{", "Unexpected end of input", 1, 2)]
    [InlineData("'abc\n'", "Invalid or unexpected token", 1, 1)]
    [InlineData("a @ b", "Invalid or unexpected token", 1, 3)]
    [InlineData("1x", "Invalid or unexpected token", 1, 2)]
    [InlineData("/abc\n/", "Invalid regular expression: missing /", 1, 1)]
    [InlineData("/a/gg", "Invalid regular expression flags", 1, 1)]
    [InlineData("`abc", "Unterminated template literal", 1, 1)]
    [InlineData("'\\xZ'", "Invalid hexadecimal escape sequence", 1, 2)]
    [InlineData("'\\u12'", "Invalid Unicode escape sequence", 1, 2)]
    [InlineData("const a;", "Missing initializer in const declaration", 1, 8)]
    [InlineData("var {a};", "Missing initializer in destructuring declaration", 1, 8)]
    [InlineData("return 1", "Illegal return statement", 1, 1)]
    [InlineData("break", "Illegal break statement", 1, 1)]
    [InlineData("continue", "Illegal continue statement: no surrounding iteration statement", 1, 1)]
    [InlineData("x: { while (1) { continue x } }", "Illegal continue statement: 'x' does not denote an iteration statement", 1, 27)]
    [InlineData("while (1) break x", "Undefined label 'x'", 1, 17)]
    [InlineData("x: x: ;", "Label 'x' has already been declared", 1, 4)]
    [InlineData("let a; let a", "Identifier 'a' has already been declared", 1, 12)]
    [InlineData("let a; { var a }", "Identifier 'a' has already been declared", 1, 14)]
    [InlineData("function f(a) { let a }", "Identifier 'a' has already been declared", 1, 21)]
    [InlineData("try {} catch (e) { let e }", "Identifier 'e' has already been declared", 1, 24)]
    [InlineData("try {}", "Missing catch or finally after try", 1, 7)]
    [InlineData("throw\na", "Illegal newline after throw", 1, 1)]
    [InlineData("switch (a) { default: default: }", "More than one default clause in switch statement", 1, 23)]
    [InlineData("1 = 2", "Invalid left-hand side in assignment", 1, 1)]
    [InlineData("a + b = 2", "Invalid left-hand side in assignment", 1, 1)]
    [InlineData("1++", "Invalid left-hand side expression in postfix operation", 1, 1)]
    [InlineData("--1", "Invalid left-hand side expression in prefix operation", 1, 3)]
    [InlineData("for (1 in x);", "Invalid left-hand side in for-in loop", 1, 6)]
    [InlineData("for (var a, b of x);", "Invalid left-hand side in for-of loop: Must have a single binding.", 1, 15)]
    [InlineData("f(a b)", "missing ) after argument list", 1, 5)]
    [InlineData("({a = 1})", "Invalid shorthand property initializer", 1, 5)]
    [InlineData("({a: 1}) = 2", "Invalid left-hand side in assignment", 1, 2)]
    [InlineData("[a + 1] = b", "Invalid destructuring assignment target", 1, 2)]
    [InlineData("(a + b) => 1", "Invalid destructuring assignment target", 1, 2)]
    [InlineData("((a)) => 1", "Invalid destructuring assignment target", 1, 3)]
    [InlineData("[...a, b] = c", "Rest element must be last element", 1, 5)]
    [InlineData("function f(...a, b) {}", "Rest parameter must be last formal parameter", 1, 16)]
    [InlineData("-1 ** 2", "Unary operator used immediately before exponentiation expression. Parenthesis must be used to disambiguate operator precedence", 1, 1)]
    [InlineData("if (1) let\nx", null, 0, 0)]
    [InlineData("if (1) const x = 1", "Lexical declaration cannot appear in a single-statement context", 1, 8)]
    [InlineData("let let = 1", "let is disallowed as a lexically bound name", 1, 5)]
    [InlineData("({get a(x) {}})", "Getter must not have any formal parameters.", 1, 8)]
    [InlineData("({set a() {}})", "Setter must have exactly one formal parameter.", 1, 8)]
    [InlineData("({__proto__: a, __proto__: b})", "Duplicate __proto__ fields are not allowed in object literals", 1, 17)]
    [InlineData("(a, a) => 1", "Duplicate parameter name not allowed in this context", 1, 5)]
    [InlineData("v\\u0061r a", "Keyword must not contain escaped characters", 1, 1)]
    [InlineData("'use strict'; with (a) {}", "Strict mode code may not include a with statement", 1, 15)]
    [InlineData("'use strict'; delete a", "Delete of an unqualified identifier in strict mode.", 1, 22)]
    [InlineData("'use strict'; eval = 1", "Unexpected eval or arguments in strict mode", 1, 15)]
    [InlineData("'use strict'; 010", "Octal literals are not allowed in strict mode.", 1, 15)]
    [InlineData("'use strict'; 08", "Decimals with leading zeros are not allowed in strict mode.", 1, 15)]
    [InlineData("function f() { '\\01'; 'use strict' }", "Octal escape sequences are not allowed in strict mode.", 1, 16)]
    [InlineData("function f(a, a) { 'use strict' }", "Duplicate parameter name not allowed in this context", 1, 15)]
    [InlineData("function eval() { 'use strict' }", "Unexpected eval or arguments in strict mode", 1, 10)]
    [InlineData("'use strict'; var public", "Unexpected strict mode reserved word", 1, 19)]
    [InlineData("function f(a = 1) { 'use strict' }", "Illegal 'use strict' directive in function with non-simple parameter list", 1, 21)]
    [InlineData("'use strict'; if (1) function f() {}", "In strict mode code, functions can only be declared at top level or inside a block.", 1, 22)]
    public void Says_what_is_wrong_and_where(string source, string? message, int line, int column)
    {
        if (message is null)
        {
            Parsing.Script(source);
            return;
        }

        var first = Parsing.Refused(source).Diagnostics[0];
        Assert.Equal((message, line, column), (first.Message, first.Line, first.Column));
    }

    [Theory]
    [InlineData("class A {}", "Classes are not supported; use functions and prototypes")]
    [InlineData("x = class {}", "Classes are not supported; use functions and prototypes")]
    [InlineData("import x from 'y'", "Modules are not supported ('import'); a script is one file")]
    [InlineData("export default 1", "Modules are not supported ('export'); a script is one file")]
    [InlineData("async function f() {}", "Async functions are not supported; use callbacks")]
    [InlineData("x = async y => y", "Async functions are not supported; use callbacks")]
    [InlineData("await x()", "Async functions ('await') are not supported; use callbacks")]
    [InlineData("function* g() {}", "Generator functions are not supported")]
    [InlineData("({*g() {}})", "Generator functions are not supported")]
    [InlineData("a?.b", "Optional chaining ('?.') is not supported; use &&")]
    [InlineData("a ?? b", "The '??' operator is not supported; use a conditional expression")]
    [InlineData("a ||= b", "Logical assignment ('||=') is not supported; use an if statement")]
    [InlineData("f`x`", "Tagged template literals are not supported; call the function with arguments")]
    [InlineData("1n", "BigInt literals are not supported; use numbers")]
    [InlineData("1_000", "Numeric separators ('_') are not supported")]
    [InlineData("function f() { new.target }", "'new.target' is not supported")]
    [InlineData("for await (x of y) ;", "Async iteration ('for await') is not supported")]
    public void Names_constructs_that_it_does_not_have(string source, string message) =>
        Assert.Equal(message, Parsing.Refused(source).Diagnostics[0].Message);

    [Fact]
    public void Draws_the_line_with_carets_under_the_place()
    {
        string text = Parsing.Refused("var a = 1;\n\tvar bcd == 2;\n").Format();
        Assert.Equal("test.js:2:10: SyntaxError: Unexpected token '=='\n   2 | \tvar bcd == 2;\n     | \t        ^^\n", text);
    }

    [Fact]
    public void Long_lines_are_cut_around_the_place()
    {
        string text = Parsing.Refused(new string(' ', 5000) + "a b").Format();
        Assert.All(text.Split('\n'), line => Assert.True(line.Length < 200));
        Assert.Contains("a b", text);
    }

    [Fact]
    public void Reports_several_errors_in_source_order()
    {
        var errors = Parsing.Refused("'use strict'; 010; eval = 1;\nwith (a) {}").Diagnostics;
        Assert.Equal([(1, 15), (1, 20), (2, 1)], errors.Select(e => (e.Line, e.Column)));
    }

    [Theory]
    [InlineData("(", 200_000)]
    [InlineData("[", 200_000)]
    [InlineData("{", 200_000)]
    [InlineData("a?", 200_000)]
    [InlineData("a?b:", 200_000)]
    [InlineData("!", 200_000)]
    [InlineData("-", 200_000)]
    [InlineData("new ", 200_000)]
    [InlineData("a=", 200_000)]
    [InlineData("a=>", 200_000)]
    [InlineData("a+", 200_000)]
    [InlineData("a**", 200_000)]
    [InlineData("a.", 200_000)]
    [InlineData("a(", 200_000)]
    [InlineData("`${", 200_000)]
    [InlineData("{a:", 200_000)]
    [InlineData("({a:", 200_000)]
    [InlineData("function f(){", 200_000)]
    [InlineData("if(a)", 200_000)]
    [InlineData("if(a);else ", 200_000)]
    [InlineData("for(;;)", 200_000)]
    [InlineData("var [", 1)]
    [InlineData("[[{a:", 200_000)]
    [InlineData("a\n(", 200_000)]
    public void Bounds_nesting(string piece, int times)
    {
        string text = string.Concat(Enumerable.Repeat(piece, times));
        Parsing.Refused(text);
        Parsing.Refused("var " + text);
    }

    [Fact]
    public void Long_flat_programs_are_fine()
    {
        Parsing.Script(string.Concat(Enumerable.Repeat("a = b;\n", 50_000)));
        Parsing.Script("x = [" + string.Concat(Enumerable.Repeat("1,", 100_000)) + "]");
        Parsing.Script("x = " + string.Join(" + ", Enumerable.Repeat("'line'", 3000)));
        Parsing.Script("x = (" + string.Join(", ", Enumerable.Repeat("y", 50_000)) + ")");
    }

    [Fact]
    public void Refuses_sources_over_the_limit()
    {
        var source = new Wirehook.JavaScript.Syntax.SourceText("big.js", new string(';', 101));
        Assert.Contains("longer than 100", Assert.Throws<JsSyntaxException>(() =>
            Wirehook.JavaScript.Syntax.ScriptParser.ParseScript(source, JsScriptScope.Own, null, 100)).Message);
    }
}
