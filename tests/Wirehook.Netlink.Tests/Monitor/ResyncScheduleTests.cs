using Wirehook.Netlink.Monitor;
using Wirehook.Netlink.State;

namespace Wirehook.Netlink.Tests.Monitor;

/// <summary>When resyncs and repeated dumps begin.</summary>
public sealed class ResyncScheduleTests
{
    [Fact]
    public void First_resync_begins_at_once_and_further_ones_ever_later()
    {
        var schedule = new ResyncSchedule();
        var begins = new List<double>();
        for (var now = TimeSpan.Zero; now < TimeSpan.FromSeconds(40); now += TimeSpan.FromMilliseconds(100))
        {
            schedule.Lost(now);
            if (schedule.TryBegin(now)) begins.Add(now.TotalSeconds);
        }

        Assert.Equal([0, 1, 3, 7, 15, 25, 35], begins);
    }

    [Fact]
    public void After_a_quiet_time_a_resync_begins_at_once_again()
    {
        var schedule = new ResyncSchedule();
        for (var second = 0; second < 10; second++)
        {
            schedule.Lost(TimeSpan.FromSeconds(second));
            schedule.TryBegin(TimeSpan.FromSeconds(second));
        }

        Assert.True(schedule.IsNeeded);
        Assert.True(schedule.TryBegin(TimeSpan.FromSeconds(20)));
        schedule.Lost(TimeSpan.FromSeconds(60));
        Assert.True(schedule.TryBegin(TimeSpan.FromSeconds(60)));
        Assert.False(schedule.TryBegin(TimeSpan.FromSeconds(61)));
    }

    [Fact]
    public void Interrupted_dump_is_repeated_a_bounded_number_of_times()
    {
        var runner = new DumpRunner(new Random(1));
        runner.Enqueue(new byte[17]);
        var (now, attempts, last) = (TimeSpan.Zero, 0, default(DumpEnd));
        while (!runner.IsIdle)
        {
            now += TimeSpan.FromMilliseconds(1);
            if (!runner.TryBegin(now, out _)) continue;
            attempts++;
            last = runner.Finish(DumpOutcome.Interrupted, 0, now);
        }

        Assert.Equal(20, attempts);
        Assert.True(last is { IsFinal: true, IsComplete: false });
        Assert.InRange(now.TotalMilliseconds, 20 * 5, 20 * 20 * 20);
    }

    [Fact]
    public void Refused_dump_is_not_repeated_and_the_next_follows()
    {
        var runner = new DumpRunner(new Random(1));
        runner.Enqueue([.. new byte[16], 1]);
        runner.Enqueue([.. new byte[16], 2]);
        Assert.True(runner.TryBegin(TimeSpan.Zero, out var request));
        Assert.Equal(1, request[16]);
        Assert.False(runner.TryBegin(TimeSpan.Zero, out _));
        Assert.True(runner.Finish(DumpOutcome.Failed, 95, TimeSpan.Zero) is { IsFinal: true, IsComplete: false });
        Assert.True(runner.TryBegin(TimeSpan.Zero, out request));
        Assert.Equal(2, request[16]);
        Assert.False(runner.IsOverdue(TimeSpan.FromSeconds(9)));
        Assert.True(runner.IsOverdue(TimeSpan.FromSeconds(10)));
        Assert.True(runner.Finish(DumpOutcome.Complete, 0, TimeSpan.FromSeconds(1)) is { IsFinal: true, IsComplete: true });
        Assert.True(runner.IsIdle);
    }
}
