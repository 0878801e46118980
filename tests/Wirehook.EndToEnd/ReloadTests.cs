using System.Diagnostics;
using Wirehook.Tests;

namespace Wirehook.EndToEnd;

/// <summary>Hot reload with <c>--watch</c>, on a capture that arrives slowly through standard input.</summary>
public sealed class ReloadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wirehook-reload-").FullName;

    private string Script => Path.Combine(_folder, "live.js");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_changed_script_is_reloaded_and_a_broken_one_keeps_the_old_version()
    {
        var capture = File.ReadAllBytes(Path.Combine(RepositoryFiles.Root, "samples", "captures", "shop.pcap"));
        Write("function onPacketCaptured(info) {} console.log('version 1');");
        using var process = Program.Start(Program.Path, ["replay", "-", "--script", Script, "--watch"]);
        var errors = process.StandardError;
        var output = process.StandardOutput;
        process.StandardInput.BaseStream.Write(capture.AsSpan(0, 1000));
        process.StandardInput.BaseStream.Flush();
        Assert.Equal("[live.js] version 1", ReadLine(output));

        Write("function ( {");
        Assert.Contains("live.js:1:", ReadLine(errors), StringComparison.Ordinal);
        var kept = "";
        while (!kept.Contains("keeps running", StringComparison.Ordinal)) kept = ReadLine(errors);
        Write("function onPacketCaptured(info) {} console.log('version 2 is longer');");
        Assert.Contains("Reloaded live.js", ReadLine(errors), StringComparison.Ordinal);

        process.StandardInput.BaseStream.Write(capture.AsSpan(1000));
        process.StandardInput.Close();
        var text = output.ReadToEnd();
        Assert.True(process.WaitForExit(20_000));
        Assert.Contains("version 2", text, StringComparison.Ordinal);
    }

    private static string ReadLine(StreamReader reader)
    {
        var line = reader.ReadLineAsync();
        Assert.True(line.Wait(TimeSpan.FromSeconds(20)), "Nothing was said within 20 seconds.");
        return line.Result ?? throw new InvalidOperationException("The command ended.");
    }

    private void Write(string code) => File.WriteAllText(Script, code);
}
