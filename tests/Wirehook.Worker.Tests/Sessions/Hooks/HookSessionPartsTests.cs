using Wirehook.EventHooks.Hooks;
using Wirehook.Netlink.Events;
using Wirehook.Packets;
using Wirehook.Tests;
using Wirehook.Worker.Configuration;
using Wirehook.Worker.Sessions.Hooks;

namespace Wirehook.Worker.Tests.Sessions.Hooks;

/// <summary>The parts of a hook session, and a replayed session as a whole.</summary>
public sealed class HookSessionPartsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wirehook-session-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Recent_events_are_the_newest_in_order()
    {
        var random = new Random(3);
        var recent = new RecentEvents(50);
        var all = new List<long>();
        for (var round = 0; round < 200; round++)
        {
            var batch = Enumerable.Range(all.Count + 1, random.Next(0, 130)).Select(i => Event(i)).ToList();
            all.AddRange(batch.Select(e => e.Sequence));
            recent.Add(batch);
            var last = random.Next(-1, 70);
            Assert.Equal(all.TakeLast(Math.Min(Math.Max(last, 0), 50)), recent.Take(last).Select(e => e.Sequence));
        }
    }

    [Fact]
    public void A_file_gives_hooks_and_monitoring_or_all_of_its_errors()
    {
        var good = HookFile.Read(Write("""
            nlmon:
              monitoring: { namespaces: { enabled: true } }
              netlink: { buffer_size: { receive: 1MB } }
              integration:
                hooks: [ { name: a, script: "true" } ]
            """));
        Assert.Empty(good.Errors);
        Assert.Equal("a", Assert.Single(good.Hooks!.Hooks).Name);
        Assert.True(good.Monitoring.AllNamespaces);
        Assert.Equal(1 << 20, good.Monitoring.ReceiveBufferBytes);

        var bad = HookFile.Read(Write("nlmon:\n  integration:\n    hooks:\n      - { name: a, scirpt: x }\n      - { name: b, script: y, condition: 'interfase == 1' }\n"));
        Assert.Null(bad.Hooks);
        Assert.True(bad.Errors.Count >= 3, string.Join('\n', bad.Errors));
        Assert.Contains(bad.Errors, e => e.Contains("hooks.yaml:5:", StringComparison.Ordinal));
        Assert.Contains("itegration", Assert.Single(HookFile.Read(Write("nlmon:\n  itegration: {}\n")).Errors), StringComparison.Ordinal);
        Assert.EndsWith("the file is longer than 1048576 characters.", Assert.Single(HookFile.Read("/dev/zero").Errors), StringComparison.Ordinal);
        Assert.Contains("none.yaml", Assert.Single(HookFile.Read(Path.Combine(_folder, "none.yaml")).Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_probably_not_meant_is_told_at_the_start_and_at_every_reload()
    {
        var log = new Log();
        using var session = HookSession.Start(new HookSessionOptions
        {
            ConfigurationFile = Write("""
                scripting: { source: ./scripts }
                nlmon: { integration: { hooks: [ { name: a, script: "true", max_parallel: 2 } ] } }
                """),
            ReplayFile = Sample,
            Watch = false,
            Log = log,
        });
        Assert.Collection(
            log.Warnings,
            warning => Assert.EndsWith("max_parallel has no effect without async: true.", warning, StringComparison.Ordinal),
            warning => Assert.Contains("wirehook monitor --script ./scripts", warning, StringComparison.Ordinal));
        Assert.True(session.Reload().Succeeded);
        Assert.Equal(4, log.Warnings.Count);
        Write("scripting: { source: ./scripts, enabled: false }\n");
        Assert.True(session.Reload().Succeeded);
        Assert.Equal(4, log.Warnings.Count);
    }

    [Fact]
    public void A_replay_runs_every_matching_event_in_order_and_the_same_every_time()
    {
        var first = Replay();
        Assert.NotEmpty(first.Runs);
        Assert.All(first.Runs, run => Assert.Equal(0, run.Result.ExitCode));
        Assert.Equal(first.Runs.Select(r => r.Event.Sequence).Order(), first.Runs.Select(r => r.Event.Sequence));
        Assert.Contains(first.Runs, run => run.Result.Output == "link.down port\n");
        Assert.Equal(first.Runs.Select(r => r.Result.Output), Replay().Runs.Select(r => r.Result.Output));
        Assert.Equal(0, first.Dropped);
    }

    [Fact]
    public void A_recording_that_ends_early_is_told_after_its_events_ran()
    {
        var whole = File.ReadAllBytes(Sample);
        var cut = Path.Combine(_folder, "cut.pcapng");
        File.WriteAllBytes(cut, whole[..^10]);
        var log = new Log();
        using var session = Start(cut, log);
        Assert.Contains("cut.pcapng", session.Run(CancellationToken.None), StringComparison.Ordinal);
        Assert.NotEmpty(log.Runs);
        using var none = Start(Path.Combine(_folder, "none.pcapng"), log);
        Assert.Throws<ConfigurationException>(() => none.Run(CancellationToken.None));
    }

    private static string Sample => Path.Combine(RepositoryFiles.Root, "samples", "event-hooks", "changes.pcapng");

    private static NetworkEvent Event(long sequence) => new() { Sequence = sequence, Timestamp = new Timestamp(sequence), Events = ["link.up"] };

    private Log Replay()
    {
        var log = new Log();
        using var session = Start(Sample, log);
        Assert.Null(session.Run(CancellationToken.None));
        Assert.Equal(session.RecentEvents(10_000).Count, session.Events);
        return log;
    }

    private HookSession Start(string recording, Log log) => HookSession.Start(new HookSessionOptions
    {
        ConfigurationFile = Write("""
            nlmon:
              integration:
                hooks:
                  - { name: note, script: 'echo "$NLMON_EVENT_NAME $NLMON_INTERFACE"', condition: "event =~ '^link' AND interface IN ['uplink', 'port']" }
            """),
        ReplayFile = recording,
        Watch = false,
        Log = log,
    });

    private string Write(string text)
    {
        var file = Path.Combine(_folder, "hooks.yaml");
        File.WriteAllText(file, text);
        return file;
    }

    private sealed class Log : IHookSessionLog
    {
        public List<HookRun> Runs { get; } = [];

        public long Dropped { get; private set; }

        public List<string> Warnings { get; } = [];

        public void OnWarning(string warning) => Warnings.Add(warning);

        public void OnRun(HookRun run)
        {
            lock (Runs) Runs.Add(run);
        }

        public void OnReload(HookReload reload)
        {
        }

        public void OnMonitorEvent(NetworkEvent networkEvent)
        {
        }

        public void OnDropped(string? hook, long events) => Dropped += events;
    }
}
