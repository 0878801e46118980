using Wirehook.Worker.Configuration;

namespace Wirehook.Worker.Tests.Configuration;

public sealed class EventHookSettingsTests
{
    private static WorkerConfiguration Build(string yaml, params string[] overrides) => WorkerConfiguration.Build(("wirehook.yaml", yaml), [], overrides, []);

    [Fact]
    public void The_seeds_hooks_are_part_of_the_one_file()
    {
        var configuration = Build("""
            flows:
              limit: 5
            nlmon:
              monitoring:
                namespaces:
                  enabled: true
              netlink:
                buffer_size:
                  receive: 64KB
              integration:
                hooks:
                  - name: "interface_down_alert"
                    script: "/usr/local/bin/alert-interface-down.sh"
                    condition: "message_type == 17"  # RTM_DELLINK
                    timeout_ms: 5000
                    enabled: true
                    async: true
                hook_limits: {max_concurrent: 3}
            """);
        Assert.Equal((5, true, 65_536), (configuration.Number("flows.limit"), configuration.Flag("nlmon.monitoring.namespaces.enabled"), configuration.Size("nlmon.netlink.buffer_size.receive")));
        var hooks = configuration.ReadEventHooks(_ => null);
        Assert.Empty(hooks.Errors);
        Assert.Equal("interface_down_alert", Assert.Single(hooks.Configuration!.Hooks).Name);
        Assert.Equal(3, hooks.Configuration.Limits.MaxConcurrent);
    }

    [Fact]
    public void Without_hooks_there_are_none()
    {
        Assert.Empty(Build("flows:\n  limit: 5\n").ReadEventHooks(_ => null).Configuration!.Hooks);
        Assert.Equal(16 << 20, Build("").Size("nlmon.netlink.buffer_size.receive"));
    }

    [Fact]
    public void Errors_in_hooks_name_their_place_in_the_file()
    {
        var hooks = Build("nlmon:\n  integration:\n    hooks:\n      - name: a\n        script: /bin/true\n        tmeout: 5s\n").ReadEventHooks(_ => null);
        Assert.Equal("wirehook.yaml:6:9: a hook has no key tmeout. Did you mean timeout?", Assert.Single(hooks.Errors).ToString());
    }

    [Theory]
    [InlineData("nlmon:\n  integration:\n    hook: []\n", "wirehook.yaml:3:5: there is no setting nlmon.integration.hook. Did you mean hooks?")]
    [InlineData("nlmon:\n  web:\n    port: 8080\n", "wirehook.yaml:2:3: there is no setting nlmon.web.")]
    [InlineData(
        "nlmon:\n  netlink:\n    buffer_size:\n      receive: 5 apples\n",
        "wirehook.yaml:4:16: nlmon.netlink.buffer_size.receive takes a number of bytes up to 1GB, such as 65536, 64KB or 16MB, not \"5 apples\".")]
    public void Keys_beside_them_are_as_strict_as_everywhere(string yaml, string message)
    {
        Assert.StartsWith(message, Assert.Throws<ConfigurationException>(() => Build(yaml)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hooks_cannot_be_set_on_the_command_line()
    {
        Assert.Equal(
            "--set nlmon.integration.hooks: nlmon.integration.hooks is a section; write it into the file.",
            Assert.Throws<ConfigurationException>(() => Build("", "nlmon.integration.hooks=x")).Message);
    }
}
