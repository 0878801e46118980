namespace Wirehook.Scripting.Tests.Helpers;

public class JobsHelpersTests
{
    [Fact]
    public void Schedules_with_a_normalised_tag_values_and_a_limit()
    {
        var bench = new ScriptBench().Load("""
            jobs.schedule("My Job", "*/10 * * * * *", function (a, b) { console.log(a, b, jobs.list().join()); }, 2, "one", 2);
            """);
        bench.Advance(45);
        Assert.Equal(
            """
            [a.js] Scheduled the job: "my-job" for cron: "*/10 * * * * *" (limit: 2)
            [a.js] one 2 my-job
            [a.js] one 2 my-job

            """,
            bench.Transcript.Text);
        Assert.Empty(bench.Host.Jobs);
    }

    [Fact]
    public void Tells_all_scripts_how_jobs_end()
    {
        var bench = new ScriptBench()
            .Load("""
                jobs.schedule("good", "*/20 * * * * *", function () {});
                jobs.schedule("bad", "*/20 * * * * *", function () { throw new Error("no"); }, 5);
                """)
            .Load("""
                function onJobPassed(tag, cron, limit) { console.log("passed", tag, cron, limit); }
                function onJobFailed(tag, cron, limit, err) { console.log("failed", tag, cron, limit, err); }
                """, "b.js");
        bench.Advance(15);
        Assert.Equal("[b.js] passed good */20 * * * * * 0", bench.Lines[0]);
        Assert.Matches(@"^\[a\.js\] ERROR \(job=bad\) Error: no \(a\.js:2:\d+\)$", bench.Lines[1]);
        Assert.Equal("[b.js] failed bad */20 * * * * * 5 Error: no", bench.Lines[2]);
        Assert.Equal(1, bench.Report("job:bad").Errors);
    }

    [Fact]
    public void The_function_is_this()
    {
        var bench = new ScriptBench().Load("function job() { console.log(this === job); } jobs.schedule('t', '* * * * * *', job, 1);");
        bench.Advance(2);
        Assert.Equal(["[a.js] true"], bench.Lines);
    }

    [Fact]
    public void Runs_removes_and_lists()
    {
        var bench = new ScriptBench().Load("""
            jobs.schedule("A", "0 0 0 1 1 *", function () { console.log("ran a"); });
            jobs.schedule("b", "0 0 0 1 1 *", function () { console.log("ran b"); });
            console.log(jobs.list().join());
            jobs.run("a");
            console.log("after");
            """);
        bench.Advance(1);
        bench.Load("jobs.runAll(); jobs.remove('A'); console.log(jobs.list().join()); try { jobs.remove('A'); } catch (e) { console.log(String(e)); }", "b.js");
        bench.Advance(2);
        bench.Load("jobs.removeAll(); console.log(jobs.list().length);", "c.js");
        Assert.Equal(
            [
                "[a.js] a,b", "[a.js] Triggered the job: \"a\"", "[a.js] after", "[a.js] ran a",
                "[b.js] All jobs are triggered.", "[b.js] Removed the job: \"a\"", "[b.js] b", "[b.js] Error: no jobs found with given tag", "[a.js] ran b",
                "[c.js] All jobs are removed.", "[c.js] 0",
            ],
            bench.Lines);
    }

    [Fact]
    public void The_scheduler_stops_and_starts()
    {
        var bench = new ScriptBench().Load("""
            jobs.schedule("t", "* * * * * *", function () { console.log("tick"); });
            jobs.scheduler.stop();
            console.log(jobs.scheduler.isRunning());
            """);
        bench.Advance(5).Load("jobs.scheduler.start(); console.log(jobs.scheduler.isRunning());", "b.js").Advance(6);
        Assert.Equal(["[a.js] false", "[b.js] true", "[a.js] tick"], bench.Lines);
    }

    [Theory]
    [InlineData("jobs.schedule('t', '* * *', function () {})", "Error: jobs.schedule: expected exactly 6 fields")]
    [InlineData("jobs.schedule('t', '* * * * * *', 5)", "TypeError: jobs.schedule: the third argument is not a function")]
    public void A_bad_call_throws(string call, string error)
    {
        var bench = new ScriptBench().Load($"try {{ {call}; }} catch (e) {{ console.log(String(e)); }}");
        Assert.StartsWith("[a.js] " + error, Assert.Single(bench.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_that_is_no_number_is_reported_and_means_no_limit()
    {
        var bench = new ScriptBench().Load("jobs.schedule('t', '* * * * * *', function () {}, 'many');");
        Assert.Equal("[a.js] ERROR The limit of the job \"t\" is not a number: many", bench.Lines[0]);
        Assert.Equal(0, bench.Host.Jobs[0].Limit);
    }

    [Fact]
    public void Removing_a_script_removes_its_jobs()
    {
        var bench = new ScriptBench().Load("jobs.schedule('a', '* * * * * *', function () {});").Load("jobs.schedule('b', '* * * * * *', function () {});", "b.js");
        Assert.True(bench.Host.Remove("a.js"));
        Assert.Equal("b", Assert.Single(bench.Host.Jobs).Tag);
    }
}
