using System.Diagnostics;
using Jurassic;
using Wirehook.JavaScript.Tests.Conformance.Differential;

/// <summary>Compares random programs with another engine, batch by batch, and prints every program that does something else there.</summary>
internal static class Fuzzing
{
    private const int Programs = 5000;
    private const int OldPrograms = 500;

    private static string Generator => Path.Combine(AppContext.BaseDirectory, "random-programs.js");

    /// <summary>Compares with V8, which makes its programs itself.</summary>
    internal static int RunInNode(int firstSeed, int batches)
    {
        var differential = new DifferentialRun(Generator);
        return Run(firstSeed, batches, "V8", seed =>
        {
            var there = Task.Run(() => differential.RunInNode(seed, Programs));
            string[] here = differential.RunHere(seed, Programs);
            return (here, there.Result);
        });
    }

    /// <summary>
    /// Compares programs of ECMA-262 5.1 with Jurassic, which gets them made: its integer arithmetic is not exact enough for the generator. Where it does
    /// something else, V8 is asked: what V8 does as here is only counted, as a deviation of Jurassic's own.
    /// </summary>
    internal static int RunInJurassic(int firstSeed, int batches)
    {
        var differential = new DifferentialRun(Generator, edition: 5);
        int deviations = 0;
        int status = Run(firstSeed, batches, "Jurassic", seed =>
        {
            var inNode = Task.Run(() => differential.RunInNode(seed, OldPrograms));
            string[] here = differential.RunHere(seed, OldPrograms);
            string[] there = RunInJurassic(differential.Source(seed, 0), here);
            deviations += Excuse(here, there, inNode.Result);
            return (here, there);
        });
        Console.WriteLine($"{deviations} programs that V8 runs as here and Jurassic does not");
        return status;
    }

    /// <summary>Takes out what V8 does as here, and counts it.</summary>
    private static int Excuse(string[] here, string[] there, string[] inNode)
    {
        int deviations = 0;
        for (int i = 0; i < there.Length; i++)
        {
            if (there[i] == here[i] || i >= inNode.Length || inNode[i] != here[i])
                continue;
            there[i] = here[i];
            deviations++;
        }
        return deviations;
    }

    private static int Run(int firstSeed, int batches, string name, Func<int, (string[] Here, string[] There)> run)
    {
        int differences = 0;
        long compared = 0;
        var clock = Stopwatch.StartNew();
        for (int seed = firstSeed; seed < firstSeed + batches; seed++)
        {
            var (here, there) = run(seed);
            differences += Compare(seed, here, there, name);
            compared += here.Length;
            Console.WriteLine($"seed {seed}: {compared} programs, {differences} differences, {clock.Elapsed.TotalSeconds:F0} s");
        }
        return differences == 0 ? 0 : 1;
    }

    private static string[] RunInJurassic(string harness, string[] lines)
    {
        var results = new string[lines.Length];
        var thread = new Thread(
            () =>
            {
                var engine = new ScriptEngine { RecursionDepthLimit = 2000 };
                engine.Execute(harness);
                for (int i = 0; i < lines.Length; i++)
                    results[i] = RunInJurassic(engine, lines[i][lines[i].IndexOf("(function ()", StringComparison.Ordinal)..]);
            },
            DifferentialRun.StackBytes);
        thread.Start();
        thread.Join();
        return results;
    }

    private static string RunInJurassic(ScriptEngine engine, string source)
    {
        try
        {
            return engine.CallGlobalFunction<string>("line", source);
        }
        catch (Exception e)
        {
            return e.GetType().Name + ": " + e.Message + " in " + source;
        }
    }

    private static int Compare(int seed, string[] here, string[] there, string name)
    {
        int differences = 0;
        for (int i = 0; i < Math.Max(here.Length, there.Length); i++)
        {
            string ours = i < here.Length ? here[i] : "(nothing)";
            string theirs = i < there.Length ? there[i] : "(nothing)";
            if (ours == theirs)
                continue;
            differences++;
            Console.WriteLine($"seed {seed}, program {i}\n  here: {ours}\n  {name}: {theirs}");
        }
        return differences;
    }
}
