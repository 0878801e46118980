using Wirehook.EventHooks.Configuration;
using Wirehook.EventHooks.Hooks;

namespace Wirehook.EventHooks.Tests.Configuration;

public sealed class HookConfigurationTests
{
    [Fact]
    public void The_seeds_example_is_read_as_written()
    {
        var hook = Assert.Single(Read("""
            nlmon:
              integration:
                hooks:
                  - name: "interface_down_alert"
                    script: "/usr/local/bin/alert-interface-down.sh"
                    condition: "message_type == 17"  # RTM_DELLINK
                    timeout_ms: 5000
                    enabled: true
                    async: true
            """).Hooks);
        Assert.Equal(
            new HookDefinition
            {
                Name = "interface_down_alert",
                Script = "/usr/local/bin/alert-interface-down.sh",
                Condition = "message_type == 17",
                Timeout = TimeSpan.FromSeconds(5),
                Async = true,
            },
            hook);
    }

    [Fact]
    public void The_seeds_defaults_hold()
    {
        var hook = Assert.Single(Hooks("- {name: a, script: ls}").Hooks);
        Assert.Equal(("", TimeSpan.FromSeconds(30), true, false), (hook.Condition, hook.Timeout, hook.Enabled, hook.Async));
        Assert.Equal(TimeSpan.FromSeconds(30), Hooks("- {name: a, script: ls, timeout_ms: 0}").Hooks[0].Timeout);
        Assert.Empty(Read("").Hooks);
        Assert.Empty(Read("nlmon:\n  integration:\n    hooks:\n").Hooks);
    }

    [Theory]
    [InlineData("message_type == 17")]
    [InlineData("interface =~ 'veth.*'")]
    [InlineData("interface == 'eth0'")]
    [InlineData("(interface =~ 'veth.*' AND message_type == 16) OR event_type == 1")]
    [InlineData("message_type IN [16, 17, 20, 21]")]
    [InlineData("interface == 'eth0' AND message_type == 17")]
    [InlineData("")]
    public void The_seeds_conditions_are_accepted(string condition)
    {
        Assert.Equal(condition, Hooks($"- {{name: a, script: ls, condition: \"{condition}\"}}").Hooks[0].Condition);
    }

    [Fact]
    public void The_second_schema_is_accepted()
    {
        var result = Parse(
            """
            nlmon:
              integration:
                hooks:
                  - name: link
                    events: ["RTM_NEWLINK", "RTM_DELLINK"]
                    script: /opt/link.sh
                    timeout: 10s
                    environment:
                      URL: "https://${HOST}/${PATHNAME:-events}"
                      PORT: 8080
                      EMPTY: "${UNSET}"
                      PLAIN: "$HOME costs $5 ${"
            """,
            name => name == "HOST" ? "example.com" : null);
        Assert.Empty(result.Errors);
        var hook = result.Configuration!.Hooks[0];
        Assert.Equal(["RTM_NEWLINK", "RTM_DELLINK"], hook.Events);
        Assert.Equal(TimeSpan.FromSeconds(10), hook.Timeout);
        Assert.Equal(
            ["URL=https://example.com/events", "PORT=8080", "EMPTY=", "PLAIN=$HOME costs $5 ${"],
            hook.Environment.Select(v => $"{v.Key}={v.Value}"));
        Assert.Equal("test.yaml:11:18: the variable UNSET is not set; EMPTY gets nothing in its place.", Assert.Single(result.Warnings).ToString());
    }

    [Fact]
    public void Every_further_key_is_read()
    {
        var hook = Assert.Single(Hooks(
            """
            - name: all
              script: notify
              on: network_event
              events: [link.down, addr.added]
              capture_output: false
              shell: true
              args: [one, "two words", 3]
              user: nobody
              async: true
              max_parallel: 2
              debounce: 1m30s
              coalesce: true
              on_overflow: drop_newest
              queue: 7
              retry: {count: 3, delay: 250ms}
              run_at_start: true
              term_grace: 2s
              enabled: false
            """).Hooks);
        Assert.Equal(
            new HookDefinition
            {
                Name = "all",
                Script = "notify",
                Events = ["link.down", "addr.added"],
                CaptureOutput = false,
                Shell = true,
                Arguments = ["one", "two words", "3"],
                User = "nobody",
                Async = true,
                MaxParallel = 2,
                Debounce = TimeSpan.FromSeconds(90),
                Coalesce = true,
                OnOverflow = OverflowPolicy.DropNewest,
                Queue = 7,
                Retries = 3,
                RetryDelay = TimeSpan.FromMilliseconds(250),
                RunAtStart = true,
                TermGrace = TimeSpan.FromSeconds(2),
                Enabled = false,
            },
            hook);
        Assert.Equal((4, TimeSpan.FromSeconds(1)), (Hooks("- {name: a, script: b, retry: 4}").Hooks[0].Retries, Hooks("- {name: a, script: b, retry: 4}").Hooks[0].RetryDelay));
    }

    [Fact]
    public void Limits_are_read_and_their_policy_is_every_hooks_default()
    {
        var configuration = Read("""
            nlmon:
              integration:
                hook_limits: {max_concurrent: 3, queue: 20, overflow: coalesce, history: 5}
                hooks:
                  - {name: a, script: x}
                  - {name: b, script: x, on_overflow: block}
            """);
        Assert.Equal(new HookLimits { MaxConcurrent = 3, Queue = 20, Overflow = OverflowPolicy.Coalesce, History = 5 }, configuration.Limits);
        Assert.Equal([OverflowPolicy.Coalesce, OverflowPolicy.Block], configuration.Hooks.Select(h => h.OnOverflow));
    }

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("10s", 10_000)]
    [InlineData("1m30s", 90_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("1.5s", 1_500)]
    [InlineData("0", 0)]
    public void Times_have_units(string text, double milliseconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("s")]
    [InlineData("10 s")]
    [InlineData("-5s")]
    [InlineData("30s1m")]
    [InlineData("1s1s")]
    [InlineData("99999999999d")]
    [InlineData("1..5s")]
    public void Other_times_are_refused(string text)
    {
        Assert.False(Duration.TryParse(text, out _));
    }

    private static HookConfiguration Hooks(string list) => Read("nlmon:\n  integration:\n    hooks:\n" + string.Join('\n', list.Split('\n').Select(l => "      " + l)));

    private static HookConfiguration Read(string yaml)
    {
        var result = Parse(yaml, _ => null);
        Assert.Empty(result.Errors);
        return result.Configuration!;
    }

    private static HookConfigurationResult Parse(string yaml, Func<string, string?> variable) => HookConfigurationFile.Parse("test.yaml", yaml, variable);
}
