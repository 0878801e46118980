using System.Text.RegularExpressions;
using Wirehook.Tests;

namespace Wirehook.EndToEnd;

/// <summary>Runs every snippet of the documents: commands (console), scripts (js) and configurations (yaml). What is shown and not meant to run is marked text.</summary>
public sealed partial class DocumentTests
{
    private const string Sample = "samples/captures/shop.pcap";

    public static TheoryData<string> Documents()
    {
        var data = new TheoryData<string>();
        foreach (var file in new[] { "README.md", "CONTRIBUTING.md" }.Concat(Directory.GetFiles(Path.Combine(RepositoryFiles.Root, "docs"), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)))
            data.Add(Path.GetRelativePath(RepositoryFiles.Root, Path.Combine(RepositoryFiles.Root, file)));
        return data;
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_snippet_runs(string document)
    {
        var folder = Directory.CreateTempSubdirectory("wirehook-docs-").FullName;
        try
        {
            File.CreateSymbolicLink(Path.Combine(folder, "samples"), Path.Combine(RepositoryFiles.Root, "samples"));
            File.CreateSymbolicLink(Path.Combine(folder, "run"), Path.Combine(RepositoryFiles.Root, "run"));
            foreach (Match snippet in Snippet().Matches(File.ReadAllText(Path.Combine(RepositoryFiles.Root, document))))
                Run(folder, snippet.Groups["language"].Value, snippet.Groups["text"].Value, document);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Run(string folder, string language, string text, string document)
    {
        switch (language)
        {
            case "console":
                foreach (var line in text.Split('\n').Where(l => l.StartsWith("$ ", StringComparison.Ordinal))) Expect(Program.Run("bash", ["-c", line[2..]], folder: folder), document, line);
                break;
            case "js":
                File.WriteAllText(Path.Combine(folder, "snippet.js"), text);
                var result = Program.Run(Program.Path, ["replay", Sample, "--script", "snippet.js"], folder: folder);
                Expect(result, document, text);
                Assert.False(result.Output.Contains("(hook=", StringComparison.Ordinal), $"{document}: this script's hook fails:\n{text}\n{result.Output}");
                break;
            case "yaml":
                File.WriteAllText(Path.Combine(folder, "snippet.yaml"), text);
                string[] command = text.Contains(" hooks:", StringComparison.Ordinal) ? ["hooks", "check"] : ["replay", Sample];
                Expect(Program.Run(Program.Path, [.. command, "--config", "snippet.yaml"], folder: folder), document, text);
                break;
            case "text" or "ts":
                break;
            default:
                Assert.Fail($"{document}: a snippet must be console, js, yaml, ts or text, not \"{language}\".");
                break;
        }
    }

    private static void Expect(CommandResult result, string document, string snippet) =>
        Assert.True(result.ExitCode == 0, $"{document}: exit status {result.ExitCode} of\n{snippet}\n{result.Errors}\n{result.Output}");

    [GeneratedRegex(@"^```(?<language>[a-z]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
