using Wirehook.Tests;
using System.Text;
using Wirehook.JavaScript.Syntax;
using Wirehook.JavaScript.Tests.Conformance;

namespace Wirehook.JavaScript.Tests.Syntax;

/// <summary>Every program of the standard's suite parses, and every program that must not, does not.</summary>
public class Test262SyntaxTests
{
    [CorpusFact]
    public void Every_test_parses_or_is_refused_as_its_header_says()
    {
        var wrong = new StringBuilder();
        int failures = 0;
        foreach (var test in Test262Suite.Instance.Tests)
        {
            foreach (bool strict in new[] { false, true })
            {
                if (strict ? !test.RunsStrict : !test.RunsSloppy) continue;
                string? error = Parse(test, strict);
                bool mustFail = test is { NegativePhase: "parse" or "early", NegativeType: "SyntaxError" };
                if (error is not null == mustFail) continue;
                failures++;
                wrong.Append(test.Path).Append(strict ? " strict " : " ").Append(error ?? "accepted").Append('\n');
            }
        }

        Assert.True(Test262Suite.Instance.Tests.Count > 6000);
        Assert.True(failures == 0, $"{failures} wrong:\n{wrong}");
    }

    private static string? Parse(Test262Case test, bool strict)
    {
        try
        {
            ScriptParser.ParseScript(new SourceText(test.Path, strict ? "\"use strict\";\n" + test.Text : test.Text), JsScriptScope.Global);
            return null;
        }
        catch (JsSyntaxException e)
        {
            return e.Format().Split('\n')[0];
        }
    }
}
