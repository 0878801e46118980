using Wirehook.Tests;

namespace Wirehook.EndToEnd;

/// <summary><c>eng/new-protocol</c> makes a protocol that builds and dissects, and touches one folder of source and one of tests.</summary>
public sealed class NewProtocolTests : IDisposable
{
    private readonly string _copy = Directory.CreateTempSubdirectory("wirehook-protocol-").FullName;

    [Fact]
    public void A_new_protocol_touches_one_folder_and_passes_its_tests()
    {
        foreach (var file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "wirehook.slnx", ".editorconfig" }) Copy(file);
        foreach (var folder in new[] { "eng", "src/Wirehook.Packets", "src/Wirehook.Dissection", "tests/Shared" }) CopyFolder(folder);
        foreach (var file in new[] { "Wirehook.Dissection.Tests.csproj", "Conversation.cs" }) Copy(Path.Combine("tests", "Wirehook.Dissection.Tests", file));
        var before = Files();

        var made = Program.Run(Path.Combine(_copy, "eng", "new-protocol"), ["Echo2"], folder: _copy);
        Assert.True(made.ExitCode == 0, made.Errors);
        var added = Files().Except(before).ToList();
        Assert.Empty(before.Except(Files()));
        Assert.Equal(["src/Wirehook.Dissection/Protocols/Echo2", "tests/Wirehook.Dissection.Tests/Protocols/Echo2"], added.Select(f => Path.GetDirectoryName(f.Path)!).Distinct().Order(StringComparer.Ordinal));

        // The analyzers take most of the time, and say nothing of what is to be proved here.
        var tested = Program.Run("dotnet", ["test", "-c", "Release", "tests/Wirehook.Dissection.Tests", "-p:RunAnalyzers=false", "--nologo", "-v", "quiet"], seconds: 300, folder: _copy);
        Assert.True(tested.ExitCode == 0, tested.Output + tested.Errors);
        Assert.Matches(@"Passed!  - Failed: +0, Passed: +4,", tested.Output);
    }

    [Theory]
    [InlineData("echo")]
    [InlineData("Echo-2")]
    [InlineData("")]
    [InlineData("../Echo")]
    public void A_name_that_is_none_is_refused(string name) =>
        Assert.Equal(2, Program.Run(Path.Combine(RepositoryFiles.Root, "eng", "new-protocol"), [name]).ExitCode);

    [Fact]
    public void A_protocol_that_exists_is_left_alone()
    {
        var result = Program.Run(Path.Combine(RepositoryFiles.Root, "eng", "new-protocol"), ["Http"]);
        Assert.Equal((1, "eng/new-protocol: src/Wirehook.Dissection/Protocols/Http exists already.\n"), (result.ExitCode, result.Errors));
    }

    public void Dispose() => Directory.Delete(_copy, recursive: true);

    private HashSet<(string Path, DateTime Written)> Files() => [.. Directory.EnumerateFiles(_copy, "*", SearchOption.AllDirectories)
        .Select(f => (Path.GetRelativePath(_copy, f), File.GetLastWriteTimeUtc(f)))];

    private void CopyFolder(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, folder), "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(RepositoryFiles.Root, file);
            if (!relative.Split('/').Any(p => p is "obj" or "bin")) Copy(relative);
        }
    }

    private void Copy(string relative)
    {
        var target = Path.Combine(_copy, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(Path.Combine(RepositoryFiles.Root, relative), target);
    }
}
