using Wirehook.Packets;
using Wirehook.Scripting.Jobs;
using Wirehook.Scripting.Time;

namespace Wirehook.Scripting.Tests.Jobs;

public class JobSchedulerTests
{
    private const long Second = 1_000_000_000;
    private readonly List<string> _ran = [];
    private readonly object _owner = new();
    private readonly ScriptClock _clock = new(null);
    private readonly JobScheduler _scheduler;
    private long _skipped;

    public JobSchedulerTests()
    {
        _scheduler = new JobScheduler(_clock, (_, count) => _skipped += count);
    }

    [Fact]
    public void Jobs_scheduled_before_the_first_packet_count_from_it()
    {
        Add("five", "*/5 * * * * *");
        Assert.True(_scheduler.NextDue < 0);
        Advance(1000);
        Assert.Empty(_ran);
        Advance(1005);
        Assert.Equal(["five@1005"], _ran);
    }

    [Fact]
    public void Jobs_run_in_the_order_of_their_due_times()
    {
        Advance(0);
        Add("three", "*/3 * * * * *");
        Add("two", "*/2 * * * * *");
        Advance(6);
        Assert.Equal(["two@2", "three@3", "two@4", "three@6", "two@6"], _ran);
    }

    [Fact]
    public void A_limit_ends_a_job()
    {
        Advance(0);
        Add("once", "* * * * * *", limit: 2);
        Advance(10);
        Assert.Equal(["once@1", "once@2"], _ran);
        Assert.Empty(_scheduler.Jobs);
    }

    [Fact]
    public void The_same_tag_replaces_a_job_of_any_script()
    {
        Advance(0);
        Add("tag", "* * * * * *", name: "old");
        Add("tag", "*/2 * * * * *", name: "new");
        Advance(3);
        Assert.Equal(["new@2"], _ran);
    }

    [Fact]
    public void A_triggered_job_runs_at_the_next_event_even_where_it_triggers_itself()
    {
        Advance(0);
        Job job = null!;
        job = new Job(_owner, "self", CronSchedule.Parse("0 0 0 1 1 *"), 0, _ =>
        {
            _ran.Add("self");
            _scheduler.Trigger(job);
        });
        _scheduler.Schedule(job);
        _scheduler.Trigger(job);
        Advance(1);
        Advance(2);
        Assert.Equal(["self", "self"], _ran);
    }

    [Fact]
    public void A_jump_of_years_makes_up_for_a_bounded_number_of_runs_and_counts_the_rest()
    {
        Advance(0);
        Add("every", "* * * * * *");
        Advance(50_000);
        Assert.Equal(JobScheduler.MostRunsPerAdvance + 1, _ran.Count);
        Assert.Equal("every@50000", _ran[^1]);
        Assert.Equal(50_000 - _ran.Count, _skipped);
        Advance(300_000_000);
        Assert.Equal("every@300000000", _ran[^1]);
    }

    [Fact]
    public void Timers_run_once_or_repeat_and_can_be_cleared()
    {
        Advance(0);
        _scheduler.SetTimer(_owner, 3 * Second, repeats: false, () => _ran.Add("once"));
        var tick = _scheduler.SetTimer(_owner, 2 * Second, repeats: true, () => _ran.Add("tick"));
        Advance(5);
        Assert.Equal(["tick", "once", "tick"], _ran);
        _scheduler.ClearTimer(tick.Id);
        Advance(50);
        Assert.Equal(3, _ran.Count);
        Assert.Equal(long.MaxValue, _scheduler.NextDue);
    }

    [Fact]
    public void A_chain_of_timers_cannot_hold_up_an_event_for_ever()
    {
        Advance(0);
        void Again() => _scheduler.SetTimer(_owner, 1_000_000, repeats: false, () =>
        {
            _ran.Add("again");
            Again();
        });
        Again();
        Advance(86_400);
        Assert.Equal(10_000, _ran.Count);
    }

    [Fact]
    public void Stopping_and_starting_does_not_make_up_for_the_time_between()
    {
        Advance(0);
        Add("a", "* * * * * *");
        _scheduler.Stop();
        Advance(5);
        Assert.Empty(_ran);
        _scheduler.Start();
        Advance(6);
        Assert.Equal(["a@6"], _ran);
        Assert.Equal(0, _skipped);
    }

    [Fact]
    public void Removing_a_script_ends_its_jobs_and_timers_only()
    {
        Advance(0);
        Add("mine", "* * * * * *");
        _scheduler.Schedule(new Job(new object(), "theirs", CronSchedule.Parse("* * * * * *"), 0, _ => _ran.Add("theirs")));
        _scheduler.SetTimer(_owner, Second, repeats: true, () => _ran.Add("timer"));
        _scheduler.RemoveOwner(_owner);
        Advance(1);
        Assert.Equal(["theirs"], _ran);
    }

    [Fact]
    public void Live_a_job_that_is_late_runs_once_for_the_times_it_missed()
    {
        var time = new SettableTime();
        var clock = new ScriptClock(time);
        var scheduler = new JobScheduler(clock, (_, count) => _skipped += count);
        scheduler.Schedule(new Job(_owner, "late", CronSchedule.Parse("* * * * * *"), 0, _ => _ran.Add("late")));
        time.Seconds = 10;
        scheduler.AdvanceTo(clock.Now);
        Assert.Equal(["late"], _ran);
        Assert.Equal(9, _skipped);
    }

    private void Advance(long seconds)
    {
        var time = new Timestamp(seconds * Second);
        if (time.UnixNanoseconds >= _scheduler.NextDue) _scheduler.AdvanceTo(time);
        _clock.Reach(time);
    }

    private void Add(string tag, string cron, long limit = 0, string? name = null) => _scheduler.Schedule(
        new Job(_owner, tag, CronSchedule.Parse(cron), limit, _ => _ran.Add($"{name ?? tag}@{_clock.Now.UnixNanoseconds / Second}")));

    private sealed class SettableTime : TimeProvider
    {
        internal long Seconds { get; set; }

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(Seconds);
    }
}
