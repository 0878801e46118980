using Wirehook.Tests;

namespace Wirehook.Scripting.Tests;

public class SampleScriptsTests
{
    public static TheoryData<string> Samples => [.. Directory.GetFiles(Path.Combine(RepositoryFiles.Root, "samples", "scripts"), "*.js").Select(f => Path.GetFileName(f)).Order()];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Starts_with_its_title_and_loads(string name)
    {
        var code = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "samples", "scripts", name));
        Assert.StartsWith("// ", code, StringComparison.Ordinal);
        var bench = new ScriptBench();
        bench.Load(code, name);
    }
}
