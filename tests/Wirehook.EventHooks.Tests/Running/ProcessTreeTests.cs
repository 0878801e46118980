using System.Diagnostics;
using Wirehook.EventHooks.Running;

namespace Wirehook.EventHooks.Tests.Running;

/// <summary>Nothing that a run has started outlives its time: with a cgroup, and without.</summary>
public abstract class ProcessTreeTests(bool useCgroups) : IDisposable
{
    private readonly RunnerFixture _fixture = new(useCgroups);

    public static TheoryData<string> Trees => new(
        "sleep 60 & sleep 60 & wait",
        "(sleep 60 & exec sleep 60) & (sleep 60 &) ; sleep 60",
        "setsid sleep 60 & (setsid sh -c 'setsid sleep 60 & sleep 60' &) ; sleep 60",
        "trap '' TERM HUP INT; sh -c 'trap \"\" TERM; sleep 60; sleep 60' & while :; do sleep 60; done",
        "for i in $(seq 200); do sleep 60 & done; wait",
        "(env -i setsid sleep 60.25 &) ; (env -i sleep 60.25 &) ; sleep 60");

    [Theory]
    [MemberData(nameof(Trees))]
    public void The_timeout_ends_the_whole_tree(string command)
    {
        Assert.Equal(useCgroups, _fixture.Runner.HasCgroups);
        var request = RunnerFixture.Request(command, 0.3) with { Shell = true };
        var result = _fixture.Run(request);
        Assert.Equal((ProcessOutcome.Timeout, 9, ""), (result.Outcome, result.Signal, result.Error));
        Assert.InRange(result.Duration.TotalSeconds, 0.3, 4);
        Assert.True(result.Killed > 0);
        AssertNothingLeft(request);
    }

    [Theory]
    [InlineData("setsid sleep 60 & (setsid sh -c 'setsid sleep 60 & sleep 60' &) ; sleep 60")]
    [InlineData("trap '' TERM HUP INT; sh -c 'trap \"\" TERM; sleep 60; sleep 60' & while :; do sleep 60; done")]
    public void A_grace_changes_nothing_of_that(string command)
    {
        var request = RunnerFixture.Request(command, 0.3) with { Shell = true, TermGrace = TimeSpan.FromSeconds(0.1) };
        Assert.Equal(ProcessOutcome.Timeout, _fixture.Run(request).Outcome);
        AssertNothingLeft(request);
    }

    [Fact]
    public void A_script_may_clean_up_within_the_grace()
    {
        var request = RunnerFixture.Request("trap 'echo cleaned; exit 3' TERM; while :; do sleep 0.05; done", 0.3) with { Shell = true, TermGrace = TimeSpan.FromSeconds(5) };
        var result = _fixture.Run(request);
        Assert.Equal((ProcessOutcome.Timeout, 3, 0), (result.Outcome, result.ExitCode, result.Signal));
        Assert.EndsWith("cleaned\n", result.Output, StringComparison.Ordinal);
        Assert.InRange(result.Duration.TotalSeconds, 0.3, 4);
    }

    [Fact]
    public void A_background_process_that_holds_the_pipe_keeps_nobody_waiting_and_ends_with_the_time()
    {
        var request = RunnerFixture.Request("sleep 60 & setsid sleep 60 & echo done", 1.5) with { Shell = true };
        var result = _fixture.Run(request);
        Assert.Equal((ProcessOutcome.Success, "done\n"), (result.Outcome, result.Output));
        Assert.True(result.Duration < TimeSpan.FromSeconds(1));
        Assert.Equal(1, _fixture.Runner.BackgroundRuns);
        Assert.Equal(2, RunnerFixture.Survivors(request.ExecutionId).Count);
        Assert.True(RunnerFixture.Eventually(() => _fixture.Runner.BackgroundRuns == 0));
        AssertNothingLeft(request);
        Assert.Equal(2, _fixture.Runner.BackgroundKilled);
    }

    [Fact]
    public void A_background_process_may_finish_within_the_time_and_write_meanwhile()
    {
        var file = Path.Combine(_fixture.Folder, "finished");
        var request = RunnerFixture.Request($"(head -c 300000 /dev/zero; sleep 0.2; echo x && echo yes >{file}) & exit 0", 10) with { Shell = true };
        Assert.Equal(ProcessOutcome.Success, _fixture.Run(request).Outcome);
        Assert.True(RunnerFixture.Eventually(() => File.Exists(file) && _fixture.Runner.BackgroundRuns == 0));
        Assert.Equal(0, _fixture.Runner.BackgroundKilled);
    }

    [Fact]
    public async Task Disposing_ends_runs_and_background()
    {
        var background = RunnerFixture.Request("sleep 60 & exit 0", 60) with { Shell = true };
        var running = RunnerFixture.Request("setsid sleep 60 & wait", 60) with { Shell = true };
        _fixture.Run(background);
        var result = Task.Run(() => _fixture.Run(running));
        Assert.True(RunnerFixture.Eventually(() => RunnerFixture.Survivors(running.ExecutionId).Count == 2));
        var since = Stopwatch.GetTimestamp();
        _fixture.Runner.Dispose();
        Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(5));
        Assert.Equal("stopped", (await result).Error);
        AssertNothingLeft(background);
        AssertNothingLeft(running);
    }

    [Fact]
    public void Beyond_the_bound_the_background_of_the_run_that_ends_first_goes()
    {
        using var runner = new ProcessRunner(new ProcessRunnerOptions { UseCgroups = useCgroups, MaximumBackgroundRuns = 2 });
        var requests = Enumerable.Range(0, 3).Select(i => RunnerFixture.Request("sleep 60 & exit 0", 60 - i) with { Shell = true }).ToArray();
        foreach (var request in requests) Assert.Equal(ProcessOutcome.Success, runner.Run(request, CancellationToken.None).Outcome);
        Assert.True(RunnerFixture.Eventually(() => runner.BackgroundRuns == 2));
        Assert.Equal([1, 0, 1], requests.Select(r => RunnerFixture.Survivors(r.ExecutionId).Count));
    }

    [Fact]
    public void Many_runs_leave_neither_descriptors_nor_zombies()
    {
        _fixture.Shell("(true &) ; exit 0");
        // Other tests run at the same time and have descriptors; a leak would be one for each of the runs.
        var before = Directory.GetFiles("/proc/self/fd").Length;
        Parallel.For(0, 500, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            var command = (i % 4) switch { 0 => "(true &) ; (sleep 0.01 &) ; exit 0", 1 => "exit 3", 2 => "(setsid true &) ; kill -9 $$", _ => ":" };
            var result = _fixture.Shell(command);
            Assert.Equal((i % 4) switch { 0 => 0, 1 => 3, 2 => -1, _ => 0 }, result.ExitCode);
        });
        Assert.True(RunnerFixture.Eventually(() => _fixture.Runner.BackgroundRuns == 0));
        Assert.True(RunnerFixture.Eventually(() => Zombies() == 0), $"{Zombies()} zombies");
        Assert.True(RunnerFixture.Eventually(() => Directory.GetFiles("/proc/self/fd").Length <= before + 40), "descriptors grow");
    }

    public void Dispose()
    {
        _fixture.Dispose();
        GC.SuppressFinalize(this);
    }

    private static int Zombies() => ProcessTable.ReadAll().Count(p => p.IsDead && p.Parent == Environment.ProcessId);

    private static void AssertNothingLeft(ProcessRequest request)
    {
        Assert.Empty(RunnerFixture.Survivors(request.ExecutionId));
        Assert.DoesNotContain(ProcessTable.ReadAll(), p => !p.IsDead && IsUnmarkedSleep(p.Id));
    }

    private static bool IsUnmarkedSleep(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Contains("60.25", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}

/// <summary>With a cgroup per run.</summary>
[Collection("processes")]
public sealed class CgroupTreeTests() : ProcessTreeTests(true);

/// <summary>By session, ancestry and environment.</summary>
[Collection("processes")]
public sealed class SessionTreeTests() : ProcessTreeTests(false);
