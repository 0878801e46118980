using Wirehook.EventHooks.Conditions;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Tests.Conditions;

/// <summary>rate and count, with time from the events.</summary>
public sealed class WindowTests
{
    private static ConditionState State(string text, ConditionLimits? limits = null)
    {
        var compilation = Condition.Compile(text, limits);
        Assert.True(compilation.Succeeded, compilation.Error?.ToString());
        Assert.True(compilation.Condition.HasWindows);
        return new(compilation.Condition);
    }

    private static NetworkEvent Neighbour(long milliseconds, string name = "eth0") => SampleEvents.Plain(name, 28, "neigh.added", milliseconds);

    private static NetworkEvent Flap(long milliseconds, string name = "eth0", string inNamespace = "default") =>
        SampleEvents.Link(name, "link.down", milliseconds: milliseconds, inNamespace: inNamespace);

    [Theory]
    [InlineData("count(link.down) within 1m >= 3")]
    [InlineData("count(link.down) >= 3 within 1m")]
    [InlineData("count(event == 'link.down' within 1m) >= 3")]
    [InlineData("3 <= count(event == link.down) within 60s")]
    public void Counts_the_events_of_the_last_minute(string text)
    {
        var state = State(text);
        Truth[] values = [.. new long[] { 0, 30_000, 59_900, 60_100, 89_000, 200_000 }.Select(at => state.Evaluate(Flap(at)))];
        Assert.Equal([Truth.False, Truth.False, Truth.True, Truth.True, Truth.True, Truth.False], values);
    }

    [Fact]
    public void An_event_that_is_as_old_as_the_window_no_longer_counts()
    {
        var state = State("count(link.down) within 1m >= 2");
        state.Evaluate(Flap(0));
        Assert.Equal(Truth.False, state.Evaluate(Flap(60_000)));
        Assert.Equal(Truth.True, state.Evaluate(Flap(119_999)));
    }

    [Fact]
    public void The_rate_is_events_per_second()
    {
        var state = State("rate(RTM_NEWNEIGH) > 100");
        for (var i = 0; i < 100; i++) Assert.Equal(Truth.False, state.Evaluate(Neighbour(i * 9)));
        Assert.Equal(Truth.True, state.Evaluate(Neighbour(950)));
        Assert.Equal(Truth.True, state.Evaluate(SampleEvents.Plain(type: 16, happened: "link.changed", milliseconds: 951)));
        Assert.Equal(Truth.False, state.Evaluate(SampleEvents.Plain(type: 16, happened: "link.changed", milliseconds: 2000)));
    }

    [Fact]
    public void A_rate_over_a_longer_time_is_its_mean()
    {
        var state = State("rate(28) within 10s >= 2");
        for (var i = 0; i < 19; i++) Assert.Equal(Truth.False, state.Evaluate(Neighbour(i * 400)));
        Assert.Equal(Truth.True, state.Evaluate(Neighbour(19 * 400)));
    }

    [Fact]
    public void Two_selectors_must_both_hold()
    {
        var state = State("rate(RTM_NEWNEIGH, interface == 'eth1') >= 2");
        Truth[] values = [.. new[] { "eth0", "eth1", "eth0", "eth1" }.Select((name, i) => state.Evaluate(Neighbour(i, name)))];
        Assert.Equal([Truth.False, Truth.False, Truth.False, Truth.True], values);
    }

    [Fact]
    public void Counts_apart_by_field_and_namespace()
    {
        var state = State("event == link.down AND count(link.down by interface) within 1m >= 2");
        Assert.Equal(Truth.False, state.Evaluate(Flap(1, "eth0")));
        Assert.Equal(Truth.False, state.Evaluate(Flap(2, "eth1")));
        Assert.Equal(Truth.False, state.Evaluate(Flap(3, "eth0", "blue")));
        Assert.Equal(Truth.True, state.Evaluate(Flap(4, "eth1")));
        Assert.Equal(Truth.Unknown, state.Evaluate(Flap(5, "")));
    }

    [Fact]
    public void Windows_take_note_whatever_else_decides()
    {
        var state = State("interface == 'eth1' AND count(link.down) within 1m >= 3");
        state.Evaluate(Flap(1, "eth0"));
        state.Evaluate(Flap(2, "eth0"));
        Assert.Equal(Truth.True, state.Evaluate(Flap(3, "eth1")));
    }

    [Fact]
    public void Explaining_takes_note_of_nothing_and_can_use_kept_counts()
    {
        var state = State("count(link.down) within 1m >= 2");
        state.Evaluate(Flap(1));
        long[] kept = [.. state.Counts];
        for (var i = 0; i < 5; i++) Assert.Equal(("1", Truth.False), (state.Explain(Flap(2)).Value, state.Explain(Flap(2)).Result));
        Assert.Equal(Truth.True, state.Evaluate(Flap(2)));
        Assert.Equal(Truth.False, state.Explain(Flap(1), kept).Result);
    }

    [Fact]
    public void Keys_are_bounded_and_the_one_not_seen_for_longest_goes()
    {
        var state = State("count(link.down by interface) within 1h >= 2", new ConditionLimits { WindowKeys = 64 });
        for (var i = 0; i < 64; i++) state.Evaluate(Flap(i, $"veth{i}"));
        Assert.Equal(Truth.True, state.Evaluate(Flap(100, "veth0")));
        for (var i = 64; i < 1000; i++) state.Evaluate(Flap(i + 100, $"veth{i}"));
        Assert.Equal(936, state.Forgotten);
        Assert.Equal(Truth.True, state.Evaluate(Flap(2000, "veth999")));
        Assert.Equal(Truth.False, state.Evaluate(Flap(2000, "veth0")));
    }

    [Fact]
    public void A_clock_that_goes_back_does_not_hold_events_for_ever()
    {
        var state = State("count(link.down) within 1m >= 2");
        state.Evaluate(Flap(10_000_000));
        Assert.Equal(Truth.True, state.Evaluate(Flap(9_999_000)));
        Assert.Equal(Truth.False, state.Evaluate(Flap(1_000)));
        Assert.Equal(Truth.True, state.Evaluate(Flap(2_000)));
    }

    /// <summary>Against a list of all timestamps: never more than the true count, never less than the count of a window shorter by 1/32.</summary>
    [Fact]
    public void Counts_are_true_to_within_a_thirty_second_of_the_window()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            var state = State("count(link.down) within 32s >= 0");
            var times = new List<long>();
            var at = 0L;
            for (var i = 0; i < 1000; i++)
            {
                at += random.Next(seed % 2 == 0 ? 50 : 4000);
                times.Add(at);
                state.Evaluate(Flap(at));
                var most = times.Count(t => t > at - 32_000);
                var least = times.Count(t => t > at - 31_000);
                Assert.InRange(state.Counts[0], least, most);
            }
        }
    }
}
