using Wirehook.Packets;
using Wirehook.Scripting.Testing;

namespace Wirehook.Scripting.Tests.Lanes;

public class ScriptLaneTests
{
    private const string Fast = "var seen = 0; function onItemCaptured(data) { seen++; }";
    private const string Slow = "function onItemCaptured(data) { var start = Date.now(); while (Date.now() - start < 3) {} }";
    private readonly ScriptTranscript _transcript = new();
    private readonly LossLedger _losses = new();

    [Fact]
    public void Live_a_slow_script_misses_what_it_cannot_take_and_a_fast_one_nothing()
    {
        var host = Live();
        using var lane = Start(host, new LaneOptions(LanePolicy.Drop), ("slow.js", Slow), ("fast.js", Fast));
        var total = 0;
        var item = TrafficItems.Http();
        for (var round = 0; round < 100; round++)
        {
            var batch = lane.Rent();
            for (var i = 0; i < 50; i++, total++) batch.AddItem(item, ScriptBench.At(0));
            Assert.True(lane.Submit(batch), $"the queue was full in round {round}");
            Thread.Sleep(5);
        }

        lane.Complete();
        var (slow, fast) = (Hook(host, "slow.js"), Hook(host, "fast.js"));
        Assert.Equal((total, 0), (fast.Calls, fast.Missed));
        Assert.Equal(total, slow.Calls + slow.Missed);
        Assert.InRange(slow.Missed, total / 2, total - 1);
        Assert.Equal(slow.Missed, _losses.Counters.Single(c => c.Reason == "over-share").Count);
    }

    [Fact]
    public void Live_a_full_queue_drops_batches_and_counts_every_event_for_every_script()
    {
        var host = Live();
        using var lane = Start(host, new LaneOptions(LanePolicy.Drop, QueueLength: 2), ("slow.js", Slow.Replace("< 3", "< 30", StringComparison.Ordinal)));
        var item = TrafficItems.Http();
        var dropped = 0;
        for (var round = 0; round < 40; round++)
        {
            var batch = lane.Rent();
            for (var i = 0; i < 3; i++) batch.AddItem(item, ScriptBench.At(0));
            if (!lane.Submit(batch)) dropped += 3;
            Thread.Sleep(1);
        }

        lane.Complete();
        var hook = Hook(host, "slow.js");
        Assert.True(dropped > 0);
        Assert.Equal(120, hook.Calls + hook.Missed);
        Assert.Equal(dropped, _losses.Counters.Single(c => c.Reason == "queue-full-calls").Count);
    }

    [Fact]
    public void Live_a_script_that_has_used_its_time_of_the_second_misses_the_rest()
    {
        var host = new ScriptHost(new ScriptHostOptions
        {
            Console = _transcript,
            LiveClock = TimeProvider.System,
            Losses = _losses,
            Budget = ScriptBudget.Default with { TimePerSecond = TimeSpan.FromMilliseconds(30) },
        });
        using var lane = Start(host, new LaneOptions(LanePolicy.Drop), ("slow.js", Slow));
        var batch = lane.Rent();
        var item = TrafficItems.Http();
        for (var i = 0; i < 200; i++) batch.AddItem(item, ScriptBench.At(0));
        lane.Submit(batch);
        lane.Complete();
        var hook = Hook(host, "slow.js");
        Assert.Equal(200, hook.Calls + hook.Missed);
        Assert.InRange(hook.Calls, 2, 199);
    }

    [Fact]
    public void Live_submitting_never_waits()
    {
        var host = Live();
        using var lane = Start(host, new LaneOptions(LanePolicy.Drop, QueueLength: 1), ("stuck.js", "function onItemCaptured(data) { while (true) {} }"));
        var item = TrafficItems.Http();
        var dropped = 0;
        for (var i = 0; i < 200; i++)
        {
            var batch = lane.Rent();
            batch.AddItem(item, ScriptBench.At(0));
            if (!lane.Submit(batch)) dropped++;
        }

        lane.Complete();
        // The script holds the lane for 250 ms at a time: a submitter that waits for it would see no batch dropped.
        Assert.True(dropped > 0);
        var hook = Hook(host, "stuck.js");
        Assert.Equal((200, dropped), (hook.Calls + hook.Missed, (int)_losses.Counters.Single(c => c.Reason == "queue-full-calls").Count));
    }

    [Fact]
    public void On_files_the_submitter_waits_and_nothing_is_missed()
    {
        var host = new ScriptHost(new ScriptHostOptions { Console = _transcript, Losses = _losses });
        using var lane = Start(host, new LaneOptions(LanePolicy.Wait, QueueLength: 1), ("a.js", "var n = 0; function onPacketCaptured(p) { n++; } function onItemCaptured(d) { if (d.request.path === '/end') console.log(n); }"));
        for (var round = 0; round < 20; round++)
        {
            var batch = lane.Rent();
            while (!batch.IsFull) batch.AddPacket(new PacketHeader(ScriptBench.At(round), 60, 60, LinkType.Ethernet));
            Assert.True(lane.Submit(batch));
        }

        var last = lane.Rent();
        last.AddItem(TrafficItems.Http("/end"), ScriptBench.At(21));
        lane.Submit(last);
        lane.Complete();
        Assert.Equal($"[a.js] {20 * EventBatch.PacketCapacity}\n", _transcript.Text);
        var report = host.Report().Single().Hooks.Single(h => h.Hook == "onPacketCaptured");
        Assert.Equal((20 * EventBatch.PacketCapacity, 0), (report.Calls, report.Missed));
        Assert.True(report.CpuMilliseconds > 0 && report.P99Microseconds > 0);
    }

    [Fact]
    public void Live_jobs_run_without_events()
    {
        var ran = new ManualResetEventSlim();
        var host = new ScriptHost(new ScriptHostOptions { Console = new Watch(ran), LiveClock = TimeProvider.System });
        using var lane = Start(host, new LaneOptions(LanePolicy.Drop), ("a.js", "jobs.schedule('tick', '* * * * * *', function () { console.log('tick'); });"));
        Assert.True(ran.Wait(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void Commands_run_between_batches_and_their_exceptions_come_back()
    {
        var host = new ScriptHost(new ScriptHostOptions { Console = _transcript });
        using var lane = new ScriptLane(host, new LaneOptions(LanePolicy.Wait));
        Assert.Equal(7, lane.Invoke(_ => 7));
        Assert.Throws<InvalidOperationException>(() => lane.Invoke<int>(_ => throw new InvalidOperationException()));
        lane.Complete();
        Assert.Throws<ObjectDisposedException>(() => lane.Invoke(_ => 7));
    }

    [Fact]
    public void Batches_are_reused_after_the_scripts_have_seen_them()
    {
        var seen = 0;
        var host = new ScriptHost(new ScriptHostOptions { Console = _transcript });
        using var lane = new ScriptLane(host, new LaneOptions(LanePolicy.Wait, Completed: batch => seen += batch.ItemCount));
        var first = lane.Rent();
        first.AddItem(TrafficItems.Http(), ScriptBench.At(0));
        lane.Submit(first);
        lane.Invoke(_ => 0);
        while (seen == 0) Thread.Sleep(1);
        lane.Invoke(_ => 0);
        Assert.Same(first, lane.Rent());
        Assert.True(first.IsEmpty);
        lane.Complete();
    }

    private ScriptHost Live() => new(new ScriptHostOptions { Console = _transcript, LiveClock = TimeProvider.System, Losses = _losses });

    private static ScriptLane Start(ScriptHost host, LaneOptions options, params (string Name, string Code)[] scripts)
    {
        var lane = new ScriptLane(host, options);
        lane.Invoke(h =>
        {
            foreach (var (name, code) in scripts) Assert.True(h.Load(new ScriptSource(name, code)).Loaded);
            return 0;
        });
        return lane;
    }

    private static HookReport Hook(ScriptHost host, string script) => host.Report().Single(s => s.Name == script).Hooks.Single(h => h.Hook == "onItemCaptured");

    private sealed class Watch(ManualResetEventSlim ran) : IScriptConsole
    {
        public void Write(in ConsoleLine line)
        {
            if (line.Text == "tick") ran.Set();
        }
    }
}
