using Wirehook.EventHooks.Hooks;
using Wirehook.EventHooks.Hooks.Dispatch;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.State;
using Wirehook.Packets;

namespace Wirehook.EventHooks.Tests.Hooks;

public sealed class DispatchPartsTests
{
    [Fact]
    public void Debouncing_keeps_the_last_event_of_each_interface_until_it_is_quiet()
    {
        var debouncer = new Debouncer(TimeSpan.FromMilliseconds(100));
        debouncer.Add(Sample.Event(1, "a", 1, milliseconds: 0), out var replaced, out _);
        Assert.Null(replaced);
        debouncer.Add(Sample.Event(2, "b", 2, milliseconds: 50), out _, out _);
        debouncer.Add(Sample.Event(3, "a", 1, milliseconds: 90), out replaced, out _);
        Assert.Equal(1, replaced!.Sequence);
        Assert.Equal(At(150), debouncer.NextDeadline);
        Assert.False(debouncer.TryTakeDue(At(149), out _));
        Assert.True(debouncer.TryTakeDue(At(150), out var due));
        Assert.Equal(2, due.Sequence);
        Assert.False(debouncer.TryTakeDue(At(189), out _));
        Assert.True(debouncer.TryTakeDue(At(190), out due));
        Assert.Equal(3, due.Sequence);
        Assert.Null(debouncer.NextDeadline);
    }

    [Fact]
    public void Setting_the_clock_back_delays_only_what_came_before()
    {
        var debouncer = new Debouncer(TimeSpan.FromMilliseconds(100));
        debouncer.Add(Sample.Event(1, "a", 1, milliseconds: 3_600_000), out _, out _);
        debouncer.Add(Sample.Event(2, "b", 2, milliseconds: 10), out _, out _);
        debouncer.Add(Sample.Event(3, "c", 3, milliseconds: 5), out _, out _);
        Assert.True(debouncer.TryTakeDue(At(105), out var due));
        Assert.Equal(3, due.Sequence);
        Assert.True(debouncer.TryTakeDue(At(110), out due));
        Assert.Equal(2, due.Sequence);
        Assert.False(debouncer.TryTakeDue(At(3_600_099), out _));
    }

    [Fact]
    public void Debouncing_is_bounded_by_letting_the_oldest_go_early()
    {
        var debouncer = new Debouncer(TimeSpan.FromHours(1), limit: 2);
        debouncer.Add(Sample.Event(1, "a", 1), out _, out _);
        debouncer.Add(Sample.Event(2, "b", 2), out _, out _);
        debouncer.Add(Sample.Event(3, "c", 3), out _, out var early);
        Assert.Equal(1, early!.Sequence);
    }

    [Fact]
    public void What_does_not_fit_into_the_inbox_is_counted_and_announced_in_its_place()
    {
        var inbox = new EventInbox(3);
        Assert.Equal(3, inbox.Add([.. Enumerable.Range(1, 5).Select(i => Sample.Event(i))], wait: false));
        var batch = new List<NetworkEvent>();
        Assert.True(inbox.Take(batch));
        Assert.Equal([1, 2, 3, 4], batch.Select(e => e.Sequence));
        Assert.Equal(("monitor.dropped", 2), (batch[3].Event, batch[3].Lost));
        inbox.Dispatched();
        Assert.Equal((5, 4, 2), inbox.Counts);
        inbox.Add([Sample.Event(6)], wait: false);
        inbox.Take(batch);
        Assert.Equal([6], batch.Select(e => e.Sequence));
    }

    [Fact]
    public void A_loss_is_announced_before_what_came_after_it()
    {
        var inbox = new EventInbox(EventInbox.BatchSize + 10);
        inbox.Add([.. Enumerable.Range(1, EventInbox.BatchSize + 12).Select(i => Sample.Event(i))], wait: false);
        var batch = new List<NetworkEvent>();
        inbox.Take(batch);
        inbox.Add([Sample.Event(5_000)], wait: false);
        inbox.Take(batch);
        Assert.Equal(["link.up", "monitor.dropped", "link.up"], batch[^3..].Select(e => e.Event));
        Assert.Equal([EventInbox.BatchSize + 10, EventInbox.BatchSize + 11, 5_000], batch[^3..].Select(e => e.Sequence));
    }

    [Fact]
    public void Waiting_for_room_loses_nothing()
    {
        var inbox = new EventInbox(10);
        var writer = new Thread(() => inbox.Add([.. Enumerable.Range(1, 1000).Select(i => Sample.Event(i))], wait: true)) { IsBackground = true };
        writer.Start();
        var seen = new List<long>();
        var batch = new List<NetworkEvent>();
        while (seen.Count < 1000 && inbox.Take(batch)) seen.AddRange(batch.Select(e => e.Sequence));
        Assert.Equal(Enumerable.Range(1, 1000).Select(i => (long)i), seen);
        Assert.True(writer.Join(Sample.Soon));
    }

    [Fact]
    public void A_closed_inbox_gives_nothing_and_takes_nothing()
    {
        var inbox = new EventInbox(10);
        inbox.Add([Sample.Event(1)], wait: false);
        inbox.Close();
        Assert.False(inbox.Take([]));
        Assert.Equal(0, inbox.Add([Sample.Event(2)], wait: true));
        Assert.Equal((2, 0, 2), inbox.Counts);
    }

    [Fact]
    public void The_last_decisions_are_kept_oldest_first()
    {
        var log = new DecisionLog();
        Assert.Empty(log.Last(5));
        for (var i = 1; i <= DecisionLog.Capacity + 7; i++) log.Add(Sample.Event(i), HookVerdict.Fired);
        Assert.Equal(DecisionLog.Capacity, log.Last(int.MaxValue).Count);
        Assert.Equal([262, 263], log.Last(2).Select(e => e.Event.Sequence));
        Assert.Equal(8, log.Last(int.MaxValue)[0].Event.Sequence);
    }

    [Fact]
    public void An_events_list_takes_message_types_and_event_names_in_any_case()
    {
        var filter = new EventFilter(["rtm_dellink", "link.up"]);
        Assert.True(filter.Matches(Sample.Event(1)));
        Assert.True(filter.Matches(Sample.Event(1, type: "link.removed")));
        Assert.False(filter.Matches(Sample.Event(1, type: "link.down")));
        Assert.True(new EventFilter([]).Matches(Sample.Event(1, type: "link.down")));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("sequence > 0", false)]
    [InlineData("interface == 'ct0'", false)]
    [InlineData("ct.mark == 7", true)]
    [InlineData("event =~ '^ct[.]'", true)]
    [InlineData("netlink.data.CONNTRACK.mark == 7", true)]
    public void What_traffic_causes_reaches_only_hooks_that_name_it(string condition, bool passes)
    {
        // An IPCTNL_MSG_CT_NEW message about UDP from 10.0.0.1 to 10.0.0.2.
        byte[] message =
        [
            56, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 36, 0, 1, 0x80,
            20, 0, 1, 0x80, 8, 0, 1, 0, 10, 0, 0, 1, 8, 0, 2, 0, 10, 0, 0, 2,
            12, 0, 2, 0x80, 5, 0, 1, 0, 17, 0, 0, 0,
        ];
        var engine = new NetlinkEngine(new NetlinkEngineOptions());
        var events = new List<NetworkEvent>();
        engine.Process(engine.AddNamespace("default", -1), 12, message, default, events);
        Assert.Equal("ct", Assert.Single(events).Family!.Name);
        Assert.Equal(passes, new EventFilter([], condition).Matches(events[0]));
        Assert.True(new EventFilter(["ct.new", "ct.updated"]).Matches(events[0]));
    }

    private static Timestamp At(double milliseconds) => Sample.Event(0, milliseconds: milliseconds).Timestamp;
}
