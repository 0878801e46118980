using Wirehook.Worker.Configuration;
using Wirehook.Worker.Scripts;

namespace Wirehook.Worker.Tests.Scripts;

public sealed class ScriptFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wirehook-scripts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_gives_its_scripts_by_name_and_each_file_once()
    {
        Write("b.js", "2");
        Write("a.js", "1");
        Write("notes.txt", "no script");
        var files = ScriptFiles.Find([Path.Combine(_folder, "b.js"), _folder]);
        Assert.Equal(["b.js", "a.js"], files.Select(Path.GetFileName));
        Assert.Equal(["2", "1"], ScriptFiles.Read(files).Select(s => s.Code));
    }

    [Fact]
    public void Files_of_the_same_name_are_told_apart_by_their_folder()
    {
        Write("one/x.js", "1");
        Write("two/x.js", "2");
        var scripts = ScriptFiles.Read(ScriptFiles.Find([Path.Combine(_folder, "one"), Path.Combine(_folder, "two")]));
        Assert.Equal(2, scripts.Select(s => s.Name).Distinct().Count());
        Assert.All(scripts, s => Assert.EndsWith("x.js", s.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_missing_empty_or_huge_is_refused_with_a_reason()
    {
        Assert.Contains("wirehook new script gone.js", Error(Path.Combine(_folder, "gone.js")), StringComparison.Ordinal);
        Assert.Contains("holds no *.js file", Error(_folder), StringComparison.Ordinal);
        Write("huge.js", new string(' ', (4 << 20) + 1));
        Assert.Contains("at most 4 MiB", Error(Path.Combine(_folder, "huge.js")), StringComparison.Ordinal);
    }

    private static string Error(string path) => Assert.Throws<ConfigurationException>(() => ScriptFiles.Read(ScriptFiles.Find([path]))).Message;

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
