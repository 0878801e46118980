using System.Diagnostics;
using Wirehook.Tests;

namespace Wirehook.JavaScript.Tests.Conformance;

/// <summary>Runs the same random programs here and in V8, where Node is installed, and compares what they log and how they end.</summary>
public class DifferentialTests
{
    private const int Programs = 2000;
    private const int StackBytes = 64 << 20;
    private static readonly string Generator = Path.Combine(
        RepositoryFiles.Root, "tests", "Wirehook.JavaScript.Tests", "Conformance", "Differential", "random-programs.js");

    [Fact]
    public void Random_programs_end_normally_or_in_an_error_of_their_own() => Assert.Equal(Programs, RunHere(seed: 4711).Length);

    [NodeFact]
    public void Random_programs_do_here_what_they_do_in_V8()
    {
        string[] here = RunHere(seed: 1);
        string[] there = RunInNode(seed: 1);
        Assert.Equal(there.Length, here.Length);
        for (int i = 0; i < there.Length; i++) Assert.Equal(there[i], here[i]);
    }

    private static string Source(int seed) => $"var SEED = {seed}, PROGRAMS = {Programs};\n" + File.ReadAllText(Generator);

    private static string[] RunHere(int seed)
    {
        string result = "";
        var thread = new Thread(() => result = Run(Source(seed)), StackBytes);
        thread.Start();
        thread.Join();
        return result.Split('\n');
    }

    private static string Run(string source)
    {
        try
        {
            var engine = new JsEngine(new ConformanceHost(), new JsLimits { CallNanoseconds = 60_000_000_000, MemoryBytes = 512 << 20 });
            engine.Run(engine.Compile("random-programs.js", source, JsScriptScope.Global));
            return engine.ToDisplayString(engine.Global.Get("RESULT"));
        }
        catch (Exception e)
        {
            return e.ToString();
        }
    }

    private static string[] RunInNode(int seed)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true, ArgumentList = { "-" } };
        using var node = Process.Start(start)!;
        string quoted = System.Text.Json.JsonSerializer.Serialize(Source(seed));
        node.StandardInput.Write($"process.stdout.write(require('vm').runInThisContext({quoted} + '; RESULT'));");
        node.StandardInput.Close();
        string result = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        return result.Split('\n');
    }
}

/// <summary>A test against Node: skipped, and said so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        if (!folders.Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, "node")))) Skip = "Node is not on the PATH.";
    }
}
