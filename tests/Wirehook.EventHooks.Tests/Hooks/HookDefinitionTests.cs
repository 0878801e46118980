using Wirehook.EventHooks.Hooks;

namespace Wirehook.EventHooks.Tests.Hooks;

public sealed class HookDefinitionTests
{
    [Fact]
    public void Definitions_compare_by_content()
    {
        var one = Sample.Hook() with { Events = ["a"], Arguments = ["x", "y"], Environment = new Dictionary<string, string> { ["A"] = "1", ["B"] = "2" } };
        var two = Sample.Hook() with { Events = new List<string> { "a" }, Arguments = ["x", "y"], Environment = new Dictionary<string, string> { ["B"] = "2", ["A"] = "1" } };
        Assert.Equal(one, two);
        Assert.Equal(one.GetHashCode(), two.GetHashCode());
    }

    [Fact]
    public void Every_property_counts()
    {
        var plain = Sample.Hook();
        HookDefinition[] others =
        [
            plain with { Name = "other" }, plain with { Script = "x" }, plain with { Condition = "event == 'link.up'" }, plain with { On = HookTrigger.Item },
            plain with { Events = ["link.up"] }, plain with { Timeout = TimeSpan.FromSeconds(1) }, plain with { Enabled = false }, plain with { Async = true },
            plain with { CaptureOutput = false }, plain with { Shell = false }, plain with { Arguments = [""] }, plain with { User = "nobody" },
            plain with { Environment = new Dictionary<string, string> { ["A"] = "" } }, plain with { MaxParallel = 1 }, plain with { Debounce = TimeSpan.FromSeconds(1) },
            plain with { Coalesce = true }, plain with { OnOverflow = OverflowPolicy.Block }, plain with { Queue = 1 }, plain with { Retries = 1 },
            plain with { RetryDelay = TimeSpan.FromSeconds(2) }, plain with { TermGrace = TimeSpan.FromSeconds(1) }, plain with { RunAtStart = true },
        ];
        // One entry per property: a new one must be compared, and added here.
        Assert.Equal(typeof(HookDefinition).GetProperties().Length, others.Length);
        foreach (var other in others) Assert.NotEqual(plain, other);
    }

    [Fact]
    public void Scripts_are_refused_rather_than_cut()
    {
        var script = "/opt/" + new string('x', 4_092);
        Assert.Equal(
            "script takes up to 4096 bytes, not 4097; put the commands into a file and name that.",
            Assert.Single(HookDefinitionCheck.Check(Sample.Hook() with { Script = script }, out _)).Message);
        Assert.Empty(HookDefinitionCheck.Check(Sample.Hook() with { Script = script[..4_096] }, out _));
    }

    [Theory]
    [InlineData("NLMON_INTERFACE", "NLMON_INTERFACE: names that begin with NLMON_ belong to the event.")]
    [InlineData("A=B", "\"A=B\" is no name of an environment variable: letters, digits and _, not beginning with a digit.")]
    [InlineData("1A", "\"1A\" is no name of an environment variable: letters, digits and _, not beginning with a digit.")]
    public void Variables_that_belong_to_the_event_or_to_nobody_are_refused(string name, string message)
    {
        var hook = Sample.Hook() with { Environment = new Dictionary<string, string> { [name] = "x" } };
        Assert.Equal(message, Assert.Single(HookDefinitionCheck.Check(hook, out _)).Message);
    }

    [Fact]
    public void Hooks_on_items_are_refused_with_the_reason()
    {
        Assert.Contains("not available in this version", Assert.Single(HookDefinitionCheck.Check(Sample.Hook() with { On = HookTrigger.Item }, out _)).Message, StringComparison.Ordinal);
    }
}
