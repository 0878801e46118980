using System.Text;
using Wirehook.Tests;
using Xunit.Abstractions;

namespace Wirehook.JavaScript.Tests.Conformance;

/// <summary>
/// Runs the standard's own suite. WIREHOOK_TEST262_FILTER limits it to paths that hold a text; the failures, grouped by folder, go to
/// artifacts/test262-failures.txt.
/// </summary>
public class Test262Tests(ITestOutputHelper output)
{
    private const double RequiredShare = 1;
    private const int StackBytes = 64 << 20;

    [CorpusFact]
    public void Passes_the_suite()
    {
        string? filter = Environment.GetEnvironmentVariable("WIREHOOK_TEST262_FILTER");
        var tests = Test262Suite.Instance.Tests.Where(t => filter is null || t.Path.Contains(filter, StringComparison.Ordinal)).ToArray();
        var failures = RunAll(tests);
        int passed = tests.Length - failures.Count(f => f is not null);
        string summary = $"{passed} of {tests.Length} tests pass ({100.0 * passed / tests.Length:F2} %).";
        string report = Report(tests, failures, summary);
        string file = Path.Combine(RepositoryFiles.Root, "artifacts", "test262-failures.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, report);
        output.WriteLine(summary);
        Assert.True(passed >= tests.Length * (filter is null ? RequiredShare : 1), filter is null ? summary : report);
    }

    /// <summary>Half the tests on each of two threads with room for deep recursion.</summary>
    private static string?[] RunAll(Test262Case[] tests)
    {
        var suite = Test262Suite.Instance;
        var failures = new string?[tests.Length];
        int next = -1;
        var threads = new Thread[2];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(Work, StackBytes);
            threads[i].Start();
        }

        foreach (var thread in threads) thread.Join();
        return failures;

        void Work()
        {
            for (int i = Interlocked.Increment(ref next); i < tests.Length; i = Interlocked.Increment(ref next))
                failures[i] = Test262Runner.Run(suite, tests[i]);
        }
    }

    private static string Report(Test262Case[] tests, string?[] failures, string summary)
    {
        var report = new StringBuilder(summary).Append('\n');
        var failed = tests.Zip(failures).Where(x => x.Second is not null).GroupBy(x => Path.GetDirectoryName(x.First.Path)!).ToArray();
        foreach (var folder in failed.OrderByDescending(g => g.Count())) report.Append($"{folder.Count(),5} {folder.Key}\n");
        foreach (var folder in failed)
        {
            report.Append('\n').Append(folder.Key).Append('\n');
            foreach (var (test, failure) in folder) report.Append("  ").Append(Path.GetFileName(test.Path)).Append(": ").Append(failure!.ReplaceLineEndings(" ")).Append('\n');
        }

        return report.ToString();
    }
}
