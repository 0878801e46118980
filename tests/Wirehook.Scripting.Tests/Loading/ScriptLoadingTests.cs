using Wirehook.Packets;

namespace Wirehook.Scripting.Tests.Loading;

public class ScriptLoadingTests
{
    [Fact]
    public void A_syntax_error_says_where_with_a_caret()
    {
        var outcome = new ScriptBench().Host.Load(new ScriptSource("bad.js", "var a = 1;\nfunction onItemCaptured(data {\n}", "/scripts/bad.js"));
        Assert.False(outcome.Loaded);
        var text = outcome.Problems[0].ToString();
        Assert.StartsWith("/scripts/bad.js:2:30: SyntaxError: ", text, StringComparison.Ordinal);
        Assert.Contains("    2 | function onItemCaptured(data {\n      |                              ^", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_whose_top_level_throws_is_not_loaded_and_leaves_no_job()
    {
        var bench = new ScriptBench();
        var outcome = bench.Host.Load(new ScriptSource("bad.js", "jobs.schedule('t', '* * * * * *', function () {});\nfunction onPacketCaptured() {}\nthrow new Error('not here');"));
        Assert.False(outcome.Loaded);
        Assert.StartsWith("bad.js:3:", outcome.Problems[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("Error: not here", outcome.Problems[0].Message, StringComparison.Ordinal);
        Assert.Empty(bench.Host.Jobs);
        Assert.Empty(bench.Host.Report());
        Assert.False(bench.Host.WantsPackets);
    }

    [Fact]
    public void Replacing_keeps_the_place_and_the_counts_and_ends_the_old_jobs()
    {
        var bench = new ScriptBench()
            .Load("function onItemCaptured() { console.log('old'); } jobs.schedule('old', '* * * * * *', function () {});")
            .Load("function onItemCaptured() { console.log('b'); }", "b.js");
        bench.Item(0.1, TrafficItems.Http());
        bench.Load("function onItemCaptured() { console.log('new'); } jobs.schedule('new', '* * * * * *', function () {});");
        bench.Item(0.2, TrafficItems.Http());
        Assert.Equal(["[a.js] old", "[b.js] b", "[a.js] new", "[b.js] b"], bench.Lines);
        Assert.Equal("new", Assert.Single(bench.Host.Jobs).Tag);
        Assert.Equal(2, bench.Report("onItemCaptured").Calls);
    }

    [Theory]
    [InlineData("function onItemCaptured( {")]
    [InlineData("jobs.schedule('job', '0 0 0 1 1 *', function () {}); throw 1;")]
    [InlineData("jobs.removeAll(); null.x;")]
    public void The_old_script_stays_with_its_jobs_where_the_new_one_does_not_load(string broken)
    {
        var bench = new ScriptBench().Load("function onItemCaptured() { console.log('old'); } jobs.schedule('job', '*/5 * * * * *', function () { console.log('job'); });");
        Assert.False(bench.Host.Load(new ScriptSource("a.js", broken)).Loaded);
        bench.Item(1, TrafficItems.Http()).Advance(6);
        Assert.Equal(["[a.js] old", "[a.js] job"], bench.Lines.Where(l => !l.EndsWith("removed.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Top_level_code_that_does_not_end_is_stopped()
    {
        var bench = new ScriptBench(ScriptBudget.Default with { LoadTime = TimeSpan.FromMilliseconds(50) });
        var outcome = bench.Host.Load(new ScriptSource("endless.js", "while (true) {}"));
        Assert.Contains("over 50 ms of CPU time", Assert.Single(outcome.Problems).Message, StringComparison.Ordinal);
        bench.Load("console.log('still works');");
        Assert.Equal(["[a.js] still works"], bench.Lines);
    }

    [Fact]
    public void A_script_that_is_not_there_cannot_be_removed() => Assert.False(new ScriptBench().Host.Remove("none.js"));

    [Fact]
    public void Losses_are_declared_from_the_start() =>
        Assert.Equal(5, new ScriptBench().Losses.Counters.Count(c => c.Stage == "scripts"));
}
