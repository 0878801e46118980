using System.Diagnostics;
using System.Text.Json;
using Wirehook.EventHooks.Hooks;
using Wirehook.EventHooks.Running;

namespace Wirehook.EventHooks.Tests.Hooks;

/// <summary>Hooks that run real programs.</summary>
[Collection("memory")]
public sealed class HookProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wirehook-").FullName;
    private readonly HookManager _manager = HookManager.Create(new HookManagerOptions { ShutdownTimeout = TimeSpan.FromSeconds(1) });

    public void Dispose()
    {
        _manager.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Synchronous_programs_see_the_events_one_after_the_other()
    {
        var log = Path.Combine(_folder, "log");
        Register(Sample.Hook("a") with { Script = $"echo begin a$NLMON_SEQUENCE >> {log}; echo end a$NLMON_SEQUENCE >> {log}" });
        Register(Sample.Hook("b") with { Script = $"echo begin b$NLMON_SEQUENCE >> {log}; echo end b$NLMON_SEQUENCE >> {log}" });
        _manager.Execute([.. Enumerable.Range(1, 10).Select(i => Sample.Event(i, "veth" + i, i))]);
        Idle();
        Assert.Equal(
            Enumerable.Range(1, 10).SelectMany(i => new[] { $"begin a{i}", $"end a{i}", $"begin b{i}", $"end b{i}" }),
            File.ReadLines(log));
    }

    [Fact]
    public void A_script_gets_the_documented_environment_and_the_event_on_standard_input()
    {
        var script = Script("show.sh", "env | sort; echo; cat");
        Register(Sample.Hook("show") with { Script = script, Arguments = ["x"], Environment = new Dictionary<string, string> { ["TOKEN"] = "secret" } });
        _manager.Execute(Sample.Event(42, "eth0", milliseconds: 1));
        Idle();
        var parts = _manager.History("show")[0].Result.Output.Split("\n\n");
        var variables = parts[0].Split('\n').Select(l => l.Split('=', 2)).ToDictionary(l => l[0], l => l[1]);
        Assert.Equal(("1767225600001", "42", "16", "16", "eth0"), (
            variables["NLMON_TIMESTAMP"], variables["NLMON_SEQUENCE"], variables["NLMON_EVENT_TYPE"], variables["NLMON_MESSAGE_TYPE"], variables["NLMON_INTERFACE"]));
        Assert.Equal(("/usr/local/bin:/usr/bin:/bin", "secret", "show"), (variables["PATH"], variables["TOKEN"], variables["NLMON_HOOK_NAME"]));
        Assert.DoesNotContain("HOME", variables.Keys);
        Assert.Equal(42, JsonDocument.Parse(parts[1]).RootElement.GetProperty("sequence").GetInt32());
        Assert.Equal(JsonDocument.Parse(parts[1]).RootElement.GetRawText().TrimEnd(), variables["NLMON_EVENT_JSON"]);
    }

    [Fact]
    public void Results_are_counted_by_kind()
    {
        Register(Sample.Hook("mixed") with { Script = "case $NLMON_SEQUENCE in 1) exit 0;; 2) echo no >&2; exit 4;; 3) sleep 60;; esac", Timeout = TimeSpan.FromMilliseconds(300) });
        _manager.Execute([Sample.Event(1), Sample.Event(2), Sample.Event(3)]);
        Idle();
        var statistics = _manager.GetStatistics("mixed")!;
        Assert.Equal((3, 1, 1, 1), (statistics.Executions, statistics.Successes, statistics.Failures, statistics.Timeouts));
        Assert.InRange(statistics.MaxDuration.TotalMilliseconds, 300, 10_000);
        Assert.Equal([(0, ""), (4, "no\n"), (-1, "")], _manager.History("mixed").Select(r => (r.Result.ExitCode, r.Result.Output)));
    }

    [Fact]
    public void A_script_that_others_may_write_is_refused_with_the_reason()
    {
        var script = Script("open.sh", "exit 0");
        File.SetUnixFileMode(script, (UnixFileMode)0b111_111_111);
        Register(Sample.Hook("open") with { Script = script });
        _manager.Execute(Sample.Event(1));
        Idle();
        var statistics = _manager.GetStatistics("open")!;
        Assert.Equal(1, statistics.Failures);
        Assert.Contains("open.sh", statistics.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_events_leave_no_descriptors_threads_or_memory_behind()
    {
        Register(Sample.Hook("sync") with { Script = "/bin/true", Queue = 50 });
        Register(Sample.Hook("async", async: true) with { Script = "/bin/true", Queue = 50, MaxParallel = 4 });
        _manager.Execute(Sample.Event(1));
        Idle();
        var (descriptors, memory) = (Descriptors(), GC.GetTotalMemory(forceFullCollection: true));
        for (var i = 0; i < 10; i++) _manager.Execute([.. Enumerable.Range(2 + (i * 1_000), 1_000).Select(s => Sample.Event(s, "veth" + (s % 300), 1 + (s % 300)))]);
        Idle();
        foreach (var hook in _manager.List())
        {
            var s = hook.Statistics;
            Assert.Equal((10_001, 0, 0), (s.Matched, s.Waiting, s.Running));
            Assert.Equal(s.Matched, s.Executions + s.Dropped);
            Assert.Equal(s.Executions, s.Successes);
        }

        Assert.InRange(_manager.Status.Threads, 1, 10);
        Assert.InRange(Descriptors() - descriptors, -50, 10);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - memory, -100_000_000, 5_000_000);
    }

    [Fact]
    public void Questions_are_answered_at_once_while_ten_programs_run()
    {
        for (var i = 0; i < 10; i++) Register(Sample.Hook("slow" + i, async: true) with { Script = "sleep 30" });
        _manager.Execute(Sample.Event(1));
        Assert.True(SpinWait.SpinUntil(() => _manager.Status.Running == 10, Sample.Soon));
        var clock = Stopwatch.StartNew();
        foreach (var hook in _manager.List())
        {
            Assert.True(_manager.Disable(hook.Id));
            Assert.True(_manager.Enable(hook.Id));
            Assert.Equal(1, _manager.GetStatistics(hook.Id)!.Running);
        }

        Assert.True(clock.ElapsedMilliseconds < 1_000, $"{clock.ElapsedMilliseconds} ms");
        clock.Restart();
        _manager.Dispose();
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"ending took {clock.Elapsed}");
        Assert.All(_manager.List(), h => Assert.Equal((0, 1), (h.Statistics.Running, h.Statistics.Failures)));
    }

    [Fact]
    public void A_test_run_gives_what_the_program_wrote()
    {
        Register(Sample.Hook("try") with { Script = "echo $NLMON_EVENT_NAME on $NLMON_INTERFACE; exit 2" });
        var result = _manager.Test("try")!.Result;
        Assert.Equal((ProcessOutcome.Error, 2, "link.up on lo\n"), (result.Outcome, result.ExitCode, result.Output));
    }

    private static int Descriptors() => Directory.GetFiles("/proc/self/fd").Length;

    private string Script(string name, string commands)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, "#!/bin/sh\n" + commands + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private void Register(HookDefinition definition) => Assert.Empty(_manager.Register(definition).Errors);

    private void Idle() => Assert.True(_manager.WaitIdle(Sample.Soon));
}
