using System.Text.RegularExpressions;
using System.Xml.Linq;
using Wirehook.Tests;

namespace Wirehook.EndToEnd;

/// <summary>Holds the house's rules: which project may reference which, how long a file may be, and that the documents name what exists.</summary>
public sealed partial class HouseTests
{
    /// <summary>The arrows of ARCHITECTURE.md; a new one needs a reason there.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Wirehook.Packets"] = [],
        ["Wirehook.JavaScript"] = [],
        ["Wirehook.Dissection"] = ["Wirehook.Packets"],
        ["Wirehook.Netlink"] = ["Wirehook.Packets"],
        ["Wirehook.EventHooks"] = ["Wirehook.Netlink", "Wirehook.Packets"],
        ["Wirehook.Scripting"] = ["Wirehook.Dissection", "Wirehook.JavaScript", "Wirehook.Netlink", "Wirehook.Packets"],
        ["Wirehook.Capture"] = ["Wirehook.Packets"],
        ["Wirehook.Worker"] = ["Wirehook.Capture", "Wirehook.Dissection", "Wirehook.EventHooks", "Wirehook.Netlink", "Wirehook.Packets", "Wirehook.Scripting"],
        ["Wirehook.Hub"] = ["Wirehook.EventHooks", "Wirehook.Netlink"],
        ["Wirehook.Cli"] = ["Wirehook.Hub", "Wirehook.Worker"],
    };

    private static readonly string[] SansIo = ["Wirehook.Packets", "Wirehook.JavaScript", "Wirehook.Dissection"];

    [Fact]
    public void Project_references_point_only_downward()
    {
        foreach (var project in Directory.GetFiles(Path.Combine(RepositoryFiles.Root, "src"), "*.csproj", SearchOption.AllDirectories))
        {
            var name = Path.GetFileNameWithoutExtension(project);
            var references = XDocument.Load(project).Descendants("ProjectReference")
                .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))).Order(StringComparer.Ordinal);
            Assert.True(Arrows.TryGetValue(name, out var allowed), $"{name} is not in the table of allowed references.");
            Assert.Equal(allowed.Order(StringComparer.Ordinal), references);
        }
    }

    [Fact]
    public void Sans_io_projects_say_so_and_ban_the_outside_world()
    {
        foreach (var name in SansIo)
        {
            var project = XDocument.Load(Path.Combine(RepositoryFiles.Root, "src", name, name + ".csproj"));
            Assert.Equal("true", project.Descendants("SansIo").Single().Value);
        }

        var banned = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "eng", "BannedSymbols.SansIo.txt"));
        foreach (var symbol in new[] { "System.IO.File;", "System.Net.Sockets.Socket;", "System.Threading.Thread;", "System.Random;", "System.Console;" })
            Assert.Contains("T:" + symbol, banned, StringComparison.Ordinal);
    }

    [Fact]
    public void Source_files_stay_below_four_hundred_lines()
    {
        var long_files = SourceFiles().Select(f => (f, lines: File.ReadLines(f).Count())).Where(f => f.lines > 400)
            .Select(f => $"{Path.GetRelativePath(RepositoryFiles.Root, f.f)}: {f.lines}");
        Assert.Empty(long_files);
    }

    [Fact]
    public void Documents_name_only_what_exists()
    {
        foreach (var document in new[] { "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md" })
        {
            var text = File.ReadAllText(Path.Combine(RepositoryFiles.Root, document));
            foreach (Match path in NamedPath().Matches(text))
            {
                var full = Path.Combine(RepositoryFiles.Root, path.Groups[1].Value);
                Assert.True(File.Exists(full) || Directory.Exists(full), $"{document} names {path.Groups[1].Value}, which does not exist.");
            }
        }
    }

    private static IEnumerable<string> SourceFiles() =>
        new[] { "src", "tests", "bench" }.Select(f => Path.Combine(RepositoryFiles.Root, f)).Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

    [GeneratedRegex(@"`((?:src|tests|bench|docs|samples|eng|web|deploy)/[A-Za-z0-9_./-]+)`")]
    private static partial Regex NamedPath();
}
