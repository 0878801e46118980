using Wirehook.Dissection.Items;
using Wirehook.Scripting.Testing;

namespace Wirehook.Scripting.Tests.Attacks;

/// <summary>Scripts that misbehave: the lane goes on, the other scripts see every event, and the report names the culprit.</summary>
public class ScriptAttackTests
{
    private const int Items = 600;
    private const string Witness = "var seen = 0; function onItemCaptured(data) { seen++; }";

    private static readonly ScriptBudget Budget = new()
    {
        CallTime = TimeSpan.FromMilliseconds(20),
        JobTime = TimeSpan.FromMilliseconds(40),
        MemoryBytes = 8 << 20,
        FirstPause = TimeSpan.FromSeconds(5),
    };

    [Theory]
    [InlineData("function onItemCaptured(data) {\n  while (true) {}\n}", "over 20 ms of CPU time in one call")]
    [InlineData("function onItemCaptured(data) {\n  for (;;) { try { while (true) {} } catch (e) {} finally { continue; } }\n}", "over 20 ms of CPU time in one call")]
    [InlineData("function onItemCaptured(data) {\n  function f() { return f() + 1; } f();\n}", "calls nested more than 4000 deep")]
    [InlineData("function onItemCaptured(data) {\n  function f() { try { f(); } finally { f(); } } f();\n}", "stopped: ")]
    [InlineData("var kept = [];\nfunction onItemCaptured(data) { for (var i = 0; i < 50000; i++) kept.push({ i: i, s: 'x' + i }); }", "over 8 MiB of memory")]
    [InlineData("var s = 'x';\nfunction onItemCaptured(data) { for (;;) s += s; }", "over 8 MiB of memory")]
    [InlineData("function onItemCaptured(data) {\n  /^(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!');\n}", "in a regular expression")]
    [InlineData("function onItemCaptured(data) {\n  new Array(1e8).sort(function () { return 1; });\n}", "stopped: ")]
    public void A_script_that_goes_over_its_budget_is_stopped_and_paused_and_nobody_else_suffers(string attack, string reason)
    {
        var reports = Run(attack, out var lines);
        AssertWitnesses(reports);
        var evil = reports[1];
        Assert.Equal("evil.js", evil.Name);
        Assert.InRange(evil.Stops, 3, 60);
        Assert.NotNull(evil.Reason);
        Assert.Contains(reason, evil.LastStop, StringComparison.Ordinal);
        Assert.Contains("(evil.js:2:", evil.LastStop, StringComparison.Ordinal);
        var hook = Assert.Single(evil.Hooks, h => h.Hook == "onItemCaptured");
        Assert.Equal(Items, hook.Calls + hook.Missed);
        Assert.Contains(lines, l => l.StartsWith("[evil.js] ERROR (hook=onItemCaptured) stopped: ", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("[evil.js] ERROR paused for 5 s: onItemCaptured stopped: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_job_that_never_returns_is_stopped()
    {
        var reports = Run("jobs.schedule('endless', '* * * * * *', function () {\n  while (true) {}\n});", out var lines);
        AssertWitnesses(reports);
        Assert.Contains("job:endless stopped: over 40 ms of CPU time in one call (evil.js:2:", reports[1].LastStop, StringComparison.Ordinal);
        var job = Assert.Single(reports[1].Hooks, h => h.Hook == "job:endless");
        Assert.True(job is { Errors: >= 3, Missed: > 0 });
        Assert.Contains(lines, l => l.StartsWith("[evil.js] ERROR (job=endless) stopped: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_script_that_throws_on_every_call_is_counted_and_goes_on()
    {
        var reports = Run("function onItemCaptured(data) { throw data.id; }", out var lines);
        AssertWitnesses(reports);
        var hook = Assert.Single(reports[1].Hooks, h => h.Hook == "onItemCaptured");
        Assert.Equal((Items, Items, 0), (hook.Calls, hook.Errors, hook.Missed));
        Assert.Equal(ScriptState.Active, reports[1].State);
        Assert.Equal(4, lines.Count(l => l.StartsWith("[evil.js] ERROR", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_script_that_behaves_again_becomes_active()
    {
        var reports = Run("var calls = 0;\nfunction onItemCaptured(data) { if (++calls <= 3) while (true) {} }", out _, Budget with { ProbationCalls = 20 });
        Assert.Equal((ScriptState.Active, null, 3), (reports[1].State, reports[1].Reason, reports[1].Stops));
        Assert.InRange(reports[1].Hooks.Single(h => h.Hook == "onItemCaptured").Missed, 45, 55);
    }

    /// <summary>A tenth of a second of packet time per item.</summary>
    private static IReadOnlyList<ScriptReport> Run(string attack, out string[] lines, ScriptBudget? budget = null)
    {
        var transcript = new ScriptTranscript();
        var host = new ScriptHost(new ScriptHostOptions { Console = transcript, Budget = budget ?? Budget });
        using var lane = new ScriptLane(host, new LaneOptions(LanePolicy.Wait));
        lane.Invoke(h =>
        {
            h.AdvanceTo(ScriptBench.At(0));
            return new[] { ("first.js", Witness), ("evil.js", attack), ("last.js", Witness) }.Select(s => h.Load(new ScriptSource(s.Item1, s.Item2))).All(o => o.Loaded);
        });
        var item = TrafficItems.Http();
        for (var at = 0; at < Items;) Submit(lane, item, ref at);
        lane.Complete();
        lines = transcript.Text.Split('\n');
        return host.Report(measureMemory: true);
    }

    private static void Submit(ScriptLane lane, Item item, ref int at)
    {
        var batch = lane.Rent();
        for (var end = Math.Min(Items, at + 100); at < end; at++) batch.AddItem(item, ScriptBench.At(at * 0.1));
        Assert.True(lane.Submit(batch));
    }

    private static void AssertWitnesses(IReadOnlyList<ScriptReport> reports)
    {
        foreach (var witness in new[] { reports[0], reports[2] })
        {
            var hook = Assert.Single(witness.Hooks, h => h.Hook == "onItemCaptured");
            Assert.Equal((Items, 0, 0), (hook.Calls, hook.Errors, hook.Missed));
            Assert.Equal(ScriptState.Active, witness.State);
        }
    }
}
