using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript.Tests.Syntax;

/// <summary>A script shows the errors of several statements at once, and none that only follows from another.</summary>
public class RecoveryTests
{
    [Theory]
    [InlineData("function a() { var x = ; }\nvar b = 5 5;\nif (x { y(); }\nconst q;\nvar good = 1;\n", "1:24 2:11 3:7 4:8")]
    [InlineData("function a() {\n  if (x {\n    y();\n  }\n  return 1;\n}\nvar b = ;\n", "2:9 7:9")]
    [InlineData("function a() {\n  x = ;\n", "2:7")]
    [InlineData("var a = ;\r\nvar b = ;\r\n", "1:9 2:9")]
    [InlineData("var a = `unterminated\nvar b = ;\n", "1:9")]
    [InlineData("var a = 1 /* unterminated\nvar b = ;\n", "1:11")]
    [InlineData("var a = 'x\nvar b = ;\n", "1:9 2:9")]
    [InlineData("a b\nvariable = ;\n", "1:3")]
    public void Errors_of_several_statements_are_found(string source, string places) => Assert.Equal(places, Places(source));

    [Theory]
    [InlineData("function a() {\nif (x {\nreturn 1;\n}\nvar y = 2;\nreturn y;\n}\n")]
    [InlineData("for (;;) {\nif (a {\nbreak;\n}\nvar b = 1;\ncontinue;\n}\nvar c = 2;\n")]
    [InlineData("var o = {\n  a: 1\n  b: 2\n};\nvar p = 1;\n")]
    [InlineData("call(function () {\nvar a = 1 1;\nvar b = 2;\n});\nvar c = 3;\n")]
    public void What_follows_from_an_error_is_not_reported(string source) => Assert.DoesNotContain(' ', Places(source));

    [Fact]
    public void Errors_are_limited_and_code_of_eval_has_one()
    {
        string many = string.Concat(Enumerable.Repeat("var a = ;\n", 1000));
        var error = Assert.Throws<JsSyntaxException>(() => ScriptParser.ParseScript(new SourceText("t.js", many), JsScriptScope.Own));
        Assert.Equal(10, error.Diagnostics.Count);
        error = Assert.Throws<JsSyntaxException>(() => ScriptParser.ParseEval(new SourceText("eval", many), null));
        Assert.Single(error.Diagnostics);
    }

    [Fact]
    public void Cut_and_spoilt_scripts_end_in_a_bounded_number_of_errors()
    {
        const string Source = "var a = {b: [1, 2]};\nfunction f(x) {\n  if (x) { return `t${x}`; }\n}\nfor (var i = 0; i < 3; i++) f(i);\nlet c = /r[/]/g, d = 'text';\n";
        var random = new Random(7);
        for (int i = 0; i < 3000; i++)
        {
            string cut = Source.Remove(random.Next(Source.Length - 8), random.Next(1, 8)).Insert(random.Next(Source.Length - 8), "({[`'/*;}"[random.Next(9)].ToString());
            int count = Places(string.Concat(cut, cut)).Split(' ').Length;
            Assert.InRange(count, 0, 10);
        }
    }

    private static string Places(string source)
    {
        try
        {
            ScriptParser.ParseScript(new SourceText("t.js", source), JsScriptScope.Own);
            return "";
        }
        catch (JsSyntaxException e)
        {
            return string.Join(' ', e.Diagnostics.Select(d => $"{d.Line}:{d.Column}"));
        }
    }
}
