using Wirehook.Packets;
using Wirehook.Scripting.Testing;
using Wirehook.Tests;

namespace Wirehook.Scripting.Tests.Hooks.NetworkEvents;

public class NetworkEventHookTests
{
    [Fact]
    public void Network_events_come_in_their_order_among_packets_items_and_jobs()
    {
        var bench = new ScriptBench().Load("""
            function onPacketCaptured(info) { console.log('packet', info.length); }
            function onItemCaptured(data) { console.log('item', data.request.path); }
            function onNetworkEvent(event) { console.log(event.event, event.interface); }
            jobs.schedule('tick', '*/2 * * * * *', function () { console.log('tick', new Date().toISOString()); });
            """);
        var changes = new NetworkChanges();
        var batch = new EventBatch();
        batch.AddNetworkEvent(changes.Link(0.5, 2, "eth0"));
        batch.AddPacket(new(ScriptBench.At(1), 1, 1, LinkType.Ethernet));
        batch.AddPacket(new(ScriptBench.At(1), 2, 2, LinkType.Ethernet));
        batch.AddItem(TrafficItems.Http("/x"), ScriptBench.At(1));
        batch.AddNetworkEvent(changes.Link(1, 2, "eth0", LinkMessage.Up | LinkMessage.LowerUp));
        batch.AddNetworkEvent(changes.Link(2.5, 2, "eth0", 0));
        batch.AddItem(TrafficItems.Http("/y"), ScriptBench.At(2.5));
        batch.AddPacket(new(ScriptBench.At(3), 3, 3, LinkType.Ethernet));
        batch.AddNetworkEvent(changes.LinkRemoved(4, 2, "eth0"));
        bench.Host.Run(batch);
        Assert.Equal(
            [
                "[a.js] link.added eth0", "[a.js] packet 1", "[a.js] packet 2", "[a.js] item /x", "[a.js] link.carrier_gained eth0",
                "[a.js] tick 2023-03-01T02:11:32.000Z", "[a.js] link.down eth0", "[a.js] item /y", "[a.js] packet 3",
                "[a.js] tick 2023-03-01T02:11:34.000Z", "[a.js] link.removed eth0",
            ],
            bench.Lines);
    }

    [Fact]
    public void All_scripts_see_the_same_object_and_may_keep_it()
    {
        var bench = new ScriptBench()
            .Load("var kept = []; function onNetworkEvent(event) { event.note = 'left by a'; kept.push(event); console.log(kept[0].link.mtu); }")
            .Load("function onNetworkEvent(event) { console.log(event.note); }", "b.js");
        var changes = new NetworkChanges();
        bench.Network(changes.Link(1, 2, "eth0", mtu: 1500), changes.Link(2, 2, "eth0", mtu: 9000));
        Assert.Equal(["[a.js] 1500", "[b.js] left by a", "[a.js] 1500", "[b.js] left by a"], bench.Lines);
    }

    [Fact]
    public void A_hook_that_runs_too_long_is_stopped_then_paused_and_what_it_misses_is_counted()
    {
        var bench = new ScriptBench(ScriptBudget.Default with { CallTime = TimeSpan.FromMilliseconds(20) })
            .Load("function onNetworkEvent(event) { while (true); }")
            .Load("function onNetworkEvent(event) { console.log(event.sequence); }", "b.js");
        var changes = new NetworkChanges();
        for (var i = 1; i <= 6; i++) bench.Network(changes.Link(i * 0.1, 2, "eth0", mtu: (uint)(1000 + i)));
        var (slow, other) = (bench.Report("onNetworkEvent"), bench.Report("onNetworkEvent", "b.js"));
        Assert.Equal((3, 3, 3), (slow.Calls, slow.Errors, slow.Missed));
        Assert.Equal((6, 0, 0), (other.Calls, other.Errors, other.Missed));
        Assert.Equal(3, bench.Losses.Counters.Single(c => c.Reason == "paused").Count);
    }

    [Fact]
    public void Live_a_full_queue_drops_network_events_and_counts_every_one()
    {
        var losses = new LossLedger();
        var host = new ScriptHost(new ScriptHostOptions { Console = new ScriptTranscript(), LiveClock = TimeProvider.System, Losses = losses });
        using var lane = new ScriptLane(host, new LaneOptions(LanePolicy.Drop, QueueLength: 2));
        Assert.True(lane.Invoke(h => h.Load(new ScriptSource("slow.js", "function onNetworkEvent(event) { var start = Date.now(); while (Date.now() - start < 20) {} }"))).Loaded);
        Assert.True(lane.WantsNetworkEvents);
        var change = new NetworkChanges().Link(1, 2, "eth0");
        var dropped = 0;
        for (var round = 0; round < 40; round++)
        {
            var batch = lane.Rent();
            Assert.True(batch.IsEmpty);
            for (var i = 0; i < 3; i++) batch.AddNetworkEvent(change);
            if (!lane.Submit(batch)) dropped += 3;
        }

        lane.Complete();
        var hook = host.Report().Single().Hooks.Single(h => h.Hook == "onNetworkEvent");
        Assert.True(dropped > 0);
        Assert.Equal(120, hook.Calls + hook.Missed);
        Assert.Equal(dropped, losses.Counters.Single(c => c.Reason == "queue-full-calls").Count);
    }

    [Fact]
    public void A_full_batch_says_so()
    {
        var batch = new EventBatch();
        var change = new NetworkChanges().Link(1, 2, "eth0");
        while (!batch.IsFull) batch.AddNetworkEvent(change);
        Assert.Equal(EventBatch.NetworkEventCapacity, batch.NetworkEventCount);
        batch.Clear();
        Assert.True(batch is { IsEmpty: true, IsFull: false });
    }
}
