using System.Text;
using Wirehook.Cli.Output;

namespace Wirehook.Cli.Tests.Output;

/// <summary>Files are replaced as a whole; what is no file, and a link, stays what it is.</summary>
public sealed class WholeFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wirehook-file-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_is_replaced_and_nothing_lies_beside_it()
    {
        var path = Path.Combine(_folder, "summary.json");
        File.WriteAllText(path, "what was there before, and longer");
        WholeFile.Write(path, "new"u8);
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_that_was_not_there_is_made_and_so_is_the_file_of_a_link_that_leads_nowhere()
    {
        var (path, link) = (Path.Combine(_folder, "new"), Path.Combine(_folder, "link"));
        File.CreateSymbolicLink(link, Path.Combine(_folder, "target"));
        WholeFile.Write(path, "1"u8);
        WholeFile.Write(link, "2"u8);
        Assert.Equal(["1", "2", "2"], [File.ReadAllText(path), File.ReadAllText(link), File.ReadAllText(Path.Combine(_folder, "target"))]);
    }

    [Fact]
    public void A_link_goes_on_pointing_to_its_file()
    {
        var (path, link) = (Path.Combine(_folder, "a"), Path.Combine(_folder, "link"));
        File.WriteAllText(path, "old");
        File.CreateSymbolicLink(link, path);
        WholeFile.Write(link, "new"u8);
        Assert.Equal(path, new FileInfo(link).LinkTarget);
        Assert.Equal("new", File.ReadAllText(path));
    }

    [Fact]
    public void A_device_stays_a_device()
    {
        var link = Path.Combine(_folder, "null");
        File.CreateSymbolicLink(link, "/dev/null");
        WholeFile.Write(link, "into nothing"u8);
        Assert.Equal("/dev/null", new FileInfo(link).LinkTarget);
        Assert.Single(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_pipe_gets_the_bytes()
    {
        var pipe = Path.Combine(_folder, "pipe");
        using var make = System.Diagnostics.Process.Start("mkfifo", [pipe]);
        await make.WaitForExitAsync();
        var read = Task.Run(() => File.ReadAllText(pipe, Encoding.UTF8));
        WholeFile.Write(pipe, "through the pipe"u8);
        Assert.Equal("through the pipe", await read);
        Assert.Single(Directory.GetFileSystemEntries(_folder));
    }
}
