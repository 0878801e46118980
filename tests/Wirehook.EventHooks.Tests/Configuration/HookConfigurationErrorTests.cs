using Wirehook.EventHooks.Configuration;

namespace Wirehook.EventHooks.Tests.Configuration;

public sealed class HookConfigurationErrorTests
{
    [Theory]
    [InlineData("- script: a", "4:9: this hook has no name.")]
    [InlineData("- name: a", "4:9: this hook has no script.")]
    [InlineData("- a", "4:9: a hook takes keys with values, at least name and script.")]
    [InlineData("- {name: a, script: b, tiemout: 5s}", "4:30: a hook has no key tiemout. Did you mean timeout?")]
    [InlineData("- {name: a, script: b, timeout: 10}", "4:39: timeout takes a time with its unit, such as 500ms, 10s or 1m30s, not \"10\". Write 10s for seconds or 10ms for milliseconds.")]
    [InlineData("- {name: a, script: b, timeout_ms: 5s}", "4:42: timeout_ms takes a whole number from 0 to 86400000, not \"5s\".")]
    [InlineData("- {name: a, script: b, timeout: 5s, timeout_ms: 5}", "4:39: a hook takes timeout or timeout_ms, not both.")]
    [InlineData("- {name: a, script: b, timeout: 0}", "4:39: timeout takes a time of more than 0 and up to 24 hours.")]
    [InlineData("- {name: a, script: b, enabled: yes}", "4:39: enabled takes true or false, not \"yes\".")]
    [InlineData("- {name: a, script: b, events: RTM_NEWLINK}", "4:38: events takes a list, such as [\"one\", \"two\"].")]
    [InlineData("- {name: a, script: b, events: [link.up, link.dwn]}", "4:48: there is no message type or event named link.dwn. Did you mean link.down?")]
    [InlineData("- {name: a, script: b, on_overflow: drop}", "4:43: on_overflow takes drop_oldest, drop_newest, coalesce, block, not \"drop\".")]
    [InlineData("- {name: a, script: b, on: item}", "4:34: hooks on items are not available in this version; write network_event.")]
    [InlineData("- {name: a, script: b, queue: 0}", "4:37: queue takes a whole number from 1 to 1000000, not \"0\".")]
    [InlineData("- {name: a, script: b, retry: {delay: 5s}}", "4:37: retry takes count, and delay where it is not to be 1s.")]
    [InlineData("- {name: a, script: b, retry: {count: 5, dely: 5s}}", "4:48: retry has no key dely. Did you mean delay?")]
    [InlineData("- {name: a, script: b, environment: {NLMON_X: y}}", "4:44: NLMON_X: names that begin with NLMON_ belong to the event.")]
    [InlineData("- {name: a, script: b, environment: [x]}", "4:43: environment takes names with values: one \"NAME: value\" per line.")]
    [InlineData("- {name: a, script: [b]}", "4:27: script takes a single value here.")]
    [InlineData("- {name: .., script: b}", "4:16: name takes a name, not ..")]
    [InlineData("- {name: \"\", script: b}", "4:16: name takes 1 to 128 characters without control characters.")]
    [InlineData("- {name: a, script: b}\n      - {name: a, script: c}", "5:16: there is already a hook named a, at line 4.")]
    public void Errors_name_place_and_remedy(string hook, string message)
    {
        Assert.Equal("f.yaml:" + message, Assert.Single(Parse("nlmon:\n  integration:\n    hooks:\n      " + hook + "\n").Errors).ToString());
    }

    [Theory]
    [InlineData("hooks: {name: a}", "3:12: hooks takes a list: one \"- name: …\" per hook.")]
    [InlineData("hook_limits: {max_concurent: 5}", "3:19: hook_limits has no key max_concurent. Did you mean max_concurrent?")]
    [InlineData("hook_limits: {max_concurrent: 0}", "3:35: max_concurrent takes a whole number from 1 to 1000, not \"0\".")]
    [InlineData("hook_limits: 5", "3:18: hook_limits holds further keys: max_concurrent, queue, overflow, history.")]
    public void Sections_are_checked_too(string section, string message)
    {
        Assert.Equal("f.yaml:" + message, Assert.Single(Parse("nlmon:\n  integration:\n    " + section + "\n").Errors).ToString());
    }

    [Theory]
    [InlineData("condition: intrface == 'x'", 5, 20)]
    [InlineData("condition: \"intrface == 'x'\"", 5, 21)]
    [InlineData("condition: 'mtu == 1 AND intrface == ''x'''", 5, 34)]
    [InlineData("condition: 'interface == ''x'' AND intrface == ''y'''", 5, 44)]
    [InlineData("condition: \"interface == \\\"x\\\" AND intrface == 'y'\"", 5, 44)]
    [InlineData("condition: |\n          interface == 'x'\n          AND intrface == 'y'", 7, 15)]
    [InlineData("condition: >\n          interface == 'x'\n          AND intrface == 'y'", 7, 15)]
    [InlineData("condition: >-\n\n          interface == 'x' AND\n\n            intrface == 'y'", 9, 13)]
    [InlineData("condition: |2\n\n          interface == 'x'\n\n            AND intrface == 'y'", 9, 17)]
    [InlineData("condition: \"interface == 'x' AND\n          intrface == 'y'\"", 6, 11)]
    [InlineData("condition: \"interface == 'x' AND \\\n          intrface == 'y'\"", 6, 11)]
    [InlineData("condition: 'interface == ''x'' AND\n          intrface == ''y'''", 6, 11)]
    [InlineData("condition: interface == 'x'\n          AND intrface == 'y'", 6, 15)]
    [InlineData("condition: \"interface == '\\u00e4\\x20' AND intrface == 'y'\"", 5, 51)]
    public void Errors_in_conditions_name_their_place_in_the_file(string condition, int line, int column)
    {
        var error = Assert.Single(Parse("nlmon:\n  integration:\n    hooks:\n      - {name: a, script: b}\n".Replace("{name: a, script: b}", "name: a", StringComparison.Ordinal)
            + "        " + condition + "\n        script: b\n").Errors);
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Contains("Did you mean interface?", error.Message, StringComparison.Ordinal);
        var excerpt = error.Excerpt.Split('\n');
        Assert.Equal("intrface".Length, excerpt[^1].Count(c => c == '^'));
        Assert.Equal("intrface", excerpt[0].Substring(excerpt[^1].IndexOf('^', StringComparison.Ordinal), 8));
    }

    [Fact]
    public void However_a_condition_is_written_its_error_points_at_the_word()
    {
        var random = new Random(5);
        string[] parts = ["interface == 'eth0'", "interface == \"x\"", "mtu > 5", "NOT mtu == 1", "interface =~ '^e\\\\d'", "(mtu < 9)", "message_type IN [16, 17]"];
        for (var i = 0; i < 500; i++)
        {
            var clauses = Enumerable.Range(0, random.Next(4)).Select(_ => parts[random.Next(parts.Length)]).Append("intrface == 'x'").ToArray();
            random.Shuffle(clauses);
            var condition = string.Join(" AND ", clauses);
            var written = random.Next(6) switch
            {
                0 => "'" + condition.Replace("'", "''", StringComparison.Ordinal) + "'",
                1 => "\"" + condition.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"",
                2 => "|\n          " + condition.Replace(" AND ", "\n          AND ", StringComparison.Ordinal),
                3 => ">\n          " + condition.Replace(" AND ", "\n          AND ", StringComparison.Ordinal),
                4 => "'" + condition.Replace("'", "''", StringComparison.Ordinal).Replace(" AND ", "\n          AND ", StringComparison.Ordinal) + "'",
                _ => condition,
            };
            var yaml = $"nlmon:\n  integration:\n    hooks:\n      - name: a\n        script: b\n        condition: {written}\n";
            var error = Assert.Single(Parse(yaml).Errors);
            Assert.StartsWith("intrface", yaml.Split('\n')[error.Line - 1][(int)(error.Column - 1)..], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_condition_that_ends_too_early_is_marked_behind_its_last_word()
    {
        var error = Assert.Single(Parse("nlmon:\n  integration:\n    hooks:\n      - name: a\n        script: b\n        condition: >-\n          interface == 'x'\n          AND\n").Errors);
        Assert.Equal((8, 14), (error.Line, error.Column));
    }

    [Fact]
    public void All_errors_are_reported_at_once()
    {
        var result = Parse("nlmon:\n  integration:\n    hooks:\n      - {name: a, script: b, x: 1, async: 2}\n      - {name: b}\n      - {name: c, script: d, condition: mtu}\n");
        Assert.Equal([4, 4, 5, 6], result.Errors.Select(e => e.Line));
        Assert.Null(result.Configuration);
    }

    [Fact]
    public void What_only_looks_wrong_is_a_warning()
    {
        var result = Parse("nlmon:\n  integration:\n    hooks:\n      - {name: a, script: b, max_parallel: 2}\n");
        Assert.Equal("f.yaml:4:44: max_parallel has no effect without async: true.", Assert.Single(result.Warnings).ToString());
        Assert.True(result.Succeeded);
    }

    [Fact]
    public void What_is_no_yaml_is_refused_with_its_place()
    {
        Assert.StartsWith("f.yaml:2:", Assert.Single(Parse("nlmon: [\n").Errors).ToString(), StringComparison.Ordinal);
        Assert.StartsWith("/no/such/file.yaml: ", Assert.Single(HookConfigurationFile.Load("/no/such/file.yaml").Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_text_is_refused_not_crashed_on()
    {
        var random = new Random(11);
        const string Seed = "nlmon:\n  integration:\n    hooks:\n      - name: a\n        script: b\n        condition: \"mtu > 5\"\n        retry: {count: 3, delay: 5s}\n"
            + "        environment: {A: \"${B:-c}\"}\n        args: [x, y]\n    hook_limits:\n      queue: 5\n";
        for (var i = 0; i < 5_000; i++)
        {
            var text = Seed.ToCharArray();
            for (var change = random.Next(1, 6); change > 0; change--) text[random.Next(text.Length)] = (char)random.Next(1, 127);
            var result = Parse(new string(text));
            Assert.Equal(result.Errors.Count == 0, result.Succeeded);
        }
    }

    private static HookConfigurationResult Parse(string yaml) => HookConfigurationFile.Parse("f.yaml", yaml, _ => null);
}
