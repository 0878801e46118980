using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.State;
using Wirehook.Packets;
using Wirehook.Scripting;
using Wirehook.Scripting.Testing;
using Wirehook.Tests;
using Wirehook.Worker.Pipeline;

namespace Wirehook.Worker.Tests.Pipeline;

/// <summary>The way of live network events to scripts.</summary>
public sealed class NetworkEventFeedTests
{
    private readonly LossLedger _losses = new();
    private readonly ScriptTranscript _transcript = new();

    [Fact]
    public void Events_reach_a_script_at_once_and_in_order()
    {
        var (host, lane) = Start("function onNetworkEvent(event) { console.log(event.sequence); }");
        using var ended = lane;
        var tally = new NetworkEventTally(_losses);
        var feed = new NetworkEventFeed(lane, tally);
        feed.OnEvents(Events(1));
        Assert.True(SpinWait.SpinUntil(() => lane.Invoke(_ => _transcript.Text) == "[a.js] 1\n", TimeSpan.FromSeconds(20)));
        feed.OnEvents(Events(20)[1..]);
        lane.Complete();
        Assert.Equal(Enumerable.Range(1, 20).Select(i => $"[a.js] {i}"), _transcript.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((20, (20L, 0L)), (tally.Events, CallsAndMissed(host)));
    }

    [Fact]
    public void While_scripts_are_behind_single_events_are_gathered_instead_of_filling_the_queue()
    {
        var (host, lane) = Start("function onNetworkEvent(event) {}");
        using var ended = lane;
        var feed = new NetworkEventFeed(lane, new NetworkEventTally(_losses));
        const int Count = 400;
        var events = Events(Count);
        WhileBlocked(lane, () =>
        {
            for (var i = 0; i < Count; i++) feed.OnEvents([events[i]]);
            Assert.True(lane.IsBehind);
        });
        feed.Flush();
        lane.Complete();
        Assert.Equal((Count, 0), CallsAndMissed(host));
    }

    [Fact]
    public void The_feed_never_waits_and_what_finds_no_room_is_counted()
    {
        var (host, lane) = Start("function onNetworkEvent(event) {}");
        using var ended = lane;
        var tally = new NetworkEventTally(_losses);
        var feed = new NetworkEventFeed(lane, tally);
        const int Batches = 100;
        var events = Events(EventBatch.NetworkEventCapacity);
        WhileBlocked(lane, () =>
        {
            for (var i = 0; i < Batches; i++) feed.OnEvents(events);
        });
        lane.Complete();
        var (calls, missed) = CallsAndMissed(host);
        Assert.Equal((Batches * events.Count, tally.Events), (calls + missed, calls + missed));
        Assert.Equal((missed, true), (_losses.Counters.Single(c => c.Reason == "queue-full-calls").Count, missed >= 30 * events.Count));
    }

    private static (long Calls, long Missed) CallsAndMissed(ScriptHost host)
    {
        var hook = host.Report().Single().Hooks.Single(h => h.Hook == "onNetworkEvent");
        return (hook.Calls, hook.Missed);
    }

    /// <summary>Does something while the scripts' thread takes nothing.</summary>
    private static void WhileBlocked(ScriptLane lane, Action action)
    {
        using var blocked = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var blocker = Task.Run(() => lane.Invoke(_ =>
        {
            blocked.Set();
            go.Wait();
            return true;
        }));
        blocked.Wait();
        action();
        go.Set();
        blocker.GetAwaiter().GetResult();
    }

    private static List<NetworkEvent> Events(int count)
    {
        var engine = new NetlinkEngine(new NetlinkEngineOptions());
        var ns = engine.AddNamespace("default", -1);
        var events = new List<NetworkEvent>();
        for (var i = 0; i < count; i++) engine.Process(ns, NetlinkProtocol.Route, LinkMessage.New(2, "eth0", mtu: (uint)(1000 + i)), new Timestamp(i), events);
        return events;
    }

    private (ScriptHost Host, ScriptLane Lane) Start(string script)
    {
        var host = new ScriptHost(new ScriptHostOptions { Console = _transcript, LiveClock = TimeProvider.System, Losses = _losses });
        var lane = new ScriptLane(host, new LaneOptions(LanePolicy.Drop));
        Assert.True(lane.Invoke(h => h.Load(new ScriptSource("a.js", script))).Loaded);
        return (host, lane);
    }
}
