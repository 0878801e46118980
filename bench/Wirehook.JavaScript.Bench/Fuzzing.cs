using System.Diagnostics;
using Wirehook.JavaScript.Tests.Conformance.Differential;

/// <summary>Compares random programs with V8, batch by batch, and prints every program that does something else there.</summary>
internal static class Fuzzing
{
    private const int Programs = 5000;

    public static int Run(int firstSeed, int batches)
    {
        var differential = new DifferentialRun(Path.Combine(AppContext.BaseDirectory, "random-programs.js"));
        int differences = 0;
        long programs = 0;
        var clock = Stopwatch.StartNew();
        for (int seed = firstSeed; seed < firstSeed + batches; seed++)
        {
            var there = Task.Run(() => differential.RunInNode(seed, Programs));
            string[] here = differential.RunHere(seed, Programs);
            differences += Compare(seed, here, there.Result);
            programs += here.Length;
            Console.WriteLine($"seed {seed}: {programs} programs, {differences} differences, {clock.Elapsed.TotalSeconds:F0} s");
        }
        return differences == 0 ? 0 : 1;
    }

    private static int Compare(int seed, string[] here, string[] there)
    {
        int differences = 0;
        for (int i = 0; i < Math.Max(here.Length, there.Length); i++)
        {
            string ours = i < here.Length ? here[i] : "(nothing)";
            string theirs = i < there.Length ? there[i] : "(nothing)";
            if (ours == theirs)
                continue;
            differences++;
            Console.WriteLine($"seed {seed}, program {i}\n  here: {ours}\n  V8:   {theirs}");
        }
        return differences;
    }
}
