using System.Globalization;
using System.Text.Json;
using Wirehook.Tests;

namespace Wirehook.EndToEnd.Hooks;

/// <summary>Hooks that really run because the kernel says that something changed.</summary>
public sealed class HookRunTests
{
    [RootFact("ip")]
    public void A_hook_runs_with_the_documented_environment_and_the_event_on_its_input()
    {
        using var host = new HookHost();
        var script = host.Script("down.sh", $"#!/bin/sh\nenv -0 > {host.PathOf("env.new")}\ncat > {host.PathOf("input")}\nmv {host.PathOf("env.new")} {host.PathOf("env")}\necho took it\n");
        host.Configure($$"""
            - name: "interface_down"
              script: "{{script}}"
              condition: "event == 'link.down' AND interface == 'v0'"
              timeout_ms: 5000
            """);
        host.Start();
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        host.Ip("link set v0 down");
        host.Await(() => File.Exists(host.PathOf("env")), "the hook ran");

        var variables = File.ReadAllText(host.PathOf("env")).TrimEnd('\0').Split('\0').Select(v => v.Split('=', 2)).ToDictionary(v => v[0], v => v[1]);
        Assert.Equal("16", variables["NLMON_MESSAGE_TYPE"]);
        Assert.Equal("16", variables["NLMON_EVENT_TYPE"]);
        Assert.Equal("v0", variables["NLMON_INTERFACE"]);
        Assert.Equal("/usr/local/bin:/usr/bin:/bin", variables["PATH"]);
        Assert.InRange(long.Parse(variables["NLMON_TIMESTAMP"], CultureInfo.InvariantCulture), before - 1_000, before + 60_000);
        Assert.True(long.Parse(variables["NLMON_SEQUENCE"], CultureInfo.InvariantCulture) > 0);
        Assert.Equal("link.down", variables["NLMON_EVENT_NAME"]);
        Assert.Equal("interface_down", variables["NLMON_HOOK_NAME"]);
        // The shell that runs the script adds the last three by itself.
        Assert.All(variables.Keys, name => Assert.True(name.StartsWith("NLMON_", StringComparison.Ordinal) || name is "PATH" or "PWD" or "SHLVL" or "_", name));

        using var input = JsonDocument.Parse(File.ReadAllText(host.PathOf("input")));
        var json = input.RootElement;
        Assert.Equal("link.down", json.GetProperty("event").GetString());
        Assert.Equal(variables["NLMON_SEQUENCE"], json.GetProperty("sequence").ToString());
        Assert.Equal("v0", json.GetProperty("interface").GetString());

        host.Await(() => host.Log.Contains("interface_down: link.down v0: success", StringComparison.Ordinal), "the log says so");
        Assert.Contains("    took it", host.Log, StringComparison.Ordinal);
        Assert.Equal(1, host.Statistics("interface_down").GetProperty("successes").GetInt32());
    }

    [RootFact("ip")]
    public void Synchronous_hooks_wait_for_each_other_and_asynchronous_ones_run_beside_them()
    {
        using var host = new HookHost();
        var slow = host.Script("slow.sh", $"#!/bin/sh\necho \"begin $1 $NLMON_SEQUENCE\" >> {host.PathOf("order")}\nsleep 0.3\necho \"end $1 $NLMON_SEQUENCE\" >> {host.PathOf("order")}\n");
        var beside = host.Script("beside.sh", $"#!/bin/sh\ndate +%s%N >> {host.PathOf("beside")}\n");
        const string Condition = "event IN ['link.down', 'link.up'] AND interface == 'v0'";
        host.Configure($$"""
            - { name: first, script: {{slow}}, args: [first], condition: "{{Condition}}" }
            - { name: second, script: {{slow}}, args: [second], condition: "{{Condition}}" }
            - { name: beside, script: {{beside}}, condition: "{{Condition}}", async: true }
            """);
        host.Start();
        host.Ip("link set v0 down");
        host.Ip("link set v0 up");
        string[] order = [];
        host.Await(() => File.Exists(host.PathOf("order")) && (order = File.ReadAllLines(host.PathOf("order"))).Length == 8, "both events ran both hooks");

        var sequences = order.Select(l => l.Split(' ')[2]).Distinct().ToArray();
        Assert.Equal(2, sequences.Length);
        Assert.Equal(
            sequences.SelectMany(s => new[] { $"begin first {s}", $"end first {s}", $"begin second {s}", $"end second {s}" }),
            order);
        Assert.Equal(2, File.ReadAllLines(host.PathOf("beside")).Length);
        Assert.Equal(2, host.Statistics("second").GetProperty("executions").GetInt32());
        Assert.True(host.Statistics("second").GetProperty("max_wait_ms").GetDouble() > 200, "the second hook waited for the first");
    }

    [RootFact("ip")]
    public void A_timeout_ends_everything_that_the_hook_started()
    {
        using var host = new HookHost();
        var mark = "WIREHOOK_TEST_MARK=" + Guid.NewGuid().ToString("N");
        var script = host.Script("hang.sh", """
            #!/bin/sh
            trap '' TERM
            sleep 1000 &
            setsid sleep 1001 &
            (setsid sh -c 'trap "" TERM; sleep 1002 & sleep 1003' &) &
            sleep 1004
            """);
        host.Configure($$"""
            - name: hang
              script: {{script}}
              condition: "event == 'link.down' AND interface == 'v0'"
              timeout_ms: 700
              environment: { {{mark.Replace("=", ": ", StringComparison.Ordinal)}} }
            """);
        host.Start();
        host.Ip("link set v0 down");
        host.Await(() => HookHost.Marked(mark).Length >= 5, "the hook and its children run");
        host.Await(() => host.Statistics("hang").GetProperty("timeouts").GetInt32() == 1, "the timeout is counted");
        host.Await(() => HookHost.Marked(mark).Length == 0, "nothing is left");
        Assert.Equal(0, host.Statistics("hang").GetProperty("failures").GetInt32());
        Assert.Contains("hang: link.down v0: timeout", host.Log, StringComparison.Ordinal);
    }

    [RootFact("ip")]
    public void Killing_wirehook_leaves_nothing_running_beyond_the_timeout()
    {
        using var host = new HookHost();
        var mark = "WIREHOOK_TEST_MARK=" + Guid.NewGuid().ToString("N");
        var script = host.Script("hang.sh", "#!/bin/sh\nsetsid sleep 1000 &\nsleep 1001\n");
        host.Configure($$"""
            - { name: hang, script: {{script}}, condition: "event == 'link.down' AND interface == 'v0'", timeout_ms: 2500, environment: { {{mark.Replace("=", ": ", StringComparison.Ordinal)}} } }
            """);
        var process = host.Start();
        host.Ip("link set v0 down");
        host.Await(() => HookHost.Marked(mark).Length >= 3, "the hook and its children run");
        HookHost.Signal(process, "KILL");
        Assert.True(process.WaitForExit(10_000));
        host.Await(() => HookHost.Marked(mark).Length == 0, "nothing is left after the timeout");

        // The socket is stale and its lock is gone with the process: the next run takes both over.
        host.Start();
        Assert.Equal(0, host.Hooks("list").ExitCode);
    }

    [RootFact("ip")]
    public void Sigterm_lets_running_hooks_end_and_leaves_nothing_behind()
    {
        using var host = new HookHost();
        var script = host.Script("brief.sh", $"#!/bin/sh\ntouch {host.PathOf("begun")}\nsleep 1\ntouch {host.PathOf("ended")}\n");
        host.Configure($$"""
            - { name: brief, script: {{script}}, condition: "event == 'link.down' AND interface == 'v0'" }
            """);
        var process = host.Start();
        host.Ip("link set v0 down");
        host.Await(() => File.Exists(host.PathOf("begun")), "the hook runs");
        HookHost.Signal(process, "TERM");
        Assert.True(process.WaitForExit(20_000));
        Assert.Equal(0, process.ExitCode);
        Assert.True(File.Exists(host.PathOf("ended")), "the hook was let to its end");
        Assert.False(File.Exists(host.Socket), "the socket is removed");
        Assert.Equal(6, host.Hooks("list").ExitCode);
    }

    [RootFact("ip")]
    public void A_second_signal_ends_at_once()
    {
        using var host = new HookHost();
        var script = host.Script("long.sh", $"#!/bin/sh\ntouch {host.PathOf("begun")}\nexec sleep 8\n");
        host.Configure($$"""
            - { name: long, script: {{script}}, condition: "event == 'link.down' AND interface == 'v0'", timeout: 9s }
            """);
        var process = host.Start();
        host.Ip("link set v0 down");
        host.Await(() => File.Exists(host.PathOf("begun")), "the hook runs");
        HookHost.Signal(process, "TERM");
        Assert.False(process.WaitForExit(1_000));
        HookHost.Signal(process, "TERM");
        Assert.True(process.WaitForExit(3_000));
    }

    [RootFact("ip")]
    public void A_recording_runs_the_same_hooks_again()
    {
        using var host = new HookHost();
        host.Configure("""
            - name: note
              script: 'echo "$NLMON_EVENT_NAME $NLMON_INTERFACE"'
              condition: "interface == 'v0' AND event IN ['link.down', 'link.up', 'addr.added']"
            """);
        var recording = host.PathOf("changes.pcapng");
        var process = host.Start("true", "--record", recording);
        host.Ip("link set v0 down");
        host.Ip("addr add 10.1.2.3/24 dev v0");
        host.Ip("link set v0 up");
        host.Await(() => host.Statistics("note").GetProperty("executions").GetInt32() >= 3, "the hook ran for each change");
        HookHost.Signal(process, "TERM");
        Assert.True(process.WaitForExit(20_000));

        var live = Runs(host.Log);
        Assert.Contains("link.down v0", live);
        var replayed = Program.Wirehook("hooks", "run", "--config", host.Config, "--replay", recording);
        Assert.True(replayed.ExitCode == 0, replayed.Errors);
        Assert.Equal(live, Runs(replayed.Output));
    }

    private static string[] Runs(string log) => [.. log.Split('\n').Where(l => l.StartsWith("    ", StringComparison.Ordinal)).Select(l => l.Trim())];
}
