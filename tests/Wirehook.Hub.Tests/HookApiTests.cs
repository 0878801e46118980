using System.Text.Json;
using Wirehook.EventHooks.Hooks;
using Wirehook.EventHooks.Running;

namespace Wirehook.Hub.Tests;

/// <summary>The operations on hooks, over HTTP through the socket.</summary>
public sealed class HookApiTests : IDisposable
{
    private readonly RunningApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public void A_registered_hook_is_listed_changed_and_removed()
    {
        var made = _api.Data("POST", "api/hooks", """{"name":"down","script":"/bin/true","condition":"message_type == 17","timeout_ms":5000,"async":true}""", status: 201);
        Assert.Equal(1, made.GetProperty("id").GetInt32());
        Assert.Equal(5000, made.GetProperty("timeout_ms").GetDouble());
        Assert.True(made.GetProperty("async").GetBoolean());
        Assert.False(made.GetProperty("from_configuration").GetBoolean());
        Assert.Equal("down", Assert.Single(_api.Data("GET", "api/hooks").EnumerateArray()).GetProperty("name").GetString());

        Assert.False(_api.Data("POST", "api/hooks/down/disable").GetProperty("enabled").GetBoolean());
        Assert.False(_api.Data("GET", "api/hooks/down").GetProperty("enabled").GetBoolean());
        Assert.True(_api.Data("POST", "api/hooks/down/enable").GetProperty("enabled").GetBoolean());

        _api.Data("DELETE", "api/hooks/down");
        Assert.Equal(0, _api.Data("GET", "api/hooks").GetArrayLength());
        Assert.Equal("NOT_FOUND", _api.Refusal(404, "DELETE", "api/hooks/down").Code);
    }

    [Theory]
    [InlineData("eth0/down")]
    [InlineData("../a b%c?d#e")]
    [InlineData("größe + 1")]
    public void Every_name_that_can_be_registered_can_be_addressed(string name)
    {
        _api.Data("POST", "api/hooks", JsonSerializer.Serialize(new { name, script = "true" }), status: 201);
        Assert.Equal(name, _api.Data("GET", "api/hooks/" + Uri.EscapeDataString(name)).GetProperty("name").GetString());
        Assert.Equal(0, Count(_api.Data("GET", $"api/hooks/{Uri.EscapeDataString(name)}/stats"), "executions"));
        _api.Data("DELETE", "api/hooks/" + Uri.EscapeDataString(name));
        Assert.Empty(_api.Hooks.List());
        Assert.Equal("INVALID_REQUEST", _api.Refusal(400, "POST", "api/hooks", """{"name":"..","script":"true"}""").Code);
    }

    [Fact]
    public void Refusals_say_what_is_wrong()
    {
        _api.Data("POST", "api/hooks", """{"name":"interface_down","script":"true"}""", status: 201);
        Assert.Contains("interface_down", _api.Refusal(404, "GET", "api/hooks/interface_dwon").Message, StringComparison.Ordinal);
        Assert.Equal("CONFLICT", _api.Refusal(409, "POST", "api/hooks", """{"name":"interface_down","script":"true"}""").Code);
        Assert.Contains("timeout_ms", _api.Refusal(400, "POST", "api/hooks", """{"name":"a","script":"true","timeout_sm":5}""").Message, StringComparison.Ordinal);
        Assert.Contains("script", _api.Refusal(400, "POST", "api/hooks", """{"name":"a"}""").Message, StringComparison.Ordinal);
        Assert.Contains("^", _api.Refusal(400, "POST", "api/hooks", """{"name":"a","script":"true","condition":"interfase == 'eth0'"}""").Message, StringComparison.Ordinal);
        foreach (var body in new[] { "", "[]", "{", "{\"name\":\"a\",\"name\":\"b\",\"script\":\"c\"}", "null", "\u0000", """{"name":"\ud800","script":"true"}""", """{"\udc00":1}""" })
            Assert.Equal("INVALID_REQUEST", _api.Refusal(400, "POST", "api/hooks", body).Code);
        Assert.Equal("INVALID_REQUEST", _api.Refusal(413, "POST", "api/hooks", "{\"name\":\"" + new string('a', 70_000) + "\"}").Code);
        Assert.Contains("last", _api.Refusal(400, "GET", "api/hooks/interface_down/history?lats=3").Message, StringComparison.Ordinal);
        Assert.Contains("whole number", _api.Refusal(400, "GET", "api/events?last=-1").Message, StringComparison.Ordinal);
        Assert.Contains("GET", _api.Refusal(405, "PUT", "api/hooks").Message, StringComparison.Ordinal);
        Assert.Contains("openapi", _api.Refusal(404, "GET", "api/nothing").Message, StringComparison.Ordinal);
        Assert.Single(_api.Hooks.List());
    }

    [Fact]
    public void Statistics_history_and_explanation_follow_the_events()
    {
        _api.Data("POST", "api/hooks", """{"name":"down","script":"/bin/true","condition":"interface == 'eth0' AND message_type == 16"}""", status: 201);
        _api.Hooks.Execute([RunningApi.LinkDown(1), RunningApi.LinkDown(2, "eth1")]);
        Assert.True(_api.Hooks.WaitIdle(TimeSpan.FromSeconds(20)));

        var statistics = _api.Data("GET", "api/hooks/down/stats");
        Assert.Equal((1, 1, 0, 0), (Count(statistics, "executions"), Count(statistics, "successes"), Count(statistics, "failures"), Count(statistics, "timeouts")));
        Assert.Equal(0, statistics.GetProperty("last_exit_code").GetInt32());
        foreach (var time in new[] { "min", "max", "average", "total" }) Assert.Equal(2, statistics.GetProperty(time + "_duration_ms").GetDouble());
        Assert.Equal(statistics.ToString(), _api.Data("GET", "api/hooks/stats")[0].ToString());

        var run = Assert.Single(_api.Data("GET", "api/hooks/down/history").EnumerateArray());
        Assert.Equal("done\n", run.GetProperty("output").GetString());
        Assert.Equal("eth0", run.GetProperty("event").GetProperty("interface").GetString());
        Assert.Equal(run.ToString(), _api.Data("GET", "api/executions/" + run.GetProperty("id").GetString()).ToString());
        Assert.Equal("NOT_FOUND", _api.Refusal(404, "GET", "api/executions/nothing").Code);

        var decisions = _api.Data("GET", "api/hooks/down/explain?last=10").EnumerateArray().ToArray();
        Assert.Equal(["fired", "condition_false"], decisions.Select(d => d.GetProperty("decision").GetString()));
        var clauses = decisions[1].GetProperty("clause").GetProperty("clauses").EnumerateArray().Select(c => c.GetProperty("result").GetString());
        Assert.Equal(["false", "true"], clauses);

        _api.Data("POST", "api/hooks/down/reset");
        Assert.Equal(0, Count(_api.Data("GET", "api/hooks/down/stats"), "executions"));
    }

    [Fact]
    public void A_test_runs_the_program_for_a_chosen_event_and_is_not_counted()
    {
        ProcessRequest? seen = null;
        _api.Program = request =>
        {
            seen = request;
            return new ProcessResult { Outcome = ProcessOutcome.Error, ExitCode = 3, Output = "no\n" };
        };
        _api.Events.Add(RunningApi.LinkDown(41));
        _api.Data("POST", "api/hooks", """{"name":"down","script":"/bin/false","enabled":false}""", status: 201);
        var run = _api.Data("POST", "api/hooks/down/test?sequence=41");
        Assert.Equal(("error", 3, true), (run.GetProperty("outcome").GetString(), run.GetProperty("exit_code").GetInt32(), run.GetProperty("test").GetBoolean()));
        Assert.Contains(KeyValuePair.Create("NLMON_SEQUENCE", "41"), seen!.Environment);
        Assert.Equal(0, Count(_api.Data("GET", "api/hooks/down/stats"), "executions"));
        Assert.Equal("NOT_FOUND", _api.Refusal(404, "POST", "api/hooks/down/test?sequence=42").Code);
    }

    [Fact]
    public void Requests_are_answered_while_programs_run()
    {
        using var release = new ManualResetEventSlim();
        using var running = new CountdownEvent(10);
        _api.Program = _ =>
        {
            running.Signal();
            release.Wait();
            return new ProcessResult { Outcome = ProcessOutcome.Success, ExitCode = 0 };
        };
        for (var i = 0; i < 10; i++) _api.Data("POST", "api/hooks", $$"""{"name":"h{{i}}","script":"true","async":true}""", status: 201);
        _api.Hooks.Execute(RunningApi.LinkDown(1));
        Assert.True(running.Wait(TimeSpan.FromSeconds(20)));

        Assert.Equal(10, _api.Data("GET", "api/health").GetProperty("running").GetInt32());
        Assert.Equal(1, Count(_api.Data("POST", "api/hooks/h3/disable").GetProperty("statistics"), "running"));
        Assert.Equal(10, _api.Data("GET", "api/hooks/stats").EnumerateArray().Sum(s => Count(s, "running")));
        release.Set();
        Assert.True(_api.Hooks.WaitIdle(TimeSpan.FromSeconds(20)));
        Assert.Equal(10, _api.Data("GET", "api/hooks/stats").EnumerateArray().Sum(s => Count(s, "successes")));
    }

    [Fact]
    public void Values_of_environment_variables_are_not_shown()
    {
        var made = _api.Data("POST", "api/hooks", """{"name":"secret","script":"true","environment":{"TOKEN":"hunter2"}}""", status: 201);
        Assert.Equal("TOKEN", Assert.Single(made.GetProperty("environment").EnumerateArray()).GetString());
        Assert.DoesNotContain("hunter2", _api.Data("GET", "api/hooks").ToString(), StringComparison.Ordinal);
    }

    private static int Count(JsonElement json, string property) => json.GetProperty(property).GetInt32();
}
