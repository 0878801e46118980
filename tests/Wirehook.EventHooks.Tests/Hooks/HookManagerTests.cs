using System.Collections.Concurrent;
using Wirehook.EventHooks.Configuration;
using Wirehook.EventHooks.Hooks;
using Wirehook.EventHooks.Running;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Tests.Hooks;

public sealed class HookManagerTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly FakeRunner _runner = new();
    private readonly ConcurrentQueue<HookRun> _reported = new();
    private readonly HookManager _manager;

    public HookManagerTests()
    {
        _manager = HookManager.Create(new HookManagerOptions { Time = _time, OnRun = _reported.Enqueue, ShutdownTimeout = TimeSpan.FromSeconds(5) }, _runner);
    }

    public void Dispose() => _manager.Dispose();

    [Fact]
    public void An_event_runs_the_hooks_that_match_in_the_order_of_registration()
    {
        Register(Sample.Hook("second") with { Condition = "interface == 'eth0'" });
        Register(Sample.Hook("first"));
        Register(Sample.Hook("never") with { Condition = "interface == 'eth9'" });
        Register(Sample.Hook("other") with { Events = ["link.down"] });
        Assert.True(_manager.Execute(Sample.Event(1)));
        Idle();
        Assert.Equal(["second", "first"], _reported.Select(r => r.HookName));
        Assert.Equal((1, 1), (_manager.GetStatistics("second")!.Matched, _manager.GetStatistics("second")!.Successes));
        Assert.Equal(0, _manager.GetStatistics("never")!.Matched);
    }

    [Fact]
    public void Synchronous_runs_follow_the_events_whatever_hooks_they_are_of()
    {
        Register(Sample.Hook("a"));
        Register(Sample.Hook("b"));
        _manager.Execute([.. Enumerable.Range(1, 50).Select(i => Sample.Event(i, "veth" + (i % 5), i % 5))]);
        Idle();
        Assert.Equal(Enumerable.Range(1, 50).SelectMany(i => new[] { "a" + i, "b" + i }), _reported.Select(r => r.HookName + r.Event.Sequence));
        Assert.Equal(1, _runner.MostRunning);
    }

    [Fact]
    public void A_program_gets_the_event_and_what_its_definition_says()
    {
        Register(Sample.Hook("full") with
        {
            Script = "logger x",
            Shell = true,
            Arguments = ["a", "b c"],
            Environment = new Dictionary<string, string> { ["TOKEN"] = "s" },
            User = "nobody",
            Timeout = TimeSpan.FromSeconds(7),
            TermGrace = TimeSpan.FromSeconds(2),
            CaptureOutput = false,
        });
        _manager.Execute(Sample.Event(5, "eth0"));
        Idle();
        var request = Assert.Single(_runner.Requests);
        Assert.Equal(("logger x", true, "nobody", false), (request.Script, request.Shell, request.User, request.CaptureOutput));
        Assert.Equal((TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(2)), (request.Timeout, request.TermGrace));
        Assert.Equal(["a", "b c"], request.Arguments);
        Assert.Equal("s", FakeRunner.Variable(request, "TOKEN"));
        Assert.Equal(request.ExecutionId, FakeRunner.Variable(request, "NLMON_EXECUTION_ID"));
        Assert.Equal(EventJson.ToUtf8Line(Sample.Event(5, "eth0")), request.Input.ToArray());
    }

    [Fact]
    public void Registering_refuses_what_cannot_work_and_never_uses_an_id_again()
    {
        var first = _manager.Register(Sample.Hook("a"));
        Assert.Equal(1, first.Id);
        Assert.Equal("there is already a hook named a.", Assert.Single(_manager.Register(Sample.Hook("a")).Errors));
        Assert.True(_manager.Unregister(1));
        Assert.False(_manager.Unregister(1));
        Assert.Equal(2, _manager.Register(Sample.Hook("a")).Id);
        var refused = _manager.Register(new HookDefinition { Name = "", Script = "", Condition = "nosuchfield == 1", Events = ["RTM_NEWLNK"], Timeout = TimeSpan.Zero });
        Assert.False(refused.Succeeded);
        Assert.Equal(5, refused.Errors.Count);
        Assert.Contains("there is no message type or event named RTM_NEWLNK. Did you mean RTM_NEWLINK?", refused.Errors);
        Assert.Null(_manager.GetStatistics(99));
        Assert.Null(_manager.Explain("nobody"));
        Assert.False(_manager.Enable("nobody"));
    }

    [Fact]
    public void A_hook_never_runs_while_it_is_disabled()
    {
        var id = Register(Sample.Hook("a") with { Enabled = false });
        _manager.Execute(Sample.Event(1));
        Idle();
        Assert.True(_manager.Enable(id));
        _manager.Execute(Sample.Event(2));
        Idle();
        Assert.True(_manager.Disable("a"));
        _manager.Execute(Sample.Event(3));
        Idle();
        Assert.Equal(["2"], _runner.Sequences);
        Assert.Equal([HookVerdict.Disabled, HookVerdict.Fired, HookVerdict.Disabled], _manager.Explain("a")!.Select(d => d.Verdict));
    }

    [Fact]
    public void What_existed_at_the_start_is_only_for_hooks_that_ask_for_it()
    {
        Register(Sample.Hook("later"));
        Register(Sample.Hook("start") with { RunAtStart = true });
        _manager.Execute(Sample.Event(1, initial: true));
        _manager.Execute(Sample.Event(2));
        Idle();
        Assert.Equal(["start1", "later2", "start2"], _reported.Select(r => r.HookName + r.Event.Sequence));
        Assert.Equal(HookVerdict.Initial, _manager.Explain("later")![0].Verdict);
    }

    [Fact]
    public void Retries_are_told_as_runs_of_their_own_and_counted_once()
    {
        var results = new Queue<ProcessResult>([FakeRunner.Failure, FakeRunner.Success]);
        _runner.Answer = (_, _) => results.Dequeue();
        Register(Sample.Hook("flaky") with { Retries = 3, RetryDelay = TimeSpan.FromSeconds(1) });
        _manager.Execute(Sample.Event(1));
        WaitUntil(() => _reported.Count == 1 && _manager.GetStatistics("flaky")!.Waiting == 1);
        _time.Advance(TimeSpan.FromSeconds(1));
        Idle();
        Assert.Equal([(1, true, 3), (2, false, 0)], _reported.Select(r => (r.Attempt, r.WillRetry, r.Result.ExitCode)));
        var statistics = _manager.GetStatistics("flaky")!;
        Assert.Equal((1, 1, 0, 1), (statistics.Executions, statistics.Successes, statistics.Failures, statistics.Retries));
        Assert.Equal((0, "exit code 3", "done\n"), (statistics.LastExitCode, statistics.LastError, statistics.LastOutput));
    }

    [Fact]
    public void Debounced_events_run_once_the_interface_is_quiet()
    {
        Register(Sample.Hook("settled") with { Debounce = TimeSpan.FromSeconds(2) });
        for (var i = 1; i <= 5; i++)
        {
            _manager.Execute(Sample.Event(i, milliseconds: i * 500));
            _manager.Execute(Sample.Event(10 + i, "eth1", 3, milliseconds: i * 500));
            WaitUntil(() => _manager.Status.Dispatched == i * 2);
            _time.Advance(TimeSpan.FromMilliseconds(500));
        }

        Assert.Empty(_runner.Requests);
        Assert.Equal(2, _manager.GetStatistics("settled")!.Waiting);
        _time.Advance(TimeSpan.FromSeconds(2));
        Idle();
        Assert.Equal(["5", "15"], _runner.Sequences);
        var statistics = _manager.GetStatistics("settled")!;
        Assert.Equal((10, 8, 2, 0), (statistics.Matched, statistics.Debounced, statistics.Executions, statistics.Waiting));
        var reasons = _manager.Explain("settled", 100)!.Select(d => d.Verdict).ToList();
        Assert.Equal((10, 8, 2), (reasons.Count(v => v == HookVerdict.Debouncing), reasons.Count(v => v == HookVerdict.Debounced), reasons.Count(v => v == HookVerdict.Fired)));
    }

    [Fact]
    public void A_condition_with_for_runs_when_it_has_held_long_enough()
    {
        Register(Sample.Hook("down") with { Condition = "event == 'link.down' for 5s" });
        _manager.Execute(Sample.Event(1, type: "link.down"));
        WaitUntil(() => _manager.Status.Dispatched == 1);
        Assert.Equal(HookVerdict.Holding, _manager.Explain("down")![0].Verdict);
        _time.Advance(TimeSpan.FromSeconds(4));
        Idle();
        Assert.Empty(_runner.Requests);
        _time.Advance(TimeSpan.FromSeconds(2));
        WaitUntil(() => _runner.Requests.Count == 1);
        _manager.Execute(Sample.Event(2, type: "link.down", milliseconds: 10_000));
        _manager.Execute(Sample.Event(3, type: "link.up", milliseconds: 11_000));
        _time.Advance(TimeSpan.FromSeconds(60));
        Idle();
        Assert.Equal(["1"], _runner.Sequences);
        Assert.Equal(1, _manager.GetStatistics("down")!.Matched);
    }

    [Fact]
    public void What_a_disabled_hook_did_not_see_it_does_not_judge()
    {
        Register(Sample.Hook("down") with { Condition = "event == 'link.down' for 5s" });
        Register(Sample.Hook("settled") with { Debounce = TimeSpan.FromSeconds(5) });
        _manager.Execute(Sample.Event(1, type: "link.down"));
        WaitUntil(() => _manager.Status.Dispatched == 1);
        foreach (var hook in _manager.List()) _manager.Disable(hook.Id);
        _manager.Execute(Sample.Event(2, milliseconds: 100));
        WaitUntil(() => _manager.Status.Dispatched == 2);
        foreach (var hook in _manager.List()) _manager.Enable(hook.Id);
        _time.Advance(TimeSpan.FromSeconds(10));
        Idle();
        Assert.Empty(_runner.Requests);
        Assert.Equal(0, _manager.GetStatistics("down")!.Matched);
        Assert.Equal((1, 1), (_manager.GetStatistics("settled")!.Matched, _manager.GetStatistics("settled")!.DroppedBy[HookDropReason.Disabled]));
    }

    [Fact]
    public void Why_a_hook_did_or_did_not_run_is_said_clause_by_clause()
    {
        Register(Sample.Hook("why") with { Condition = "interface == 'eth0' AND count(event == 'link.up') within 1m >= 2" });
        _manager.Execute([Sample.Event(1), Sample.Event(2), Sample.Event(3, "eth1", 3)]);
        Idle();
        var decisions = _manager.Explain("why")!;
        Assert.Equal([HookVerdict.ConditionFalse, HookVerdict.Fired, HookVerdict.ConditionFalse], decisions.Select(d => d.Verdict));
        // The counts are those of the moment, not of the time of asking.
        Assert.Contains("1", decisions[0].Clauses!.Children[1].Value, StringComparison.Ordinal);
        Assert.Contains("2", decisions[1].Clauses!.Children[1].Value, StringComparison.Ordinal);
        Assert.Contains("eth1", decisions[2].Clauses!.Children[0].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_runs_at_once_and_is_not_counted()
    {
        Register(Sample.Hook("off") with { Enabled = false, Condition = "interface == 'nosuch'", Events = ["addr.added", "link.down"] });
        var run = _manager.Test("off")!;
        Assert.Equal((true, "off", ProcessOutcome.Success), (run.IsTest, run.HookName, run.Result.Outcome));
        Assert.Equal("lo", FakeRunner.Variable(_runner.Requests.Single(), "NLMON_INTERFACE"));
        Assert.Equal("eth7", _manager.Test("off", Sample.Event(3, "eth7"))!.Event.Interface);
        Assert.Equal(0, _manager.GetStatistics("off")!.Executions);
        Assert.Equal(run.ExecutionId, _manager.FindRun(run.ExecutionId)!.ExecutionId);
        Assert.Null(_manager.Test("nobody"));
    }

    [Fact]
    public void The_history_keeps_the_last_runs_of_each_hook_in_order()
    {
        Register(Sample.Hook("a"));
        Register(Sample.Hook("b"));
        _manager.Execute([.. Enumerable.Range(1, 700).Select(i => Sample.Event(i))]);
        Idle();
        Assert.Equal([699, 700], _manager.History("a", 2).Select(r => r.Event.Sequence));
        Assert.Equal(1_000, _manager.History(null, int.MaxValue).Count);
        Assert.Equal(700, _manager.History("b", 1)[0].Event.Sequence);
        Assert.Equal(1_400, _reported.Select(r => r.ExecutionId).Distinct().Count());
    }

    [Fact]
    public void A_reload_leaves_unchanged_hooks_as_they_are()
    {
        Register(Sample.Hook("api"));
        var first = _manager.Apply(Configuration(Sample.Hook("same") with { Events = ["link.up"] }, Sample.Hook("changed"), Sample.Hook("gone")));
        Assert.Equal(["same", "changed", "gone"], first.Added);
        _manager.Execute(Sample.Event(1));
        Idle();
        _manager.Disable("changed");
        var (same, changed) = (_manager.Find("same")!, _manager.Find("changed")!);
        var second = _manager.Apply(Configuration(
            Sample.Hook("new"), Sample.Hook("changed") with { Timeout = TimeSpan.FromSeconds(1) }, Sample.Hook("same") with { Events = ["link.up"] }));
        Assert.Equal("new / changed / gone / same", string.Join(" / ", second.Added.Concat(second.Replaced).Concat(second.Removed).Concat(second.Unchanged)));
        Assert.Equal(["new", "changed", "same", "api"], _manager.List().Select(h => h.Definition.Name));
        Assert.Equal((same.Id, 1), (_manager.Find("same")!.Id, _manager.Find("same")!.Statistics.Executions));
        Assert.True(_manager.Find("changed")!.Id > changed.Id);
        Assert.Equal((true, 0), (_manager.Find("changed")!.Enabled, _manager.Find("changed")!.Statistics.Executions));
    }

    [Fact]
    public void A_reload_that_cannot_work_changes_nothing()
    {
        Register(Sample.Hook("api"));
        _manager.Apply(Configuration(Sample.Hook("a")));
        var refused = _manager.Apply(Configuration(Sample.Hook("api"), Sample.Hook("b") with { Condition = "interfce == 'x'" }, Sample.Hook("c")));
        Assert.Equal(2, refused.Errors.Count);
        Assert.Contains("hook b: ", refused.Errors[0], StringComparison.Ordinal);
        Assert.Equal("there is more than one hook named api.", refused.Errors[1]);
        Assert.Equal(["a", "api"], _manager.List().Select(h => h.Definition.Name));
    }

    [Fact]
    public void Resetting_begins_anew_and_keeps_the_balance()
    {
        var id = Register(Sample.Hook("a"));
        _manager.Execute([Sample.Event(1), Sample.Event(2)]);
        Idle();
        Assert.True(_manager.ResetStatistics(id));
        var none = new Dictionary<HookDropReason, long>();
        Assert.Equal(new HookStatistics { DroppedBy = none }, _manager.GetStatistics(id)! with { DroppedBy = none });
        _manager.Execute(Sample.Event(3));
        Idle();
        Assert.Equal((1, 1), (_manager.GetStatistics(id)!.Matched, _manager.GetStatistics(id)!.Executions));
    }

    private static HookConfiguration Configuration(params HookDefinition[] hooks) => new(hooks, new HookLimits());

    private static void WaitUntil(Func<bool> reached) => Assert.True(SpinWait.SpinUntil(reached, Sample.Soon));

    private int Register(HookDefinition definition)
    {
        var registration = _manager.Register(definition);
        Assert.Empty(registration.Errors);
        return registration.Id;
    }

    private void Idle() => Assert.True(_manager.WaitIdle(Sample.Soon));
}
