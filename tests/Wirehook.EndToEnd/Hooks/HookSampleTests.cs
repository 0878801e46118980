using Wirehook.Tests;

namespace Wirehook.EndToEnd.Hooks;

/// <summary>The documented scripts and configurations, unchanged, on real network changes; and our own samples.</summary>
public sealed class HookSampleTests
{
    public static TheoryData<string> Configurations() =>
        new(Directory.GetFiles(Path.Combine(RepositoryFiles.Root, "samples", "event-hooks"), "*.yaml").Order(StringComparer.Ordinal).Select(f => Path.GetFileName(f)));

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Every_sample_configuration_is_in_order(string name)
    {
        var result = Program.Wirehook("hooks", "check", "--config", StandIns.Sample(name));
        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.DoesNotContain("warning", result.Errors, StringComparison.Ordinal);
    }

    [RootFact("ip", "python3", "curl")]
    public void A_removed_interface_is_logged_posted_and_mailed()
    {
        using var host = new HookHost();
        var world = Start(host, "interface-down.yaml", server: true);
        host.Ip("link del v0");
        host.Await(() => host.Statistics("interface_down_alert").GetProperty("successes").GetInt32() == 2, "both ends of the pair are told of");

        Assert.Contains(world.Calls("logger"), l => l.StartsWith("-t nlmon Interface v0 went down at 20", StringComparison.Ordinal));
        var posted = world.Received().Single(r => r.GetProperty("body").GetProperty("interface").ValueEquals("v0"));
        Assert.Equal("/webhook", posted.GetProperty("path").GetString());
        Assert.Equal("application/json", posted.GetProperty("type").GetString());
        Assert.Equal("down", posted.GetProperty("body").GetProperty("event").GetString());
        var at = posted.GetProperty("body").GetProperty("timestamp").GetString();
        Assert.Contains("-s Network Alert: Interface Down admin@example.com", world.Calls("mail"));
        Assert.Contains($"Interface v0 went down at {at}", world.Calls("mail"));
    }

    [RootFact("ip", "python3")]
    public void Containers_are_named_and_events_posted()
    {
        using var host = new HookHost();
        var world = Start(host, "containers.yaml", server: true);
        host.Ip("link add veth9 type veth peer name other9");
        host.Await(() => File.Exists(host.PathOf("log/nlmon/container-events.log")), "the container's event is written down");
        host.Await(() => world.Received().Any(r => r.GetProperty("body").GetProperty("interface").ValueEquals("veth9")), "the event is posted");

        Assert.Contains("Container: web, Interface: veth9", File.ReadAllText(host.PathOf("log/nlmon/container-events.log")), StringComparison.Ordinal);
        Assert.Contains("-t nlmon Container event: web (0123456789ab) on veth9", world.Calls("logger"));
        var body = world.Received().First(r => r.GetProperty("body").GetProperty("interface").ValueEquals("veth9")).GetProperty("body");
        Assert.Equal((16, 16), (body.GetProperty("message_type").GetInt32(), body.GetProperty("event_type").GetInt32()));
        Assert.True(body.GetProperty("sequence").GetInt64() > 0);
        Assert.StartsWith("20", body.GetProperty("datetime").GetString(), StringComparison.Ordinal);
        host.Await(() => host.Log.Contains("Processing event: {", StringComparison.Ordinal), "the script's output is shown");
    }

    [RootFact("ip")]
    public void The_documented_conditions_match_what_they_say()
    {
        using var host = new HookHost();
        Start(host, "conditions.yaml");
        host.Ip("link add vethA type veth peer name eth0");
        host.Ip("addr add 10.9.9.9/24 dev v0");
        host.Ip("link del eth0");
        host.Await(() => host.Log.Contains("removed: eth0", StringComparison.Ordinal) && host.Log.Contains("removed: vethA", StringComparison.Ordinal), "both removals are seen");
        host.Await(() => host.Log.Contains("specific: link.removed", StringComparison.Ordinal), "the last hook ran");

        foreach (var line in new[] { "veth: vethA", "eth0: link.added", "complex: vethA", "any_of: RTM_NEWADDR", "any_of: RTM_DELLINK", "everything: addr.added" })
            Assert.Contains("    " + line, host.Log, StringComparison.Ordinal);
        foreach (var line in new[] { "removed: v0", "veth: eth0", "veth: v0", "complex: eth0", "specific: link.added" })
            Assert.DoesNotContain("    " + line, host.Log, StringComparison.Ordinal);
    }

    [RootFact("ip")]
    public void The_documented_modes_and_script_advice_work()
    {
        using var host = new HookHost();
        var world = Start(host, "execution-modes.yaml", install: w =>
        {
            foreach (var name in new[] { "critical", "background", "update-firewall", "send-notification", "your-hook" }) w.Install("log-events.sh", $"bin/{name}.sh");
            w.Install("handle-errors.sh", "bin/slow.sh");
            host.Script("bin/quick.sh", "#!/bin/sh\nsleep 30\n");
            host.Script("test.sh", File.ReadAllText(StandIns.Sample("scripts/test-independently.sh")));
        });
        host.Ip("link set v1 mtu 1400");
        foreach (var hook in new[] { "critical_action", "background_task", "slow_action", "update_firewall", "send_notification" })
            host.Await(() => host.Statistics(hook).GetProperty("successes").GetInt32() > 0, hook);
        host.Await(() => host.Statistics("quick_action").GetProperty("timeouts").GetInt32() > 0, "the quick action is cut off after a second");
        Assert.Contains("-t nlmon-hook Processing event for v1", world.Calls("logger"));
        Assert.Contains("-t nlmon-hook Completed processing for v1", world.Calls("logger"));

        var alone = Program.Run("ip", ["netns", "exec", host.Namespace, "sh", "-c", $"{world.Mount} && bash {host.PathOf("test.sh")}"]);
        Assert.True(alone.ExitCode == 0, alone.Errors);
        Assert.Contains("-t nlmon-hook Processing event for eth0", world.Calls("logger"));
    }

    [RootFact("ip")]
    public void A_flapping_link_is_told_of_once()
    {
        using var host = new HookHost();
        Start(host, "link-flap.yaml");
        for (var i = 0; i < 4; i++)
        {
            host.Ip("link set v1 down");
            host.Ip("link set v1 up");
        }

        host.Await(() => host.Log.Contains("v0 flaps: three times without carrier", StringComparison.Ordinal), "the flapping is noticed");
        host.Await(() => host.Statistics("link_flap").GetProperty("waiting").GetInt32() == 0, "the burst is over");
        Assert.Equal(1, host.Log.Split('\n').Count(l => l.Contains("v0 flaps", StringComparison.Ordinal)));
    }

    [RootFact("ip")]
    public void A_default_route_is_told_of_when_it_comes_changes_and_goes()
    {
        using var host = new HookHost();
        host.Ip("addr add 10.4.0.2/24 dev v0");
        host.Ip("route add default via 10.4.0.1");
        Start(host, "default-route.yaml");
        host.Await(() => host.Log.Contains("route.default_added via 10.4.0.1 dev v0", StringComparison.Ordinal), "the one that was there at the start");
        host.Ip("route replace default via 10.4.0.9");
        host.Await(() => host.Log.Contains("route.default_changed via 10.4.0.9 dev v0", StringComparison.Ordinal), "the changed one");
        host.Ip("route del default");
        host.Await(() => host.Log.Contains("route.default_removed", StringComparison.Ordinal), "the removed one");
    }

    [RootFact("ip")]
    public void Only_a_carrier_that_stays_away_counts()
    {
        using var host = new HookHost();
        Start(host, "carrier-loss.yaml");
        host.Ip("link set v1 down");
        host.Ip("link set v1 up");
        host.Ip("link add p0 type veth peer name p1");
        host.Ip("link set p0 up");
        host.Ip("link set p1 up");
        host.Ip("link set p1 down");
        host.Await(() => host.Log.Contains("p0 is without carrier for five seconds", StringComparison.Ordinal), "the lasting loss is noticed");
        Assert.DoesNotContain("v0 is without carrier", host.Log, StringComparison.Ordinal);
    }

    private static StandIns Start(HookHost host, string configuration, bool server = false, Action<StandIns>? install = null)
    {
        var world = new StandIns(host);
        install?.Invoke(world);
        if (server) world.StartServer();
        File.Copy(StandIns.Sample(configuration), host.Config);
        host.Start(world.Mount);
        return world;
    }
}
