using System.Diagnostics;
using System.Text.Json;
using Wirehook.Tests;

namespace Wirehook.EndToEnd.Network;

/// <summary><c>wirehook monitor</c> as its user runs it.</summary>
public sealed class MonitorTests
{
    [RootFact("ip")]
    public void Changes_are_lines_of_json_in_the_seeds_terms()
    {
        using var ns = new ScratchNamespace();
        using var monitor = Monitor("--namespace", ns.Name, "--json");
        ns.Ip("link set va up");
        ns.Ip("addr add 10.1.0.1/24 dev va");
        ns.Ip("link set va down");
        ns.Ip("link del va");
        var events = ReadUntil(monitor, e => Name(e) == "link.removed" && e.GetProperty("interface").GetString() == "va");
        Assert.Equal(Enumerable.Range(1, events.Count).Select(i => (long)i), events.Select(e => e.GetProperty("sequence").GetInt64()));
        var down = events.Single(e => Name(e) == "link.down" && e.GetProperty("interface").GetString() == "va");
        Assert.Equal((16, 16, ns.Name), (down.GetProperty("message_type").GetInt32(), down.GetProperty("event_type").GetInt32(), down.GetProperty("namespace").GetString()));
        Assert.InRange(down.GetProperty("timestamp").GetInt64(), DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 60_000, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        Assert.Contains("flags", down.GetProperty("changed").EnumerateArray().Select(f => f.GetString()));
        var added = events.First(e => Name(e) == "addr.added");
        Assert.Equal("10.1.0.1", added.GetProperty("addr").GetProperty("local").GetString());
        Assert.True(added.GetProperty("pid").GetInt64() > 1);
        End(monitor);
    }

    [RootFact("ip")]
    public void Condition_selects_and_count_ends()
    {
        using var ns = new ScratchNamespace();
        using var monitor = Monitor("--namespace", ns.Name, "--condition", "event == 'link.mtu_changed' && link.mtu < old.link.mtu", "--count", "2");
        foreach (var mtu in new[] { 2000, 1800, 1900, 1700, 1600 }) ns.Ip($"link set va mtu {mtu}");
        var lines = monitor.StandardOutput.ReadToEnd().TrimEnd('\n').Split('\n');
        Assert.True(monitor.WaitForExit(20_000));
        Assert.Equal(0, monitor.ExitCode);
        Assert.Equal(["mtu 2000 → 1800", "mtu 1900 → 1700"], lines.Select(l => l[(l.IndexOf(" va ", StringComparison.Ordinal) + 4)..]));
    }

    [RootFact("ip")]
    public void Recording_is_replayed_to_the_same_lines()
    {
        using var ns = new ScratchNamespace();
        var file = Path.Combine(Path.GetTempPath(), $"{ns.Name}.pcapng");
        try
        {
            string live;
            using (var monitor = Monitor("--namespace", ns.Name, "--json", "--record", file))
            {
                ns.Ip("link set va up");
                ns.Ip("link set vb up");
                ns.Ip("addr add 10.1.0.1/24 dev va");
                ns.Ip("route add default via 10.1.0.2");
                ns.Ip("link set va down");
                live = "";
                while (!live.Contains("route.default_removed", StringComparison.Ordinal)) live += monitor.StandardOutput.ReadLine() + "\n";
                live += End(monitor);
            }

            var replay = Program.Wirehook("monitor", "--replay", file, "--json");
            Assert.Equal(0, replay.ExitCode);
            Assert.Equal(live, replay.Output);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [RootFact("ip")]
    public void Reader_that_goes_away_ends_it_quietly()
    {
        using var ns = new ScratchNamespace();
        var command = $"(sleep 1.5; for i in 1 2 3 4 5; do ip -n {ns.Name} link set va mtu 20$i$i; sleep 0.2; done) & wirehook monitor -n {ns.Name} 2>errors | head -n 1; echo ${{PIPESTATUS[0]}}; cat errors";
        var folder = Directory.CreateTempSubdirectory("wirehook-pipe-").FullName;
        try
        {
            var result = Program.Run("bash", ["-c", command], folder: folder);
            Assert.Contains("link.mtu_changed", result.Lines[0], StringComparison.Ordinal);
            Assert.Equal("0", result.Lines[1]);
            Assert.DoesNotContain("wirehook:", result.Output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [RootFact("setpriv")]
    public void Without_privilege_it_says_what_is_left_out()
    {
        var result = Program.Run("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", Program.Path, "monitor", "--initial", "--duration", "0.3", "--json"], folder: "/");
        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Contains("without CAP_NET_ADMIN no ct, nft", result.Errors, StringComparison.Ordinal);
        Assert.Contains(result.Lines, l => l.Contains("\"interface\":\"lo\"", StringComparison.Ordinal));
        var refused = Program.Run("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", Program.Path, "monitor", "--namespace", "/proc/1/ns/net"], folder: "/");
        Assert.Equal(5, refused.ExitCode);
        Assert.Contains("Run as root", refused.Errors, StringComparison.Ordinal);
    }

    [RootFact("setpriv")]
    public void Without_privilege_what_was_asked_for_and_is_not_heard_is_said()
    {
        var only = Program.Run("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", Program.Path, "monitor", "--only", "ct,nft", "--duration", "0.3"], folder: "/");
        Assert.Equal(5, only.ExitCode);
        Assert.Contains("--only ct,nft: this needs CAP_NET_ADMIN. Run as root.", only.Errors, StringComparison.Ordinal);
        var all = Program.Run("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", Program.Path, "monitor", "--all-namespaces", "--duration", "0.3"], folder: "/");
        Assert.Equal(0, all.ExitCode);
        Assert.Contains("processes may not be looked at", all.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(">&-", "standard output: Bad file descriptor")]
    [InlineData(">/dev/full", "standard output: No space left on device")]
    [InlineData("--record /dev/full >/dev/null", "--record /dev/full: the recording stopped after 0 bytes")]
    public void Output_that_cannot_be_written_is_an_error_and_no_crash(string redirection, string message)
    {
        var result = Program.Run("bash", ["-c", $"wirehook monitor --initial --duration 0.5 {redirection}"]);
        Assert.Equal(5, result.ExitCode);
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--duration", "-1")]
    [InlineData("--duration", "0")]
    [InlineData("--duration", "1e12")]
    [InlineData("--duration", "NaN")]
    [InlineData("--record", "x.pcapng", "--replay", "r.pcapng")]
    [InlineData("--namespace", "blue", "--replay", "r.pcapng")]
    [InlineData("--all-namespaces", "--replay", "r.pcapng")]
    [InlineData("--buffer", "64", "--replay", "r.pcapng")]
    public void What_cannot_be_meant_is_refused_by_its_name(params string[] arguments)
    {
        var result = Program.Wirehook(["monitor", .. arguments]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"wirehook: {arguments[0]}", result.Errors, StringComparison.Ordinal);
        Assert.Contains(arguments[0] == "--duration" ? "more than 0" : "about what happens now", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_usage_is_explained()
    {
        var wrong = Program.Wirehook("monitor", "--condition", "link.mtuu > 1");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("Did you mean link.mtu?", wrong.Errors, StringComparison.Ordinal);
        Assert.Contains("^^^^^^^^^", wrong.Errors, StringComparison.Ordinal);
        var missing = Program.Wirehook("monitor", "--replay", "/no/such/file");
        Assert.Equal(2, missing.ExitCode);
    }

    /// <summary>Starts the command and waits until it listens.</summary>
    private static Process Monitor(params string[] arguments)
    {
        var monitor = Program.Start(Program.Path, ["monitor", .. arguments]);
        var line = monitor.StandardError.ReadLine();
        Assert.StartsWith("Monitoring ", line, StringComparison.Ordinal);
        Thread.Sleep(300);
        return monitor;
    }

    private static List<JsonElement> ReadUntil(Process monitor, Func<JsonElement, bool> isLast)
    {
        var events = new List<JsonElement>();
        while (monitor.StandardOutput.ReadLine() is { } line)
        {
            events.Add(JsonDocument.Parse(line).RootElement);
            if (isLast(events[^1])) return events;
        }

        Assert.Fail("The output ended early.");
        return events;
    }

    private static string? Name(JsonElement e) => e.GetProperty("event").GetString();

    private static string End(Process monitor)
    {
        Program.Run("kill", ["-TERM", $"{monitor.Id}"]);
        var rest = monitor.StandardOutput.ReadToEnd();
        Assert.True(monitor.WaitForExit(20_000), "monitor did not end after SIGTERM.");
        Assert.Equal(0, monitor.ExitCode);
        Assert.Contains(" shown; 0 overruns; 0 dropped by slow output.", monitor.StandardError.ReadToEnd(), StringComparison.Ordinal);
        return rest;
    }
}
