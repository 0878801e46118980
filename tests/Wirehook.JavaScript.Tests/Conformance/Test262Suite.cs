using System.Formats.Tar;
using System.IO.Compression;
using Wirehook.Tests;

namespace Wirehook.JavaScript.Tests.Conformance;

/// <summary>The files of the standard's test suite, read from its archive into memory.</summary>
internal sealed class Test262Suite
{
    private static readonly Lazy<Test262Suite> LazyInstance = new(() => new Test262Suite(Path.Combine(RepositoryFiles.Corpus!, "test262-es5", "tests.tar.gz")));

    private Test262Suite(string archive)
    {
        using var file = File.OpenRead(archive);
        using var gzip = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(gzip);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null || !entry.Name.EndsWith(".js", StringComparison.Ordinal)) continue;
            using var reader = new StreamReader(entry.DataStream);
            string text = reader.ReadToEnd();
            if (entry.Name.StartsWith("harness/", StringComparison.Ordinal)) Harness[entry.Name["harness/".Length..]] = text;
            else Tests.Add(Test262Case.Parse(entry.Name, text));
        }

        Tests.Sort(static (a, b) => string.CompareOrdinal(a.Path, b.Path));
    }

    public static Test262Suite Instance => LazyInstance.Value;

    public Dictionary<string, string> Harness { get; } = new(StringComparer.Ordinal);

    public List<Test262Case> Tests { get; } = [];
}

/// <summary>One test: its text and what its header asks for.</summary>
internal sealed record Test262Case(string Path, string Text, string[] Includes, string[] Flags, string? NegativePhase, string? NegativeType)
{
    public bool IsRaw => Flags.Contains("raw");

    public bool RunsSloppy => !Flags.Contains("onlyStrict");

    public bool RunsStrict => !IsRaw && !Flags.Contains("noStrict");

    public static Test262Case Parse(string path, string text)
    {
        int start = text.IndexOf("/*---", StringComparison.Ordinal);
        int end = text.IndexOf("---*/", StringComparison.Ordinal);
        string[] header = start < 0 ? [] : text[(start + 5)..end].Split('\n');
        string? phase = null;
        string? type = null;
        bool negative = false;
        foreach (string line in header)
        {
            if (line.Length > 0 && line[0] != ' ') negative = line.StartsWith("negative:", StringComparison.Ordinal);
            if (!negative) continue;
            string trimmed = line.Trim();
            if (trimmed.StartsWith("phase:", StringComparison.Ordinal)) phase = trimmed[6..].Trim();
            if (trimmed.StartsWith("type:", StringComparison.Ordinal)) type = trimmed[5..].Trim();
        }

        return new Test262Case(path, text, List(header, "includes:"), List(header, "flags:"), phase, type);
    }

    private static string[] List(string[] header, string key)
    {
        foreach (string line in header)
            if (line.StartsWith(key, StringComparison.Ordinal))
                return line[key.Length..].Trim(' ', '[', ']', '\r').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return [];
    }
}
