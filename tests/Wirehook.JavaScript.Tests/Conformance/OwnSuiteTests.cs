using Wirehook.Tests;

namespace Wirehook.JavaScript.Tests.Conformance;

/// <summary>Runs the repository's own conformance programs: one file per group of clauses, each a list of checks.</summary>
public class OwnSuiteTests
{
    private const int StackBytes = 64 << 20;
    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.JavaScript.Tests", "Conformance", "Programs");

    public static TheoryData<string> Programs()
    {
        var names = new TheoryData<string>();
        foreach (string file in Directory.GetFiles(Folder, "*.js").Order(StringComparer.Ordinal))
            if (Path.GetFileName(file) != "checks.js") names.Add(Path.GetFileName(file));
        return names;
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_check_of_the_program_holds(string program)
    {
        string? result = null;
        var thread = new Thread(() => result = Run(program), StackBytes);
        thread.Start();
        thread.Join();
        Assert.Equal("", result);
    }

    private static string Run(string program)
    {
        try
        {
            var engine = new JsEngine(new ConformanceHost(), new JsLimits { CallNanoseconds = 10_000_000_000 });
            engine.Run(engine.Compile("checks.js", File.ReadAllText(Path.Combine(Folder, "checks.js")), JsScriptScope.Global));
            engine.Run(engine.Compile(program, File.ReadAllText(Path.Combine(Folder, program)), JsScriptScope.Global));
            return engine.ToDisplayString(engine.Run(engine.Compile("report.js", "checks.report()")));
        }
        catch (JsException e)
        {
            return $"{e.ScriptName}:{e.Line}:{e.Column}: {e.Message}";
        }
        catch (JsSyntaxException e)
        {
            return e.Format();
        }
    }
}
