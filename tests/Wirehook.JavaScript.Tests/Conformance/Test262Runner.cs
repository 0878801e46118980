namespace Wirehook.JavaScript.Tests.Conformance;

/// <summary>Runs one test of the standard's suite in a realm of its own.</summary>
internal static class Test262Runner
{
    private const long TestNanoseconds = 20_000_000_000;

    /// <summary>Runs a test in every mode that its header asks for; null where it passes, else the first failure.</summary>
    public static string? Run(Test262Suite suite, Test262Case test)
    {
        if (test.RunsSloppy && Run(suite, test, strict: false) is { } sloppy) return sloppy;
        return test.RunsStrict && Run(suite, test, strict: true) is { } failure ? "strict: " + failure : null;
    }

    private static string? Run(Test262Suite suite, Test262Case test, bool strict)
    {
        try
        {
            var engine = new JsEngine(new ConformanceHost(), new JsLimits { CallNanoseconds = TestNanoseconds, MemoryBytes = 256 << 20, StackDepth = 2000 });
            if (!test.IsRaw) RunHarness(suite, test, engine);
            return RunTest(test, strict, engine);
        }
        catch (JsStoppedException e)
        {
            return $"stopped by {e.Kind}: {e.Message} at {e.ScriptName}:{e.Line}:{e.Column}";
        }
        catch (Exception e) when (e is not JsException and not JsSyntaxException)
        {
            string place = e.StackTrace?.Split('\n')[0].Trim() ?? "";
            return $"{e.GetType().Name}: {e.Message} {place}";
        }
    }

    private static void RunHarness(Test262Suite suite, Test262Case test, JsEngine engine)
    {
        foreach (string file in test.Includes.Prepend("sta.js").Prepend("assert.js"))
        {
            try
            {
                engine.Run(engine.Compile(file, suite.Harness[file], JsScriptScope.Global));
            }
            catch (JsException e)
            {
                throw new InvalidOperationException($"harness {file}:{e.Line}: {e.Message}");
            }
        }
    }

    private static string? RunTest(Test262Case test, bool strict, JsEngine engine)
    {
        bool failsEarly = test.NegativePhase is "parse" or "early";
        JsScript script;
        try
        {
            script = engine.Compile(test.Path, strict ? "\"use strict\";\n" + test.Text : test.Text, JsScriptScope.Global);
        }
        catch (JsSyntaxException e)
        {
            return failsEarly && test.NegativeType == "SyntaxError" ? null : "SyntaxError: " + e.Message;
        }

        if (failsEarly) return "accepted where a SyntaxError is due";
        try
        {
            engine.Run(script);
            return test.NegativeType is null ? null : $"ran where a {test.NegativeType} is due";
        }
        catch (JsException e)
        {
            if (test.NegativeType is { } type && e.Message.StartsWith(type, StringComparison.Ordinal)) return null;
            return $"{e.Message} (line {e.Line - (strict ? 1 : 0)})";
        }
    }
}
