using System.Diagnostics;
using System.Text.Json;
using Wirehook.Tests;

namespace Wirehook.EndToEnd.Live;

/// <summary>Live capture between two hosts: a fast and a deliberately slow script at once, with the client's own count as the truth.</summary>
public sealed class TapTests
{
    private const int Requests = 20_000;

    // The hosts' kernels discover each other meanwhile, and their ICMPv6 messages are items too.
    private const string HttpOnly = "tap.enabledDissectors=http";

    [RootFact("ip", "nginx", "h2load", "curl")]
    public void A_slow_script_misses_what_it_cannot_take_and_the_fast_one_nothing()
    {
        using var hosts = new TwoHosts();
        hosts.StartNginx();
        File.WriteAllText(hosts.PathOf("fast.js"), """
            var pairs = 0;
            function onItemCaptured(data) { if (data.request.path === "/echo/load" && data.response.status === 200) pairs++; if (pairs % 1000 === 0) console.log("pairs", pairs); }
            jobs.schedule("report", "* * * * * *", function () { console.log("tick"); });
            """);
        File.WriteAllText(hosts.PathOf("slow.js"), """
            function onItemCaptured(data) { for (var i = 0; i < 300000; i++); }
            """);
        var tap = hosts.Start(hosts.Server, Program.Path, "tap", "-i", hosts.Interface,
            "--script", hosts.PathOf("fast.js"), "--script", hosts.PathOf("slow.js"), "--summary", hosts.PathOf("summary.json"), "--set", HttpOnly);
        var ready = tap.StandardError.ReadLine();
        Assert.StartsWith("Capturing on", ready, StringComparison.Ordinal);
        var errors = tap.StandardError.ReadToEndAsync();
        var output = tap.StandardOutput.ReadToEndAsync();

        var load = TwoHosts.Run(hosts.Client, "h2load", "--h1", "-n", $"{Requests}", "-c", "8", "-t", "1", $"http://{TwoHosts.ServerAddress}:8080/echo/load");
        Assert.Contains($"{Requests} succeeded", load.Output, StringComparison.Ordinal);
        Thread.Sleep(1_500);
        Interrupt(tap);
        Assert.True(tap.WaitForExit(30_000), "tap did not end after SIGINT.");
        Assert.Equal(0, tap.ExitCode);

        using var summary = JsonDocument.Parse(File.ReadAllText(hosts.PathOf("summary.json")));
        var root = summary.RootElement;
        Assert.Equal(Requests, root.GetProperty("items").GetProperty("http").GetProperty("count").GetInt64());
        var fast = Hook(root, "fast.js");
        Assert.Equal((Requests, 0), (fast.GetProperty("calls").GetInt64(), fast.GetProperty("missed").GetInt64()));
        var slow = Hook(root, "slow.js");
        Assert.True(slow.GetProperty("missed").GetInt64() > 0, "The slow script was not slow enough to miss anything.");
        Assert.Equal(Requests, slow.GetProperty("calls").GetInt64() + slow.GetProperty("missed").GetInt64());
        Assert.False(root.GetProperty("loss").TryGetProperty("capture", out _), "The kernel dropped packets: " + root.GetProperty("loss"));
        Assert.Contains($"[fast.js] pairs {Requests}", output.Result, StringComparison.Ordinal);
        Assert.Contains("[fast.js] tick", output.Result, StringComparison.Ordinal);
        Assert.Equal("", errors.Result);
    }

    [RootFact("ip", "nginx", "curl")]
    public void What_tap_writes_replays_to_the_same_items()
    {
        using var hosts = new TwoHosts();
        hosts.StartNginx();
        var tap = hosts.Start(hosts.Server, Program.Path, "tap", "-i", hosts.Interface,
            "--items", hosts.PathOf("live.jsonl"), "--write", hosts.PathOf("live.pcap"), "--summary", hosts.PathOf("summary.json"), "--set", HttpOnly);
        Assert.StartsWith("Capturing on", tap.StandardError.ReadLine(), StringComparison.Ordinal);
        for (var i = 0; i < 20; i++) TwoHosts.Run(hosts.Client, "curl", "-s", $"http://{TwoHosts.ServerAddress}:8080/echo/{i}");
        Thread.Sleep(500);
        Interrupt(tap);
        Assert.True(tap.WaitForExit(30_000), "tap did not end after SIGINT.");

        var replay = Program.Wirehook("replay", hosts.PathOf("live.pcap"), "--items", "-", "--set", HttpOnly);
        Assert.Equal(0, replay.ExitCode);
        var live = File.ReadAllLines(hosts.PathOf("live.jsonl"));
        Assert.Equal(20, live.Length);
        Assert.Equal(live.Select(Essence), replay.Lines.Select(Essence));
    }

    [RootFact("ip")]
    public void Refusals_name_the_remedy()
    {
        var missing = Program.Wirehook("tap", "-i", "nosuchif0");
        Assert.Equal(5, missing.ExitCode);
        Assert.Contains("nosuchif0", missing.Errors, StringComparison.Ordinal);
        Assert.Contains("lo", missing.Errors, StringComparison.Ordinal);

        var unprivileged = Program.Run("setpriv", ["--reuid", "65534", "--regid", "65534", "--clear-groups", "--bounding-set", "-all", Program.Path, "tap", "-i", "lo"]);
        Assert.Equal(5, unprivileged.ExitCode);
        Assert.Contains("setcap cap_net_raw", unprivileged.Errors, StringComparison.Ordinal);
    }

    private static string Essence(string line)
    {
        using var item = JsonDocument.Parse(line);
        var root = item.RootElement;
        return $"{root.GetProperty("request").GetProperty("path")} {root.GetProperty("response").GetProperty("status")} {root.GetProperty("timestamp")} {root.GetProperty("src").GetProperty("port")}";
    }

    private static JsonElement Hook(JsonElement summary, string script) =>
        summary.GetProperty("scripts").GetProperty(script).GetProperty("hooks").GetProperty("onItemCaptured");

    // "ip netns exec" replaces itself by the command, so the process started is the command itself.
    private static void Interrupt(Process process) => Program.Run("kill", ["-INT", $"{process.Id}"]);
}
