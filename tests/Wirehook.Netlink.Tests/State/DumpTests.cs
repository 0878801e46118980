using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.State;

namespace Wirehook.Netlink.Tests.State;

public class DumpTests
{
    private static readonly byte[] Links = Samples.Family("link").Dumps[0];

    [Fact]
    public void The_first_dump_is_silent_unless_asked_for()
    {
        Assert.Empty(new TestEngine().Dump(Links, Samples.NewLink(1, "lo"), Samples.NewLink(2, "eth0")));
        var told = new TestEngine(new() { EmitInitial = true });
        var events = told.Dump(Links, Samples.NewLink(1, "lo", Samples.Up), Samples.NewLink(2, "eth0"));
        Assert.Equal(["lo", "eth0"], events.Select(e => e.Interface));
        Assert.All(events, e => Assert.True(e is { Initial: true, Synthetic: false, PortId: 0, Event: "link.added" }));
        Assert.Equal(DumpOutcome.Complete, told.Namespace.LastDump(NetlinkProtocol.Route));
    }

    [Fact]
    public void A_later_dump_gives_the_differences_as_synthetic_events()
    {
        var engine = new TestEngine().Loaded(Samples.NewLink(1, "lo"), Samples.NewLink(2, "eth0"), Samples.NewLink(3, "eth1"));
        var events = engine.Dump(Links, Samples.NewLink(1, "lo"), Samples.NewLink(2, "eth0", Samples.Up), Samples.NewLink(4, "eth2"));
        Assert.Equal(["link.up", "link.added", "link.removed"], events.Select(e => e.Event));
        Assert.Equal(["eth0", "eth2", "eth1"], events.Select(e => e.Interface));
        Assert.Equal([16, 16, 17], events.Select(e => (int)e.MessageType));
        Assert.All(events, e => Assert.True(e is { Synthetic: true, Initial: false }));
        Assert.Empty(engine.Dump(Links, Samples.NewLink(1, "lo"), Samples.NewLink(2, "eth0", Samples.Up), Samples.NewLink(4, "eth2")));
    }

    [Fact]
    public void An_interrupted_dump_removes_nothing_and_asks_to_be_repeated()
    {
        var engine = new TestEngine().Loaded(Samples.NewLink(1, "lo"), Samples.NewLink(2, "eth0"));
        var (sequence, _) = engine.Begin(Links);
        Assert.Equal(DumpOutcome.Running, engine.Namespace.LastDump(NetlinkProtocol.Route));
        Assert.Empty(engine.Feed(TestEngine.Reply(Samples.NewLink(1, "lo"), sequence, NetlinkFlags.DumpInterrupted), Bytes.Done(sequence)));
        Assert.Equal(DumpOutcome.Interrupted, engine.Namespace.LastDump(NetlinkProtocol.Route));
        Assert.Equal(2, engine.Namespace.Objects(Samples.Family("link")).Count());
        Assert.Equal("link.removed", Assert.Single(engine.Dump(Links, Samples.NewLink(1, "lo"))).Event);
    }

    [Fact]
    public void The_flag_counts_in_the_final_message_too()
    {
        var engine = new TestEngine().Loaded(Samples.NewLink(2, "eth0"));
        var (sequence, _) = engine.Begin(Links);
        engine.Feed(Bytes.Done(sequence, flags: NetlinkFlags.DumpInterrupted));
        Assert.Equal(DumpOutcome.Interrupted, engine.Namespace.LastDump(NetlinkProtocol.Route));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_failed_dump_removes_nothing_and_says_why(bool inDone)
    {
        var engine = new TestEngine().Loaded(Samples.NewLink(2, "eth0"));
        var (sequence, _) = engine.Begin(Links);
        var error = Bytes.Message(NetlinkFlags.Error, Bytes.Join(BitConverter.GetBytes(-22), new byte[16]), 0, sequence);
        Assert.Empty(engine.Feed(inDone ? Bytes.Done(sequence, 22) : error));
        Assert.Equal((DumpOutcome.Failed, 22), (engine.Namespace.LastDump(NetlinkProtocol.Route), engine.Namespace.LastDumpError(NetlinkProtocol.Route)));
        Assert.Single(engine.Namespace.Objects(Samples.Family("link")));
    }

    [Fact]
    public void Announcements_during_a_dump_prevail_over_its_answer()
    {
        var engine = new TestEngine().Loaded(Samples.NewLink(2, "eth0"), Samples.NewLink(3, "eth1"));
        var (sequence, _) = engine.Begin(Links);
        engine.Feed(Samples.DelLink(2, "eth0"), Samples.NewLink(3, "eth1", Samples.Up), Samples.NewLink(4, "eth2"));
        var events = engine.Feed(TestEngine.Reply(Samples.NewLink(2, "eth0"), sequence), TestEngine.Reply(Samples.NewLink(3, "eth1"), sequence), Bytes.Done(sequence));
        Assert.Empty(events);
        Assert.Equal([3, 4], engine.Namespace.Objects(Samples.Family("link")).Select(o => o.InterfaceIndex).Order());
    }

    [Fact]
    public void What_a_bridge_says_during_a_dump_takes_nothing_from_its_answer()
    {
        var engine = new TestEngine();
        var (sequence, _) = engine.Begin(Links);
        engine.Feed(Bytes.Message(17, Samples.LinkBody(2, "eth0", family: 7)), Samples.NewLink(3, "eth1", family: 7));
        engine.Feed(TestEngine.Reply(Samples.NewLink(2, "eth0"), sequence), TestEngine.Reply(Samples.NewLink(3, "eth1", mtu: 9000), sequence), Bytes.Done(sequence));
        Assert.Equal(["1500", "9000"], engine.Namespace.Objects(Samples.Family("link")).OrderBy(o => o.InterfaceIndex).Select(Mtu));
    }

    private static string Mtu(Netlink.Families.NetlinkObject link) => link.Family.Fields.Single(f => f.Name == "mtu").Get(link).ToString();

    [Fact]
    public void An_overrun_begins_a_resync_that_ends_with_the_last_dump()
    {
        var engine = new TestEngine().Loaded(Samples.NewLink(2, "eth0"));
        var overrun = Assert.Single(engine.Overrun(7));
        Assert.Equal((MonitorEvents.Overrun, 7L), (overrun.Event, overrun.Lost));
        Assert.True(engine.Namespace.NeedsResync(NetlinkProtocol.Route));
        var first = engine.Dump(Links, Samples.NewLink(2, "eth0", Samples.Up));
        Assert.Equal([MonitorEvents.ResyncStarted, "link.up"], first.Select(e => e.Event));
        var rest = new List<NetworkEvent>();
        foreach (var family in Netlink.Families.NetlinkFamily.All.Where(f => f is { IsCached: true, Protocol: NetlinkProtocol.Route, Name: not "link" }))
        {
            foreach (var request in family.Dumps) rest.AddRange(engine.Dump(request));
        }

        Assert.Equal(MonitorEvents.ResyncFinished, Assert.Single(rest).Event);
        Assert.Equal("1 differences", rest[0].Detail);
        Assert.False(engine.Namespace.NeedsResync(NetlinkProtocol.Route));
    }

    [Fact]
    public void An_overrun_that_was_recorded_is_one_in_replay()
    {
        var engine = new TestEngine().Loaded();
        var lost = Assert.Single(engine.Feed(Bytes.Message(NetlinkFlags.Overrun, BitConverter.GetBytes(42L))));
        Assert.Equal((MonitorEvents.Overrun, 42L), (lost.Event, lost.Lost));
    }

    [Fact]
    public void An_overrun_makes_a_dump_under_way_unreliable()
    {
        var engine = new TestEngine().Loaded(Samples.NewLink(2, "eth0"));
        var (sequence, _) = engine.Begin(Links);
        engine.Overrun();
        Assert.Empty(engine.Feed(Bytes.Done(sequence)));
        Assert.Equal(DumpOutcome.Interrupted, engine.Namespace.LastDump(NetlinkProtocol.Route));
    }

    [Fact]
    public void More_objects_than_the_limit_are_counted_and_not_kept()
    {
        var options = new NetlinkEngineOptions { MaxObjects = 3 };
        var engine = new TestEngine(options).Loaded();
        for (var i = 1; i <= 10; i++) Assert.Equal("link.added", Assert.Single(engine.Feed(Samples.NewLink(i, "eth" + i))).Event);
        Assert.Equal(3, engine.Namespace.Count);
        Assert.Equal(7, options.Ledger.Counters.Single(c => c.Reason == "state-full").Count);
        engine.Feed(Samples.DelLink(1, "eth1"));
        Assert.Equal(2, engine.Namespace.Count);
    }
}
