using System.Diagnostics;
using System.Text.Json;
using Wirehook.Tests;

namespace Wirehook.EndToEnd.Live;

/// <summary>Network events reach the hook of a script while they happen, beside a capture and alone.</summary>
public sealed class NetworkHookTests
{
    private const string Script = """
        var packets = 0;
        function onPacketCaptured(info) { packets++; }
        function onNetworkEvent(event) {
          event.events.forEach(function (name) {
            console.log(name, event.interface, event.namespace, event.link ? event.link.mtu : "", event.old && event.old.mtu ? event.old.mtu : "");
          });
        }
        """;

    [RootFact("ip")]
    public void Tap_gives_scripts_the_network_events_beside_the_packets()
    {
        using var hosts = new TwoHosts();
        var process = Start(hosts, "tap", "-i", hosts.Interface);
        Assert.StartsWith("Capturing on", process.StandardError.ReadLine(), StringComparison.Ordinal);
        Change(hosts, process);
        TwoHosts.Run(hosts.Client, "bash", "-c", $"for i in 1 2 3; do echo > /dev/udp/{TwoHosts.ServerAddress}/9; done");
        var summary = End(hosts, process);
        Assert.True(summary.GetProperty("networkEvents").GetInt32() >= 2);
        var hooks = summary.GetProperty("scripts").GetProperty("watch.js").GetProperty("hooks");
        Assert.Equal(summary.GetProperty("networkEvents").GetInt32(), hooks.GetProperty("onNetworkEvent").GetProperty("calls").GetInt32());
        Assert.Equal(0, hooks.GetProperty("onNetworkEvent").GetProperty("missed").GetInt32());
    }

    [RootFact("ip")]
    public void Monitor_runs_scripts_on_network_events_alone_and_their_recording_prints_the_same()
    {
        using var hosts = new TwoHosts();
        var process = Start(hosts, "monitor", "--record", hosts.PathOf("changes.pcapng"));
        Assert.StartsWith("Monitoring default", process.StandardError.ReadLine(), StringComparison.Ordinal);
        var lines = Change(hosts, process);
        var summary = End(hosts, process);
        Assert.Equal(0, summary.GetProperty("packets").GetInt32());
        var rest = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var replayed = Program.Wirehook("monitor", "--replay", hosts.PathOf("changes.pcapng"), "--script", hosts.PathOf("watch.js"));
        Assert.Equal(0, replayed.ExitCode);
        Assert.Equal([.. lines, .. rest], replayed.Lines);
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--condition", "sequence == 1")]
    [InlineData("--count", "3")]
    public void Options_about_printed_lines_do_not_go_with_scripts(params string[] options)
    {
        var recording = Path.Combine(RepositoryFiles.Root, "samples", "captures", "network-changes.pcapng");
        var script = Path.Combine(RepositoryFiles.Root, "samples", "scripts", "link-watch.js");
        var result = Program.Wirehook(["monitor", "--replay", recording, "--script", script, .. options]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(options[0], result.Errors, StringComparison.Ordinal);
    }

    private static Process Start(TwoHosts hosts, params string[] command)
    {
        File.WriteAllText(hosts.PathOf("watch.js"), Script);
        return hosts.Start(hosts.Server, [Program.Path, .. command, "--script", hosts.PathOf("watch.js"), "--summary", hosts.PathOf("summary.json")]);
    }

    /// <summary>Changes an interface, and takes it down; gives what the script printed until it said so.</summary>
    private static List<string> Change(TwoHosts hosts, Process process)
    {
        Program.Run("ip", ["-n", hosts.Server, "link", "set", hosts.Interface, "mtu", "1400"]);
        var lines = ReadUntil(process, $"[watch.js] link.mtu_changed {hosts.Interface} default 1400 1500");
        Program.Run("ip", ["-n", hosts.Server, "link", "set", hosts.Interface, "down"]);
        lines.AddRange(ReadUntil(process, "[watch.js] link.down"));
        return lines;
    }

    private static List<string> ReadUntil(Process process, string start)
    {
        var lines = new List<string>();
        do
        {
            var next = process.StandardOutput.ReadLineAsync();
            if (!next.Wait(TimeSpan.FromSeconds(20)) || next.Result is not { } line) throw new TimeoutException($"No line begins with \"{start}\":\n{string.Join('\n', lines)}");
            lines.Add(line);
        }
        while (!lines[^1].StartsWith(start, StringComparison.Ordinal));
        return lines;
    }

    private static JsonElement End(TwoHosts hosts, Process process)
    {
        Program.Run("kill", ["-TERM", $"{process.Id}"]);
        Assert.True(process.WaitForExit(30_000), "The command did not end after SIGTERM.");
        Assert.Equal(0, process.ExitCode);
        using var summary = JsonDocument.Parse(File.ReadAllText(hosts.PathOf("summary.json")));
        Assert.Empty(summary.RootElement.GetProperty("loss").EnumerateObject());
        return summary.RootElement.Clone();
    }
}
