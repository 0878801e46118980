using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript.Tests.Syntax;

/// <summary>Whatever a source holds, the parser answers with a tree or a syntax error.</summary>
public class MutatedProgramTests
{
    private const int Programs = 100_000;

    private static readonly string[] Seeds =
    [
        "var a = 1, b = {x: [1, 2], get y() { return this.x }}; for (var k in b) { if (k == 'x') continue; a += b[k] }",
        "function f(a, {b = 2, c: [d]} = {}, ...r) { 'use strict'; return arguments.length + r.map(x => x * 2) }",
        "let s = `a${1 + `b${f()}`}c`; label: while (true) { try { break label } catch (e) { throw e } finally { s++ } }",
        "switch (x) { case 1: { let y = /[a-z]\\/(?:b)/gi.test('q\\u0041\\x42\\\n'); } default: do ; while (0) }",
        "with (o) { eval('var z'); (function g() { g = arguments })() } new Foo(...args)[0].bar = -1 ** 2 || !a && ~b",
        "[a, , ...b] = [b, a]; ({p: q.r, [s]: t = 1, ...u} = v); for (const [k, v] of m) f(k, v) <!-- note\n--> more",
    ];

    private static readonly string[] Pieces =
    [
        "(", ")", "{", "}", "[", "]", ";", ",", "=>", "=", "...", "`", "${", "'", "\"", "/", "\\", "\n", "\u2028", "let ", "const ", "var ", "function ",
        "yield ", "async ", "in ", "of ", "0", "1e", "0x", "09", "\\u0061", "\\u{", "\ud800", "\udc00", "arguments", "eval(", "'use strict';", "get ", "?", ":", "**", "--", "-->", "<!--", "/*", "*/", "//", "\0", "\ufeff", "#!",
    ];

    [Fact]
    public void Mutations_give_a_tree_or_a_syntax_error()
    {
        var random = new Random(20260);
        int parsed = 0;
        for (int i = 0; i < Programs; i++)
        {
            string text = Mutate(random, Seeds[random.Next(Seeds.Length)]);
            if (Accepts(text)) parsed++;
        }

        Assert.InRange(parsed, 1, Programs - 1);
    }

    [Fact]
    public void Every_prefix_gives_a_tree_or_a_syntax_error()
    {
        foreach (string seed in Seeds)
            for (int length = 0; length <= seed.Length; length++) Accepts(seed[..length]);
    }

    private static string Mutate(Random random, string text)
    {
        for (int edits = random.Next(1, 6); edits > 0; edits--)
        {
            int at = random.Next(text.Length + 1);
            int cut = random.Next(3) == 0 ? random.Next(Math.Min(12, text.Length - at) + 1) : 0;
            string piece = random.Next(8) switch
            {
                0 => ((char)random.Next(0x10000)).ToString(),
                1 => Seeds[random.Next(Seeds.Length)][random.Next(40)..],
                _ => Pieces[random.Next(Pieces.Length)],
            };
            text = string.Concat(text.AsSpan(0, at), piece, text.AsSpan(at + cut));
        }

        return text;
    }

    private static bool Accepts(string text)
    {
        try
        {
            ScriptParser.ParseScript(new SourceText("fuzz.js", text), JsScriptScope.Own);
            return true;
        }
        catch (JsSyntaxException e)
        {
            Assert.NotEmpty(e.Diagnostics);
            Assert.Contains("SyntaxError", e.Format());
            return false;
        }
    }
}
