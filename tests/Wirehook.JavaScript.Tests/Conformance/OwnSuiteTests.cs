using Wirehook.JavaScript.Tests.Hosting;
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
    public void Every_check_of_the_program_holds(string program) => Assert.Equal("", RunOnThread(program, null));

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_check_holds_while_a_tracer_looks_at_all_values(string program)
    {
        var tracer = new RecordingTracer(keeps: false);
        Assert.Equal("", RunOnThread(program, tracer));
        Assert.True(tracer.Events > 10, $"{tracer.Events} events");
    }

    private static string? RunOnThread(string program, JsTracer? tracer)
    {
        string? result = null;
        var thread = new Thread(() => result = Run(program, tracer), StackBytes);
        thread.Start();
        thread.Join();
        return result;
    }

    private static string Run(string program, JsTracer? tracer)
    {
        try
        {
            var engine = new JsEngine(new ConformanceHost(), new JsLimits { CallNanoseconds = 10_000_000_000 }, tracer);
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
