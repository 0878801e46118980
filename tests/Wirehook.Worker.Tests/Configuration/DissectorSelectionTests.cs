using Wirehook.Worker.Configuration;

namespace Wirehook.Worker.Tests.Configuration;

public sealed class DissectorSelectionTests
{
    [Fact]
    public void Nothing_configured_means_the_default_ones() => Assert.Null(Build(null, []).Dissectors);

    [Fact]
    public void Names_come_from_the_file_and_from_arguments()
    {
        Assert.Equal(["dns", "http"], Build("tap:\n  enabledDissectors:\n    - http\n    - dns\n", []).Dissectors!);
        Assert.Equal(["http", "tcp", "tcp-flow"], Build(null, ["tap.enabledDissectors=http", "tap.enabledDissectors=tcp, tcp-flow"]).Dissectors!);
    }

    [Fact]
    public void Default_stands_for_those_that_are_on_anyway()
    {
        var selected = Build(null, ["tap.enabledDissectors=default,tcp"]).Dissectors!;
        Assert.Superset(new HashSet<string> { "http", "dns", "icmp", "tcp" }, selected.ToHashSet());
        Assert.DoesNotContain("udp", selected);
    }

    [Theory]
    [InlineData("htpp", "Did you mean http?")]
    [InlineData("tcp-flows", "Did you mean tcp-flow?")]
    [InlineData("everything", "Known are ")]
    public void An_unknown_name_is_refused_with_a_suggestion(string name, string part)
    {
        var error = Assert.Throws<ConfigurationException>(() => Build(null, ["tap.enabledDissectors=" + name]));
        Assert.StartsWith($"tap.enabledDissectors: there is no dissector {name}.", error.Message, StringComparison.Ordinal);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    private static WorkerConfiguration Build(string? yaml, string[] overrides) =>
        WorkerConfiguration.Build(yaml is null ? null : ("wirehook.yaml", yaml), [], overrides, []);
}
