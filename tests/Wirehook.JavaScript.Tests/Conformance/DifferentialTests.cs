using Wirehook.JavaScript.Tests.Conformance.Differential;
using Wirehook.Tests;

namespace Wirehook.JavaScript.Tests.Conformance;

/// <summary>Runs the same random programs here and in V8, where Node is installed, and compares what they log and how they end.</summary>
public class DifferentialTests
{
    private const int Programs = 2000;
    private static readonly DifferentialRun Differential = new(Path.Combine(
        RepositoryFiles.Root, "tests", "Wirehook.JavaScript.Tests", "Conformance", "Differential", "random-programs.js"));

    [Fact]
    public void Random_programs_end_normally_or_in_an_error_of_their_own() => Assert.Equal(Programs, Differential.RunHere(seed: 4711, Programs).Length);

    [NodeFact]
    public void Random_programs_do_here_what_they_do_in_V8()
    {
        var inNode = Task.Run(() => Differential.RunInNode(seed: 1, Programs));
        string[] here = Differential.RunHere(seed: 1, Programs);
        string[] there = inNode.GetAwaiter().GetResult();
        Assert.Equal(there.Length, here.Length);
        for (int i = 0; i < there.Length; i++) Assert.Equal(there[i], here[i]);
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
