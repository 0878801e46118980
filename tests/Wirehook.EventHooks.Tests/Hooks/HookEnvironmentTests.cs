using System.Text;
using Wirehook.EventHooks.Hooks;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Tests.Hooks;

public sealed class HookEnvironmentTests
{
    private static readonly string[] SeedVariables = ["NLMON_TIMESTAMP", "NLMON_SEQUENCE", "NLMON_EVENT_TYPE", "NLMON_MESSAGE_TYPE", "NLMON_INTERFACE", "PATH"];

    [Fact]
    public void The_seeds_variables_are_exact()
    {
        var variables = Build(Sample.Hook(), Sample.Event(12345, "eth0", milliseconds: 7.9));
        Assert.Equal(["1767225600007", "12345", "16", "16", "eth0", "/usr/local/bin:/usr/bin:/bin"], SeedVariables.Select(v => variables[v]));
    }

    [Fact]
    public void Variables_without_a_value_are_left_out()
    {
        var variables = Build(Sample.Hook("alert"), Sample.Event(1, "", 0));
        Assert.Equal(
            ["NLMON_EVENT_JSON", "NLMON_EVENT_NAME", "NLMON_EVENT_TYPE", "NLMON_EXECUTION_ID", "NLMON_HOOK_ID", "NLMON_HOOK_NAME", "NLMON_MESSAGE_NAME", "NLMON_MESSAGE_TYPE",
                "NLMON_NAMESPACE", "NLMON_SEQUENCE", "NLMON_TIMESTAMP", "PATH"],
            variables.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("alert", "3", "run-1", "link.up", "RTM_NEWLINK", "default"), (
            variables["NLMON_HOOK_NAME"], variables["NLMON_HOOK_ID"], variables["NLMON_EXECUTION_ID"], variables["NLMON_EVENT_NAME"], variables["NLMON_MESSAGE_NAME"],
            variables["NLMON_NAMESPACE"]));
    }

    [Fact]
    public void A_hooks_own_variables_come_last_and_may_replace_the_path()
    {
        var variables = Build(Sample.Hook() with { Environment = new Dictionary<string, string> { ["PATH"] = "/opt/bin", ["TOKEN"] = "a\nb\0c" } }, Sample.Event(1));
        Assert.Equal(("/opt/bin", "abc"), (variables["PATH"], variables["TOKEN"]));
    }

    [Fact]
    public void Names_that_somebody_else_chose_cannot_forge_lines()
    {
        Assert.Equal("eth0root:x", Build(Sample.Hook(), Sample.Event(1, "eth0\nroot:\r\0x"))["NLMON_INTERFACE"]);
    }

    [Fact]
    public void An_event_too_long_for_the_environment_is_only_on_standard_input()
    {
        Assert.DoesNotContain(HookEnvironment.Build(Sample.Hook(), 1, Sample.Event(1), "x", new byte[HookEnvironment.LongestJson + 1]), v => v.Key == "NLMON_EVENT_JSON");
    }

    [Fact]
    public void Every_field_that_a_variable_comes_from_exists()
    {
        foreach (var (variable, field) in HookEnvironment.Fields) Assert.True(EventSchema.Find(field) is not null, $"{variable} comes from {field}, which is no field");
    }

    private static Dictionary<string, string> Build(HookDefinition hook, NetworkEvent networkEvent) =>
        HookEnvironment.Build(hook, 3, networkEvent, "run-1", Encoding.UTF8.GetBytes("{}")).ToDictionary(v => v.Key, v => v.Value);
}
