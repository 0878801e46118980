using System.Diagnostics;
using System.Text.Json;

namespace Wirehook.JavaScript.Tests.Conformance.Differential;

/// <summary>Runs random programs here and in V8. Each gives one line per program: what it logged, how it ended, and its source.</summary>
/// <param name="generator">The file of the generator, which runs in the engine under test itself.</param>
/// <param name="edition">5 for programs of ECMA-262 5.1 alone.</param>
internal sealed class DifferentialRun(string generator, int edition = 6)
{
    /// <summary>What deep recursion of the programs needs.</summary>
    internal const int StackBytes = 64 << 20;

    private readonly string _generator = File.ReadAllText(generator);

    internal string[] RunHere(int seed, int programs)
    {
        string result = "";
        var thread = new Thread(() => result = Run(Source(seed, programs)), StackBytes);
        thread.Start();
        thread.Join();
        return result.Split('\n');
    }

    internal string[] RunInNode(int seed, int programs)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true, ArgumentList = { "-" } };
        using var node = Process.Start(start)!;
        string quoted = JsonSerializer.Serialize(Source(seed, programs));
        // Node alone gives its global object a class of its own.
        node.StandardInput.Write($"delete globalThis[Symbol.toStringTag]; process.stdout.write(require('vm').runInThisContext({quoted} + '; RESULT'));");
        node.StandardInput.Close();
        string result = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
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

    /// <summary>The text that leaves the lines in the global RESULT.</summary>
    internal string Source(int seed, int programs) => $"var SEED = {seed}, PROGRAMS = {programs}, EDITION = {edition};\n" + _generator;
}
