using Wirehook.EventHooks.Hooks;
using Wirehook.EventHooks.Hooks.Scheduling;

namespace Wirehook.EventHooks.Tests.Hooks;

public sealed class HookSchedulerTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly HookScheduler _scheduler;
    private int _lastId;

    public HookSchedulerTests()
    {
        _scheduler = new HookScheduler(new HookLimits(), _time, () => { });
    }

    public void Dispose() => _scheduler.Dispose();

    [Fact]
    public void Synchronous_hooks_share_one_lane_in_event_order_then_registration_order()
    {
        var (first, second) = (Add(Sample.Hook("a")), Add(Sample.Hook("b")));
        foreach (var sequence in new[] { 1, 2 })
        {
            Offer(first, sequence);
            Offer(second, sequence);
        }

        var order = new List<string>();
        while (_scheduler.TryTake() is { } run)
        {
            Assert.Null(_scheduler.TryTake());
            order.Add(run.Queue.Definition.Name + run.Event.Sequence);
            _scheduler.Complete(run, FakeRunner.Success);
        }

        Assert.Equal(["a1", "b1", "a2", "b2"], order);
    }

    [Fact]
    public void Asynchronous_runs_of_one_interface_never_overlap_and_keep_their_order()
    {
        var hook = Add(Sample.Hook("a", async: true));
        Offer(hook, 1, "eth0", 1);
        Offer(hook, 2, "eth0", 1);
        Offer(hook, 3, "eth1", 2);
        var (one, three) = (Take(), Take());
        Assert.Equal((1, 3), (one.Event.Sequence, three.Event.Sequence));
        Assert.Null(_scheduler.TryTake());
        _scheduler.Complete(one, FakeRunner.Success);
        Assert.Equal(2, Take().Event.Sequence);
    }

    [Fact]
    public void A_rename_does_not_part_the_runs_of_an_interface()
    {
        var hook = Add(Sample.Hook("a", async: true));
        Offer(hook, 1, "eth0", 7);
        Offer(hook, 2, "lan0", 7);
        Take();
        Assert.Null(_scheduler.TryTake());
    }

    [Fact]
    public void Asynchronous_hooks_run_beside_the_synchronous_lane_within_both_limits()
    {
        _scheduler.Limits = new HookLimits { MaxConcurrent = 3 };
        var (slow, wide) = (Add(Sample.Hook("sync")), Add(Sample.Hook("async", async: true) with { MaxParallel = 2 }));
        Offer(slow, 1, "eth0", 1);
        for (var i = 1; i <= 5; i++) Offer(wide, i, "veth" + i, i);
        var runs = new[] { Take(), Take(), Take() };
        Assert.Equal(["sync", "async", "async"], runs.Select(r => r.Queue.Definition.Name));
        Assert.Null(_scheduler.TryTake());
        _scheduler.Complete(runs[0], FakeRunner.Success);
        // The place is free, but the hook has as many runs as it may have.
        Assert.Null(_scheduler.TryTake());
        _scheduler.Complete(runs[1], FakeRunner.Success);
        Assert.Equal(3, Take().Event.Sequence);
    }

    [Fact]
    public void The_limit_over_all_hooks_counts_synchronous_runs_too()
    {
        _scheduler.Limits = new HookLimits { MaxConcurrent = 1 };
        var (sync, beside) = (Add(Sample.Hook("sync")), Add(Sample.Hook("async", async: true)));
        Offer(sync, 1);
        Offer(beside, 1);
        var run = Take();
        Assert.Null(_scheduler.TryTake());
        _scheduler.Complete(run, FakeRunner.Success);
        Assert.Equal("async", Take().Queue.Definition.Name);
    }

    [Theory]
    [InlineData(OverflowPolicy.DropOldest, new long[] { 2, 3 })]
    [InlineData(OverflowPolicy.DropNewest, new long[] { 1, 2 })]
    [InlineData(OverflowPolicy.Coalesce, new long[] { 1, 3 })]
    public void A_full_queue_follows_its_policy(OverflowPolicy policy, long[] left)
    {
        var hook = Add(Sample.Hook() with { Queue = 2, OnOverflow = policy });
        Offer(hook, 1, "eth0", 1);
        Offer(hook, 2, "eth1", 2);
        Offer(hook, 3, "eth1", 2);
        Assert.Equal(left, Drain());
        var statistics = _scheduler.Statistics(hook);
        Assert.Equal(policy == OverflowPolicy.Coalesce ? (1, 0) : (0, 1), (statistics.Coalesced, statistics.Dropped));
        AssertBalanced(hook);
    }

    [Fact]
    public void A_queue_that_a_reload_made_smaller_shrinks()
    {
        var hook = Add(Sample.Hook());
        for (var i = 1; i <= 10; i++) Offer(hook, i);
        _scheduler.Limits = new HookLimits { Queue = 3 };
        Offer(hook, 11);
        Assert.Equal([9, 10, 11], Drain());
        AssertBalanced(hook);
    }

    [Fact]
    public void Coalescing_without_a_waiting_event_of_the_interface_drops_the_oldest()
    {
        var hook = Add(Sample.Hook() with { Queue = 2, OnOverflow = OverflowPolicy.Coalesce });
        for (var i = 1; i <= 3; i++) Offer(hook, i, "eth" + i, i);
        Assert.Equal([2, 3], Drain());
        Assert.Equal(1, _scheduler.Statistics(hook).DroppedBy[HookDropReason.QueueFull]);
    }

    [Fact]
    public void Coalesce_replaces_even_while_there_is_room_but_not_what_already_runs()
    {
        var hook = Add(Sample.Hook(async: true) with { Coalesce = true });
        Offer(hook, 1);
        var running = Take();
        for (var i = 2; i <= 9; i++) Offer(hook, i);
        _scheduler.Complete(running, FakeRunner.Success);
        Assert.Equal([9], Drain());
        Assert.Equal(7, _scheduler.Statistics(hook).Coalesced);
    }

    [Fact]
    public void Block_waits_for_room()
    {
        var hook = Add(Sample.Hook() with { Queue = 1, OnOverflow = OverflowPolicy.Block });
        Offer(hook, 1);
        var blocked = new Thread(() => Offer(hook, 2)) { IsBackground = true };
        blocked.Start();
        Assert.False(blocked.Join(50));
        Assert.Equal(2, _scheduler.Statistics(hook).Waiting);
        AssertBalanced(hook);
        var run = Take();
        Assert.True(blocked.Join(Sample.Soon));
        _scheduler.Complete(run, FakeRunner.Success);
        Assert.Equal([2], Drain());
    }

    [Fact]
    public void A_hook_that_ends_lets_go_whoever_waits_for_its_room()
    {
        var hook = Add(Sample.Hook() with { Queue = 1, OnOverflow = OverflowPolicy.Block });
        Offer(hook, 1);
        var blocked = new Thread(() => Offer(hook, 2)) { IsBackground = true };
        blocked.Start();
        Assert.False(blocked.Join(50));
        Assert.Equal(1, _scheduler.Remove(hook));
        Assert.True(blocked.Join(Sample.Soon));
        Assert.Equal(2, _scheduler.Statistics(hook).DroppedBy[HookDropReason.Removed]);
        AssertBalanced(hook);
    }

    [Fact]
    public void Retries_wait_twice_as_long_each_time_and_hold_the_lane()
    {
        var (hook, other) = (Add(Sample.Hook("flaky") with { Retries = 2, RetryDelay = TimeSpan.FromSeconds(1) }), Add(Sample.Hook("next")));
        Offer(hook, 1);
        Offer(other, 1);
        Assert.True(_scheduler.Complete(Take(), FakeRunner.Failure));
        Assert.Equal(1, _scheduler.Statistics(hook).Waiting);
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Null(_scheduler.TryTake());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var second = Take();
        Assert.Equal(2, second.Attempt);
        Assert.True(_scheduler.Complete(second, FakeRunner.TimedOut));
        _time.Advance(TimeSpan.FromMilliseconds(1999));
        Assert.Null(_scheduler.TryTake());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(_scheduler.Complete(Take(), FakeRunner.Failure));
        Assert.Equal("next", Take().Queue.Definition.Name);
        var statistics = _scheduler.Statistics(hook);
        Assert.Equal((1, 1, 0, 2), (statistics.Executions, statistics.Failures, statistics.Timeouts, statistics.Retries));
        Assert.Equal(TimeSpan.FromMilliseconds(108), statistics.TotalDuration);
        AssertBalanced(hook);
    }

    [Fact]
    public void A_waiting_retry_blocks_its_interface_but_no_other_and_no_place()
    {
        _scheduler.Limits = new HookLimits { MaxConcurrent = 1 };
        var hook = Add(Sample.Hook(async: true) with { Retries = 1 });
        Offer(hook, 1, "eth0", 1);
        Offer(hook, 2, "eth0", 1);
        Offer(hook, 3, "eth1", 2);
        _scheduler.Complete(Take(), FakeRunner.Failure);
        var other = Take();
        Assert.Equal(3, other.Event.Sequence);
        _scheduler.Complete(other, FakeRunner.Success);
        Assert.Null(_scheduler.TryTake());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([1, 2], Drain());
    }

    [Fact]
    public void Disabling_drops_what_waits_ends_retries_and_leaves_what_runs()
    {
        var hook = Add(Sample.Hook(async: true) with { Retries = 5 });
        Offer(hook, 1, "eth0", 1);
        Offer(hook, 2, "eth1", 2);
        Offer(hook, 3, "eth1", 2);
        _scheduler.Complete(Take(), FakeRunner.Failure);
        var running = Take();
        _scheduler.Suspend(hook, true);
        Assert.Equal(Admission.Dropped, Offer(hook, 4));
        Assert.False(_scheduler.Complete(running, FakeRunner.Failure));
        var statistics = _scheduler.Statistics(hook);
        Assert.Equal((2, 2, 0, 0), (statistics.Executions, statistics.DroppedBy[HookDropReason.Disabled], statistics.Waiting, statistics.Running));
        AssertBalanced(hook);
        _scheduler.Suspend(hook, false);
        Offer(hook, 5);
        Assert.Equal([5], Drain());
    }

    [Fact]
    public void Waits_and_durations_are_measured()
    {
        var hook = Add(Sample.Hook());
        Offer(hook, 1);
        Offer(hook, 2);
        _time.Advance(TimeSpan.FromMilliseconds(30));
        _scheduler.Complete(Take(), FakeRunner.Success with { Duration = TimeSpan.Zero });
        _time.Advance(TimeSpan.FromMilliseconds(20));
        _scheduler.Complete(Take(), FakeRunner.TimedOut);
        var statistics = _scheduler.Statistics(hook);
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(50)), (statistics.MinDuration, statistics.MaxDuration, statistics.AverageDuration));
        Assert.Equal((TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(50)), (statistics.AverageWait, statistics.MaxWait));
        Assert.Equal((1, 1, 0), (statistics.Successes, statistics.Timeouts, statistics.Failures));
        Assert.Equal((-1, "killed when its time was up"), (statistics.LastExitCode, statistics.LastError));
    }

    [Fact]
    public void Stopping_drops_what_waits()
    {
        var hook = Add(Sample.Hook());
        Offer(hook, 1);
        Offer(hook, 2);
        var running = Take();
        _scheduler.Stop();
        Offer(hook, 3);
        _scheduler.Complete(running, FakeRunner.Success);
        Assert.Null(_scheduler.WaitForRun());
        Assert.Equal(2, _scheduler.Statistics(hook).DroppedBy[HookDropReason.Stopped]);
        AssertBalanced(hook);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_happens_every_match_is_accounted_for_and_order_holds(int seed)
    {
        var random = new Random(seed);
        _scheduler.Limits = new HookLimits { MaxConcurrent = 4, Queue = 5 };
        var hooks = Enumerable.Range(0, 6).Select(i => Add(RandomHook(random, i))).ToArray();
        var running = new List<WaitingRun>();
        var lastStarted = new Dictionary<(HookQueue, RunKey), long>();
        for (var step = 1; step <= 5_000; step++)
        {
            var hook = hooks[random.Next(hooks.Length)];
            switch (random.Next(12))
            {
                case < 5:
                    var index = random.Next(1, 4);
                    Offer(hook, step, "eth" + index, index);
                    break;
                case < 8 when _scheduler.TryTake() is { } run:
                    AssertMayRunBeside(run, running);
                    var key = (run.Queue, RunKey.Of(run.Event));
                    Assert.True(run.Attempt > 1 || run.Event.Sequence > lastStarted.GetValueOrDefault(key), "an event overtook an older one of its interface");
                    lastStarted[key] = run.Event.Sequence;
                    running.Add(run);
                    break;
                case < 10 when running.Count > 0:
                    var ended = running[random.Next(running.Count)];
                    running.Remove(ended);
                    _scheduler.Complete(ended, random.Next(3) switch { 0 => FakeRunner.Failure, 1 => FakeRunner.TimedOut, _ => FakeRunner.Success });
                    break;
                case 10:
                    _time.Advance(TimeSpan.FromMilliseconds(random.Next(1500)));
                    break;
                case 11 when random.Next(10) == 0:
                    _scheduler.Suspend(hook, random.Next(3) == 0);
                    break;
            }

            foreach (var each in hooks) AssertBalanced(each);
            Assert.Equal(running.Count, _scheduler.Load.Running);
        }
    }

    private static HookDefinition RandomHook(Random random, int number) => Sample.Hook("hook" + number, random.Next(2) == 0) with
    {
        MaxParallel = random.Next(1, 4),
        Retries = random.Next(3),
        Coalesce = random.Next(3) == 0,
        OnOverflow = (OverflowPolicy)random.Next(3),
        Queue = random.Next(4),
    };

    private static void AssertMayRunBeside(WaitingRun run, List<WaitingRun> running)
    {
        Assert.True(running.Count < 4);
        foreach (var other in running)
        {
            Assert.False(run.Queue.IsSynchronous && other.Queue.IsSynchronous, "two synchronous runs at once");
            Assert.False(run.Queue == other.Queue && RunKey.Of(run.Event) == RunKey.Of(other.Event), "two runs of one hook and interface at once");
        }

        Assert.True(run.Queue.IsSynchronous || running.Count(r => r.Queue == run.Queue) < run.Queue.Definition.MaxParallel || run.Attempt > 1);
    }

    private HookQueue Add(HookDefinition definition)
    {
        var queue = new HookQueue(++_lastId, definition);
        _scheduler.Add(queue);
        return queue;
    }

    private Admission Offer(HookQueue queue, long sequence, string name = "eth0", int index = 2) =>
        _scheduler.Offer(queue, Sample.Event(sequence, name, index), false, out _);

    private WaitingRun Take() => _scheduler.TryTake() ?? throw new InvalidOperationException("nothing may run");

    private long[] Drain()
    {
        var sequences = new List<long>();
        while (_scheduler.TryTake() is { } run)
        {
            sequences.Add(run.Event.Sequence);
            _scheduler.Complete(run, FakeRunner.Success);
        }

        return [.. sequences];
    }

    private void AssertBalanced(HookQueue queue)
    {
        var s = _scheduler.Statistics(queue);
        Assert.Equal(s.Matched, s.Executions + s.Dropped + s.Coalesced + s.Debounced + s.Waiting + s.Running);
        Assert.Equal(s.Executions, s.Successes + s.Failures + s.Timeouts);
    }
}
