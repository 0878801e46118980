using Wirehook.EventHooks.Conditions;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Tests.Conditions;

/// <summary>for: what holds for a while, per object, with time from outside.</summary>
public sealed class HoldTests
{
    private readonly List<NetworkEvent> _due = [];

    private static ConditionState State(string text, ConditionLimits? limits = null)
    {
        var compilation = Condition.Compile(text, limits);
        Assert.True(compilation.Succeeded, compilation.Error?.ToString());
        return new(compilation.Condition);
    }

    private static NetworkEvent Link(long milliseconds, byte operstate, string happened = "link.changed", string name = "eth0", int index = 7) =>
        SampleEvents.Link(name, happened, state: SampleEvents.LinkState(name, operstate: operstate, index: index), milliseconds: milliseconds);

    private string[] Advance(ConditionState state, long milliseconds)
    {
        _due.Clear();
        state.Advance(SampleEvents.At(milliseconds), _due);
        return [.. _due.Select(e => $"{e.Interface}@{e.Timestamp.UnixMilliseconds}")];
    }

    [Fact]
    public void Falls_due_once_with_the_event_that_began_it()
    {
        var state = State("link.state == 'DOWN' FOR 5s");
        Assert.Equal(TimeSpan.FromSeconds(5), state.Condition.Hold);
        Assert.Null(state.NextDeadline);
        Assert.Equal(Truth.Unknown, state.Evaluate(Link(1000, operstate: 2)));
        Assert.Equal(Truth.Unknown, state.Evaluate(Link(2000, operstate: 2)));
        Assert.True(state.IsHolding);
        Assert.Equal(SampleEvents.At(6000), state.NextDeadline);
        Assert.Empty(Advance(state, 5999));
        Assert.Equal(["eth0@1000"], Advance(state, 6000));
        Assert.False(state.IsHolding);
        state.Evaluate(Link(7000, operstate: 2));
        Assert.Empty(Advance(state, 60_000));
    }

    [Fact]
    public void Ends_when_the_condition_does_and_begins_anew()
    {
        var state = State("link.state == 'DOWN' for 5s");
        state.Evaluate(Link(1000, operstate: 2));
        Assert.Equal(Truth.False, state.Evaluate(Link(3000, operstate: 6)));
        Assert.Null(state.NextDeadline);
        Assert.Empty(Advance(state, 10_000));
        state.Evaluate(Link(11_000, operstate: 2));
        Assert.Equal(["eth0@11000"], Advance(state, 16_000));
        state.Evaluate(Link(17_000, operstate: 6));
        state.Evaluate(Link(18_000, operstate: 2));
        Assert.Equal(["eth0@18000"], Advance(state, 23_000));
    }

    [Fact]
    public void Events_about_other_things_neither_begin_nor_end_it()
    {
        var state = State("link.state == 'DOWN' for 5s");
        state.Evaluate(Link(1000, operstate: 2));
        Assert.Equal(Truth.Unknown, state.Evaluate(SampleEvents.Address(milliseconds: 2000)));
        state.Evaluate(Link(2500, operstate: 6, name: "eth1", index: 8));
        Assert.Equal(["eth0@1000"], Advance(state, 6000));
    }

    [Fact]
    public void Objects_fall_due_in_the_order_in_which_they_began()
    {
        var state = State("link.state == 'DOWN' for 5s");
        for (var i = 1; i <= 4; i++) state.Evaluate(Link(1000 * i, operstate: 2, name: $"eth{i}", index: i));
        state.Evaluate(Link(4500, operstate: 6, name: "eth2", index: 2));
        Assert.Equal(["eth1@1000"], Advance(state, 6000));
        Assert.Equal(SampleEvents.At(8000), state.NextDeadline);
        Assert.Equal(["eth3@3000", "eth4@4000"], Advance(state, 9000));
    }

    [Fact]
    public void The_name_of_an_event_holds_until_its_contrary()
    {
        var state = State("event == 'link.down' AND interface STARTSWITH 'eth' for 5s");
        state.Evaluate(Link(1000, operstate: 2, happened: "link.down"));
        state.Evaluate(Link(1001, operstate: 2, happened: "link.changed"));
        state.Evaluate(Link(1002, operstate: 2, happened: "link.unchanged"));
        Assert.Equal(["eth0@1000"], Advance(state, 6000));
        state.Evaluate(Link(7000, operstate: 6, happened: "link.up"));
        state.Evaluate(Link(8000, operstate: 2, happened: "link.down"));
        state.Evaluate(Link(9000, operstate: 6, happened: "link.up,link.carrier_gained"));
        Assert.Empty(Advance(state, 20_000));
    }

    [Fact]
    public void An_object_that_is_removed_no_longer_holds()
    {
        var state = State("event IN [link.down, link.carrier_lost] for 5s");
        state.Evaluate(Link(1000, operstate: 2, happened: "link.down"));
        state.Evaluate(Link(2000, operstate: 2, happened: "link.removed"));
        Assert.Empty(Advance(state, 20_000));
    }

    [Fact]
    public void Objects_are_bounded()
    {
        var state = State("link.state == 'DOWN' for 5s", new ConditionLimits { Holds = 100 });
        for (var i = 0; i < 1000; i++) state.Evaluate(Link(1000, operstate: 2, name: $"v{i}", index: i + 1));
        Assert.Equal(900, state.Forgotten);
        Assert.Equal(100, Advance(state, 6000).Length);
    }

    [Fact]
    public void Explains_since_when_it_holds()
    {
        var state = State("link.state == 'DOWN' for 5s");
        var down = Link(1000, operstate: 2);
        Assert.Equal("✗ link.state == 'DOWN' FOR 5s   (does not hold; must hold 5s)\n  ✗ link.state == 'DOWN'   (link.state = 'UP')", state.Explain(Link(1, operstate: 6)).ToString());
        state.Evaluate(down);
        Assert.Equal(
            "? link.state == 'DOWN' FOR 5s   (holds since 1970-01-01T00:00:01Z; must hold 5s)\n  ✓ link.state == 'DOWN'   (link.state = 'DOWN')", state.Explain(down).ToString());
    }
}
