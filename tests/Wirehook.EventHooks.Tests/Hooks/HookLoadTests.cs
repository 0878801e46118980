using System.Diagnostics;
using Wirehook.EventHooks.Hooks;
using Wirehook.EventHooks.Running;

namespace Wirehook.EventHooks.Tests.Hooks;

/// <summary>What hooks may not do to everybody else, with programs that hang for as long as the test wants.</summary>
public sealed class HookLoadTests
{
    [Fact]
    public void Handing_over_never_waits_and_everything_stays_answerable_while_programs_hang()
    {
        using var release = new ManualResetEventSlim();
        var runner = new FakeRunner { Answer = (_, stop) => Hang(release, stop) };
        using var manager = HookManager.Create(new HookManagerOptions(), runner);
        for (var i = 0; i < 10; i++) Assert.True(manager.Register(Sample.Hook("hook" + i, async: i > 0) with { Queue = 100 }).Succeeded);
        var clock = Stopwatch.StartNew();
        for (var i = 1; i <= 10_000; i++) manager.Execute(Sample.Event(i, "veth" + (i % 500), 1 + (i % 500)));
        Assert.True(SpinWait.SpinUntil(() => manager.Status.Dispatched == 10_000, Sample.Soon));
        Assert.Equal((10, 10), (runner.Running, manager.Status.Running));
        Assert.InRange(manager.Status.Threads, 1, 10);
        Assert.Equal(1_000, manager.Status.Waiting);
        clock.Restart();
        foreach (var hook in manager.List()) Assert.True(manager.Disable(hook.Id) && manager.Enable(hook.Id) && manager.GetStatistics(hook.Id) is not null);
        Assert.Equal(10, manager.Explain("hook1")!.Count);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1), $"answers took {clock.Elapsed}");
        release.Set();
        Assert.True(manager.WaitIdle(Sample.Soon));
        foreach (var hook in manager.List()) AssertBalanced(hook.Statistics);
        Assert.Equal(0, runner.Running);
    }

    [Fact]
    public void A_blocking_hook_stops_dispatch_but_not_the_reader()
    {
        using var release = new ManualResetEventSlim();
        var runner = new FakeRunner { Answer = (_, stop) => Hang(release, stop) };
        using var manager = HookManager.Create(new HookManagerOptions { EventQueue = 50 }, runner);
        manager.Register(Sample.Hook() with { Queue = 5, OnOverflow = OverflowPolicy.Block });
        for (var i = 1; i <= 5_000; i++) manager.Execute(Sample.Event(i));
        Assert.True(SpinWait.SpinUntil(() => manager.Status is { Running: 1, Waiting: 6 }, Sample.Soon));
        var status = manager.Status;
        Assert.Equal(5_000, status.Received);
        Assert.True(status.Dropped > 3_000, $"{status.Dropped} dropped");
        release.Set();
        Assert.True(manager.WaitIdle(Sample.Soon));
        // Each announcement stands in the place of the events that it announces.
        var runs = manager.History("hook", int.MaxValue);
        Assert.Equal(5_000, runs.Sum(r => r.Event.Event == "monitor.dropped" ? r.Event.Lost : 1));
        Assert.Equal(runs.Select(r => r.Event.Sequence).Order(), runs.Select(r => r.Event.Sequence));
    }

    [Fact]
    public void A_replay_runs_every_match_in_order_and_loses_nothing()
    {
        var runner = new FakeRunner();
        using var manager = HookManager.Create(new HookManagerOptions { Replay = true, EventQueue = 16, Limits = new HookLimits { Queue = 4 } }, runner);
        manager.Register(Sample.Hook("all"));
        manager.Register(Sample.Hook("settled") with { Debounce = TimeSpan.FromMilliseconds(10) });
        manager.Register(Sample.Hook("held") with { Condition = "event == 'link.up' for 3ms" });
        var events = Enumerable.Range(1, 2_000).Select(i => Sample.Event(i, milliseconds: i)).ToList();
        Assert.Equal(2_000, manager.Execute(events));
        Assert.True(manager.WaitIdle(Sample.Soon));
        Assert.Equal(2_000, manager.GetStatistics("all")!.Successes);
        Assert.Equal((2_000, 1_999, 1), (manager.GetStatistics("settled")!.Matched, manager.GetStatistics("settled")!.Debounced, manager.GetStatistics("settled")!.Successes));
        Assert.Equal(1, manager.GetStatistics("held")!.Successes);
        Assert.Equal(0, manager.Status.Dropped);
    }

    [Fact]
    public void Ending_gives_running_programs_their_time_and_then_stops_them()
    {
        using var never = new ManualResetEventSlim();
        var runner = new FakeRunner { Answer = (_, stop) => Hang(never, stop) };
        var manager = HookManager.Create(new HookManagerOptions { ShutdownTimeout = TimeSpan.FromMilliseconds(100) }, runner);
        manager.Register(Sample.Hook());
        for (var i = 1; i <= 10; i++) manager.Execute(Sample.Event(i));
        Assert.True(SpinWait.SpinUntil(() => runner.Running == 1, Sample.Soon));
        manager.Dispose();
        manager.Dispose();
        Assert.Equal(0, runner.Running);
        Assert.False(manager.Execute(Sample.Event(11)));
        var statistics = manager.GetStatistics("hook")!;
        Assert.Equal((1, 1), (statistics.Executions, statistics.Failures));
        AssertBalanced(statistics);
    }

    [Fact]
    public void Stopping_lets_a_replay_go_that_waits_for_a_hanging_program()
    {
        using var never = new ManualResetEventSlim();
        var runner = new FakeRunner { Answer = (_, stop) => Hang(never, stop) };
        using var manager = HookManager.Create(
            new HookManagerOptions { Replay = true, EventQueue = 4, Limits = new HookLimits { Queue = 2 }, ShutdownTimeout = TimeSpan.FromMilliseconds(50) }, runner);
        manager.Register(Sample.Hook());
        var replay = new Thread(() => manager.Execute([.. Enumerable.Range(1, 100).Select(i => Sample.Event(i))])) { IsBackground = true };
        replay.Start();
        Assert.True(SpinWait.SpinUntil(() => manager.Status is { Running: 1, Waiting: 3 }, Sample.Soon));
        Assert.False(replay.Join(50));
        manager.Stop();
        Assert.True(replay.Join(Sample.Soon));
        Assert.Equal(1, manager.Status.Running);
    }

    [Fact]
    public void An_exception_on_the_way_to_a_program_is_a_failed_run()
    {
        var runner = new FakeRunner { Answer = (_, _) => throw new InvalidOperationException("out of descriptors") };
        using var manager = HookManager.Create(new HookManagerOptions { OnRun = _ => throw new IOException("the log is full") }, runner);
        manager.Register(Sample.Hook());
        manager.Execute([Sample.Event(1), Sample.Event(2)]);
        Assert.True(manager.WaitIdle(Sample.Soon));
        var statistics = manager.GetStatistics("hook")!;
        Assert.Equal((2, "out of descriptors"), (statistics.Failures, statistics.LastError));
    }

    private static ProcessResult Hang(ManualResetEventSlim release, CancellationToken stop)
    {
        try
        {
            release.Wait(stop);
            return FakeRunner.Success;
        }
        catch (OperationCanceledException)
        {
            return FakeRunner.Failure with { Error = "stopped" };
        }
    }

    private static void AssertBalanced(HookStatistics s) => Assert.Equal(s.Matched, s.Executions + s.Dropped + s.Coalesced + s.Debounced + s.Waiting + s.Running);
}
