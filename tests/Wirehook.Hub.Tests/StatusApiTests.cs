using System.Text.Json;
using Wirehook.EventHooks.Hooks;
using Wirehook.Netlink.Monitor;

namespace Wirehook.Hub.Tests;

/// <summary>The operations on the program as a whole.</summary>
public sealed class StatusApiTests : IDisposable
{
    private readonly RunningApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public void Health_limits_and_monitor_tell_what_runs()
    {
        var health = _api.Data("GET", "api/health");
        Assert.True(health.GetProperty("healthy").GetBoolean());
        Assert.Equal(Environment.ProcessId, health.GetProperty("pid").GetInt32());
        Assert.Equal(10, _api.Data("GET", "api/limits").GetProperty("limits").GetProperty("max_concurrent").GetInt32());
        Assert.Equal("NOT_FOUND", _api.Refusal(404, "GET", "api/monitor").Code);

        _api.Monitor = new MonitorStatus { Namespaces = [new NamespaceStatus("default", -1, [new SocketStatus(0, [1, 5], 33_554_432, ["ct"])])], Overruns = 3, Notes = ["No conntrack."] };
        var socket = _api.Data("GET", "api/monitor").GetProperty("namespaces")[0].GetProperty("sockets")[0];
        Assert.Equal(33_554_432, socket.GetProperty("receive_buffer_bytes").GetInt32());
        health = _api.Data("GET", "api/health");
        Assert.False(health.GetProperty("healthy").GetBoolean());
        Assert.Equal(3, health.GetProperty("overruns").GetInt32());
        Assert.Equal("No conntrack.", health.GetProperty("notes")[0].GetString());
    }

    [Fact]
    public void Events_are_their_json()
    {
        for (var i = 1; i <= 5; i++) _api.Events.Add(RunningApi.LinkDown(i));
        var events = _api.Data("GET", "api/events?last=2").EnumerateArray().ToArray();
        Assert.Equal([4, 5], events.Select(e => e.GetProperty("sequence").GetInt32()));
        Assert.Equal("link.down", events[0].GetProperty("event").GetString());
    }

    [Fact]
    public void Conditions_are_checked_with_the_place_that_is_wrong()
    {
        var good = _api.Data("POST", "api/conditions/validate", """{"condition":"message_type IN [16, 17]"}""");
        Assert.True(good.GetProperty("valid").GetBoolean());
        Assert.Equal(JsonValueKind.Null, good.GetProperty("error").ValueKind);
        Assert.NotEqual("", good.GetProperty("canonical").GetString());

        var bad = _api.Data("POST", "api/conditions/validate", """{"condition":"interfase == 'eth0'"}""");
        Assert.False(bad.GetProperty("valid").GetBoolean());
        var error = bad.GetProperty("error");
        Assert.Equal((1, 1, 9), (error.GetProperty("line").GetInt32(), error.GetProperty("column").GetInt32(), error.GetProperty("length").GetInt32()));
        Assert.Contains("interface", error.GetProperty("message").GetString(), StringComparison.Ordinal);

        Assert.Contains("condition", _api.Refusal(400, "POST", "api/conditions/validate", """{"expression":"x"}""").Message, StringComparison.Ordinal);
        _api.Refusal(400, "POST", "api/conditions/validate");
    }

    [Fact]
    public void A_reload_answers_with_what_changed_or_why_nothing_did()
    {
        _api.NextReload = new HookReload { Added = ["a"], Unchanged = ["b", "c"] };
        var reload = _api.Data("POST", "api/reload");
        Assert.Equal("a", reload.GetProperty("added")[0].GetString());
        Assert.Equal(2, reload.GetProperty("unchanged").GetArrayLength());
        _api.NextReload = new HookReload { Errors = ["hooks.yaml:3:5: first", "hooks.yaml:4:5: second"] };
        Assert.Equal("hooks.yaml:3:5: first\nhooks.yaml:4:5: second", _api.Refusal(400, "POST", "api/reload").Message);
    }

    [Fact]
    public void The_document_describes_every_operation_with_its_answer()
    {
        var (status, document) = _api.Send("GET", "api/openapi.json");
        Assert.Equal(200, status);
        Assert.Equal("3.1.0", document.GetProperty("openapi").GetString());
        var operations = 0;
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                operations++;
                Assert.NotEqual("", operation.Value.GetProperty("summary").GetString());
                Assert.Equal(path.Name.Count(c => c == '{'), operation.Value.GetProperty("parameters").EnumerateArray().Count(p => p.GetProperty("in").GetString() == "path"));
                Assert.True(operation.Value.GetProperty("responses").TryGetProperty("2XX", out _));
            }
        }

        Assert.True(operations >= 20, $"{operations} operations");
        var hook = document.GetProperty("paths").GetProperty("/api/hooks/{name}").GetProperty("get").GetProperty("responses").GetProperty("2XX")
            .GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("properties").GetProperty("data").GetProperty("properties");
        Assert.True(hook.TryGetProperty("timeout_ms", out _));
    }
}
