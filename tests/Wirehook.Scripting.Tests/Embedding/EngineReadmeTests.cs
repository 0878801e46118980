using System.Text.RegularExpressions;
using Wirehook.JavaScript;
using Wirehook.Tests;

namespace Wirehook.Scripting.Tests.Embedding;

/// <summary>What the engine's README shows is compiled, runs, and gives what it says; and the engine needs nothing but .NET.</summary>
public sealed partial class EngineReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "src", "Wirehook.JavaScript", "README.md"));
    private static readonly string Examples = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Scripting.Tests", "Embedding", "EngineExamples.cs"));

    private static JsEngine Engine => new(new MyHost(), new JsLimits { CallNanoseconds = 50_000_000 });

    [Fact]
    public void Every_snippet_is_part_of_the_compiled_examples()
    {
        var snippets = Snippet().Matches(Readme).Select(m => Squeeze(m.Groups["text"].Value)).ToArray();
        Assert.True(snippets.Length >= 7, $"{snippets.Length} snippets");
        var examples = Squeeze(Examples);
        foreach (var snippet in snippets) Assert.Contains(snippet, examples, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_runs_and_its_function_is_called() => Assert.Equal("Hello, world!", EngineExamples.Run());

    [Fact]
    public void Values_go_in_and_out() => Assert.Equal("1600 10.0.0.1", EngineExamples.Values(Engine));

    [Fact]
    public void Scripts_call_functions_of_the_host() => Assert.Equal("lookUp: a name is needed, 4", EngineExamples.Functions(Engine));

    [Fact]
    public void Records_read_as_objects() => Assert.Equal("{\"length\":68,\"source\":{\"ip\":\"10.0.0.1\"}} true 10.0.0.1", EngineExamples.Records(Engine));

    [Fact]
    public void Errors_say_what_and_where()
    {
        var errors = EngineExamples.Errors(Engine);
        Assert.StartsWith("user.js:1:9: SyntaxError: ", errors[0], StringComparison.Ordinal);
        Assert.StartsWith("user.js:1:6: TypeError: Cannot read properties of null (reading 'name')\n    at user.js:1:6", errors[1], StringComparison.Ordinal);
        Assert.Equal("user.js:1:1: stopped by the Time guard", errors[2]);
    }

    [Fact]
    public void A_tracer_sees_the_values() =>
        Assert.Equal(["1: total = 0", "2: i = 1", "2: total = 1", "2: i = 2", "2: total = 3", "2: i = 3"], EngineExamples.Trace());

    [Fact]
    public void The_engine_needs_nothing_but_dotnet() =>
        Assert.All(typeof(JsEngine).Assembly.GetReferencedAssemblies(), a => Assert.StartsWith("System.", a.Name, StringComparison.Ordinal));

    private static string Squeeze(string text) => Space().Replace(text, " ").Trim();

    [GeneratedRegex(@"^```csharp\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Snippet();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
