using Wirehook.Worker.Configuration;

namespace Wirehook.Worker.Tests.Configuration;

public sealed class WorkerConfigurationTests
{
    private static WorkerConfiguration Build(string? yaml = null, string[]? overrides = null, string[]? env = null, Dictionary<string, string>? variables = null) =>
        WorkerConfiguration.Build(yaml is null ? null : ("wirehook.yaml", yaml), variables ?? [], overrides ?? [], env ?? []);

    [Fact]
    public void The_seeds_own_example_is_read_as_written()
    {
        var configuration = Build("""
            scripting:
              env:
                SLACK_AUTH_TOKEN: "xo.."
                INFLUXDB_BUCKET: "al.."
            """);
        Assert.Equal("xo..", configuration.Map("scripting.env")["SLACK_AUTH_TOKEN"]);
        Assert.Equal("al..", configuration.Map("scripting.env")["INFLUXDB_BUCKET"]);
        Assert.Equal(2, configuration.Map("scripting.env").Count);
    }

    [Fact]
    public void Later_sources_win()
    {
        var configuration = Build(
            "flows:\n  limit: 10\ndissection:\n  bodyLimit: 20\n",
            overrides: ["flows.limit=30"],
            variables: new() { ["WIREHOOK_FLOWS_LIMIT"] = "25", ["WIREHOOK_DISSECTION_BODYLIMIT"] = "26" });
        Assert.Equal(30, configuration.Number("flows.limit"));
        Assert.Equal(26, configuration.Number("dissection.bodyLimit"));
        Assert.Equal(64, configuration.Number("capture.ringMb"));
    }

    [Fact]
    public void Env_arguments_and_set_both_reach_the_scripts_variables()
    {
        var configuration = Build(overrides: ["scripting.env.A=1"], env: ["B=two=2"]);
        Assert.Equal("1", configuration.Map("scripting.env")["A"]);
        Assert.Equal("two=2", configuration.Map("scripting.env")["B"]);
    }

    [Theory]
    [InlineData("scriptin:\n  env: {}\n", "wirehook.yaml:1:1: there is no setting scriptin. Did you mean scripting?")]
    [InlineData("scripting:\n  envv:\n    A: b\n", "wirehook.yaml:2:3: there is no setting scripting.envv. Did you mean env?")]
    [InlineData("flows:\n  limit: many\n", "wirehook.yaml:2:10: flows.limit takes a whole number from 0 to 2147483647, not \"many\".")]
    [InlineData("flows:\n  limit: -1\n", "wirehook.yaml:2:10: flows.limit takes a whole number from 0 to 2147483647, not \"-1\".")]
    [InlineData("scripting:\n  sources: here\n", "wirehook.yaml:2:12: scripting.sources takes a list: one \"- value\" per line.")]
    [InlineData("scripting:\n  enabled: yes\n", "wirehook.yaml:2:12: scripting.enabled takes true or false, not \"yes\".")]
    [InlineData("scripting: [1, 2]\n", "wirehook.yaml:1:12: scripting holds further keys: enabled, env, source, sources, watchScripts, budget.")]
    public void Errors_name_place_and_remedy(string yaml, string message)
    {
        Assert.Equal(message, Assert.Throws<ConfigurationException>(() => Build(yaml)).Message);
    }

    [Fact]
    public void What_is_no_yaml_is_refused_with_its_place()
    {
        var error = Assert.Throws<ConfigurationException>(() => Build("scripting:\n  env: [\n"));
        Assert.StartsWith("wirehook.yaml:", error.Message, StringComparison.Ordinal);
        Assert.Contains("not YAML", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flows.limt=3", "--set flows.limt: there is no such setting. Did you mean flows.limit?")]
    [InlineData("flows.limit", "--set takes key=value, not \"flows.limit\".")]
    [InlineData("scripting.env=1", "--set scripting.env: scripting.env holds names with values; write scripting.env.NAME=value.")]
    public void Overrides_are_as_strict_as_the_file(string assignment, string message)
    {
        Assert.Equal(message, Assert.Throws<ConfigurationException>(() => Build(overrides: [assignment])).Message);
    }

    [Fact]
    public void Hostile_text_is_refused_not_crashed_on()
    {
        var random = new Random(7);
        const string seed = "scripting:\n  env:\n    A: b\n  sources:\n    - x\nflows:\n  limit: 5\n";
        for (var i = 0; i < 5_000; i++)
        {
            var text = seed.ToCharArray();
            for (var change = random.Next(1, 6); change > 0; change--) text[random.Next(text.Length)] = (char)random.Next(1, 127);
            try
            {
                _ = Build(new string(text));
            }
            catch (ConfigurationException)
            {
                // The one way in which a configuration is allowed to fail.
            }
        }
    }
}
