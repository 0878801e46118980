using System.Text.Json;
using Wirehook.Tests;

namespace Wirehook.EndToEnd.Hooks;

/// <summary>The verbs that talk to a running <c>wirehook hooks run</c>, and the configuration's reload.</summary>
public sealed class HookSteeringTests
{
    [RootFact("ip")]
    public void Verbs_answer_while_hooks_run()
    {
        using var host = new HookHost();
        host.Configure($$"""
            - { name: busy, script: "echo x >> {{host.PathOf("begun")}}; sleep 60", condition: "event == 'link.down' AND interface == 'v0'", timeout: 40s }
            - { name: beside, script: "echo x >> {{host.PathOf("begun")}}; sleep 60", condition: "event == 'link.down' AND interface == 'v0'", timeout: 40s, async: true }
            - { name: other, script: "true", condition: "event == 'link.up'" }
            """);
        host.Start();
        host.Ip("link set v0 down");
        host.Await(() => File.Exists(host.PathOf("begun")) && File.ReadAllLines(host.PathOf("begun")).Length == 2, "both hooks run");

        Assert.Equal(0, host.Hooks("disable", "other").ExitCode);
        Assert.Contains("disabled", host.Hooks("list").Output, StringComparison.Ordinal);
        Assert.Equal(1, host.Statistics("busy").GetProperty("running").GetInt32());
        Assert.Equal(0, host.Hooks("enable", "other").ExitCode);
        // Both still run: no verb waited for one of them.
        Assert.Equal(1, host.Statistics("beside").GetProperty("running").GetInt32());
        Assert.Equal(1, host.Statistics("busy").GetProperty("running").GetInt32());
    }

    [RootFact("ip")]
    public void A_changed_file_is_taken_over_and_a_broken_one_changes_nothing()
    {
        using var host = new HookHost();
        const string Kept = "- { name: kept, script: 'true', condition: \"event == 'link.down'\" }";
        host.Configure(Kept + "\n- { name: leaves, script: 'true' }");
        var process = host.Start();
        host.Ip("link set v0 down");
        host.Await(() => host.Statistics("kept").GetProperty("executions").GetInt32() == 1, "the hook ran");

        host.Configure(Kept + "\n- { name: comes, script: 'echo I am new', condition: \"event == 'link.up' AND interface == 'v0'\" }");
        host.Await(() => host.Log.Contains("added comes", StringComparison.Ordinal), "the change is noticed");
        Assert.Contains("removed leaves", host.Log, StringComparison.Ordinal);
        Assert.Equal(1, host.Statistics("kept").GetProperty("executions").GetInt32());
        Assert.Equal(2, host.Hooks("stats", "leaves").ExitCode);

        host.Configure(Kept + "\n- { name: broken, script: 'true', condition: \"interfase == 'v0'\" }" + string.Concat(Enumerable.Range(0, 30).Select(i => $"\n- {{ nam: h{i} }}")));
        host.Await(() => host.Log.Contains("refused", StringComparison.Ordinal), "the broken file is refused");
        Assert.Contains("hooks.yaml:5:", host.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("hooks history shows them", host.Log, StringComparison.Ordinal);
        var reload = host.Hooks("reload");
        Assert.Equal(2, reload.ExitCode);
        Assert.Contains("interface", reload.Errors, StringComparison.Ordinal);
        host.Ip("link set v0 up");
        host.Await(() => host.Log.Contains("I am new", StringComparison.Ordinal), "the former configuration is in force");

        host.Configure(Kept);
        HookHost.Signal(process, "HUP");
        host.Await(() => host.Log.Contains("removed comes", StringComparison.Ordinal), "SIGHUP or the watcher takes the repaired file over");
        Assert.Equal(1, host.Statistics("kept").GetProperty("executions").GetInt32());
    }

    [RootFact("ip")]
    public void Hooks_are_registered_tested_explained_and_removed_at_run_time()
    {
        using var host = new HookHost();
        host.Configure("- { name: idle, script: 'true', condition: \"event == 'qdisc.added'\" }");
        host.Start();
        var made = host.Hooks("register", "mtu", "--script", "echo \"mtu of $NLMON_INTERFACE: $NLMON_MTU\"", "--condition", "changed CONTAINS 'mtu' AND link.mtu < 1000", "--timeout", "5s");
        Assert.True(made.ExitCode == 0, made.Errors);
        Assert.Contains("id 2", made.Output, StringComparison.Ordinal);
        Assert.Equal(2, host.Hooks("register", "mtu", "--script", "true").ExitCode);
        var refused = host.Hooks("register", "bad", "--script", "true", "--condition", "link.mto > 5");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("link.mtu", refused.Errors, StringComparison.Ordinal);

        host.Ip("link set v0 mtu 1400");
        host.Ip("link set v0 mtu 900");
        host.Await(() => host.Log.Contains("mtu of v0: 900", StringComparison.Ordinal), "the hook ran");
        Assert.Contains("mtu of v0: 900", host.Hooks("history", "mtu").Output, StringComparison.Ordinal);
        var explained = host.Hooks("explain", "mtu", "--last", "50").Output;
        Assert.Contains("link.mtu < 1000", explained, StringComparison.Ordinal);
        Assert.Contains("1400", explained, StringComparison.Ordinal);
        Assert.Contains("did not hold", explained, StringComparison.Ordinal);

        var test = host.Hooks("test", "mtu", "--json");
        Assert.Equal(0, test.ExitCode);
        using (var run = JsonDocument.Parse(test.Output)) Assert.True(run.RootElement.GetProperty("test").GetBoolean());
        Assert.Equal(1, host.Statistics("mtu").GetProperty("executions").GetInt32());
        Assert.Equal(0, host.Hooks("unregister", "mtu").ExitCode);
        Assert.Equal(2, host.Hooks("test", "mtu").ExitCode);
        Assert.Equal("idle", Assert.Single(JsonDocument.Parse(host.Hooks("list", "--json").Output).RootElement.EnumerateArray()).GetProperty("name").GetString());
    }

    [RootFact("ip")]
    public void The_socket_belongs_to_one_run()
    {
        using var host = new HookHost();
        host.Configure("- { name: idle, script: 'true' }");
        host.Start();
        var second = Program.Wirehook("hooks", "run", "--config", host.Config, "--socket", host.Socket);
        Assert.Equal(2, second.ExitCode);
        Assert.Contains("already", second.Errors, StringComparison.Ordinal);
        Assert.Equal(0, host.Hooks("list").ExitCode);
    }

    [Fact]
    public void Without_a_run_the_verbs_name_the_command_that_starts_one()
    {
        var result = Program.Wirehook("hooks", "list", "--socket", "/nonexistent/hooks.sock");
        Assert.Equal(6, result.ExitCode);
        Assert.Contains("wirehook hooks run --config FILE --socket /nonexistent/hooks.sock", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_log_as_json_is_one_object_per_line()
    {
        var result = Program.Wirehook("hooks", "run", "--json", "--config", StandIns.Sample("default-route.yaml"), "--replay", StandIns.Sample("changes.pcapng"));
        Assert.True(result.ExitCode == 0, result.Errors);
        var runs = new List<JsonElement>();
        foreach (var line in result.Lines)
        {
            var entry = JsonDocument.Parse(line).RootElement;
            Assert.True(entry.GetProperty("time").GetInt64() > 0);
            if (entry.GetProperty("kind").ValueEquals("run")) runs.Add(entry.GetProperty("run"));
        }

        Assert.Equal("route.default_added via 192.0.2.1 dev uplink\n", runs[0].GetProperty("output").GetString());
        Assert.All(runs, run => Assert.Equal("success", run.GetProperty("outcome").GetString()));
        Assert.Equal("uplink", runs[0].GetProperty("event").GetProperty("interface").GetString());
    }

    [Fact]
    public void Check_shows_every_error_with_its_place()
    {
        var folder = Directory.CreateTempSubdirectory("wirehook-check-").FullName;
        try
        {
            var file = Path.Combine(folder, "hooks.yaml");
            File.WriteAllText(file, """
                nlmon:
                  integration:
                    hooks:
                      - name: one
                        script: "true"
                        condition: "interfase == 'eth0'"
                      - name: two
                        scirpt: "true"
                """);
            var broken = Program.Wirehook("hooks", "check", "--config", file);
            Assert.Equal(2, broken.ExitCode);
            Assert.Contains("hooks.yaml:6:", broken.Errors, StringComparison.Ordinal);
            Assert.Contains("^^^", broken.Errors, StringComparison.Ordinal);
            Assert.Contains("hooks.yaml:8:", broken.Errors, StringComparison.Ordinal);
            Assert.Contains("script", broken.Errors, StringComparison.Ordinal);

            File.WriteAllText(file, "nlmon:\n  integration:\n    hooks:\n      - { name: one, script: 'true' }\n");
            Assert.Equal(0, Program.Wirehook("hooks", "check", "--config", file).ExitCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
