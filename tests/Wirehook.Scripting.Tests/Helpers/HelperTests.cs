namespace Wirehook.Scripting.Tests.Helpers;

public class HelperTests
{
    [Theory]
    [InlineData("console.log()", "")]
    [InlineData("console.log('a', 1, true, null, undefined)", "a 1 true null undefined")]
    [InlineData("console.log({a: 1, b: [1, 'x']}, [1, [2]])", "{\"a\":1,\"b\":[1,\"x\"]} [1,[2]]")]
    [InlineData("console.log(new Error('e'), /x/g)", "Error: e /x/g")]
    [InlineData("console.log({toString: function () { return 'own'; }})", "own")]
    [InlineData("var o = {}; o.self = o; console.log(o)", "[object Object]")]
    [InlineData("console.log(1e21, -0, 0.1)", "1e+21 0 0.1")]
    [InlineData("JSON.stringify = null; console.log({a: 1})", "{\"a\":1}")]
    public void Console_joins_values_by_a_space(string code, string text) =>
        Assert.Equal("[a.js] " + text + "\n", new ScriptBench().Load(code).Transcript.Text);

    [Fact]
    public void Console_knows_errors_and_clearing() =>
        Assert.Equal("[a.js] ERROR bad 1\n[a.js] CLEAR\n", new ScriptBench().Load("console.error('bad', 1); console.clear();").Transcript.Text);

    [Fact]
    public void Env_reads_what_is_set_and_undefined_otherwise() =>
        Assert.Equal(["[a.js] x undefined"], new ScriptBench(null, ("A", "x")).Load("console.log(env.A, env.B);").Lines);

    [Fact]
    public void Marks_items()
    {
        var bench = new ScriptBench().Load("""
            function onItemCaptured(data) {
              if (data.response.status < 400) console.log(test.pass(data) === data, data.passed, data.failed);
              else { data.note = 1; test.fail(data); console.log(data.passed, data.failed, JSON.stringify(data).indexOf('"failed":true') > 0); }
            }
            """);
        var (good, bad) = (TrafficItems.Http(), TrafficItems.Http(status: 500));
        bench.Item(1, good).Item(2, bad);
        Assert.Equal((true, false, false, true), (good.Passed, good.Failed, bad.Passed, bad.Failed));
        Assert.Equal(["[a.js] test.pass " + good.Id, "[a.js] true true false", "[a.js] test.fail " + bad.Id, "[a.js] false true true"], bench.Lines);
    }

    [Fact]
    public void Marks_any_object_and_refuses_other_values() =>
        Assert.Equal(
            ["[a.js] {\"passed\":true}", "[a.js] TypeError: test.fail: the argument is not an object"],
            new ScriptBench().Load("console.log(test.pass({})); try { test.fail(1); } catch (e) { console.log(String(e)); }").Lines);

    [Fact]
    public void Timers_run_on_packet_time()
    {
        var bench = new ScriptBench().Load("""
            setTimeout(function (a) { console.log('once', a, Date.now() % 60000); }, 1500, 'x');
            var ticks = 0;
            var id = setInterval(function () { ticks++; console.log('tick'); if (ticks === 2) clearInterval(id); }, 1000);
            clearTimeout(setTimeout(function () { console.log('never'); }, 10));
            """);
        bench.Advance(10);
        Assert.Equal(["[a.js] tick", "[a.js] once x 31500", "[a.js] tick"], bench.Lines);
    }

    [Fact]
    public void Helpers_do_not_show_in_the_enumeration_of_the_global_object() =>
        Assert.Equal(["[a.js] mine"], new ScriptBench().Load("this.mine = 1; for (var name in this) console.log(name);").Lines);

    [Fact]
    public void Dates_and_random_numbers_are_the_same_in_every_run()
    {
        const string Code = "console.log(new Date().toISOString(), Math.random(), Math.random());";
        var first = new ScriptBench().Load(Code).Lines;
        Assert.StartsWith("[a.js] 2023-03-01T02:11:30.000Z 0.", first[0], StringComparison.Ordinal);
        Assert.Equal(first, new ScriptBench().Load(Code).Lines);
    }

    [Theory]
    [InlineData("console.log", 0)]
    [InlineData("jobs.schedule", 3)]
    [InlineData("jobs.scheduler.stop", 0)]
    [InlineData("test.pass", 1)]
    [InlineData("setTimeout", 1)]
    public void Helpers_say_how_many_values_they_need(string helper, int length) =>
        Assert.Equal(["[a.js] " + length], new ScriptBench().Load($"console.log({helper}.length);").Lines);

    [Theory]
    [InlineData("setTimeout(function () {}, 1000)", "Error: there are 10000 timers already")]
    [InlineData("jobs.schedule('job ' + i, '0 0 0 1 1 *', function () {})", "Error: jobs.schedule: there are 1000 jobs already")]
    public void Jobs_and_timers_are_bounded(string call, string error)
    {
        var bench = new ScriptBench().Load($"try {{ for (var i = 0; i < 20000; i++) {call}; }} catch (e) {{ console.log(String(e)); }}");
        Assert.Equal(["[a.js] " + error], bench.Lines);
    }
}
