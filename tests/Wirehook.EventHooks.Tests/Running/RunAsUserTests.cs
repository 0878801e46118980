using Wirehook.EventHooks.Running;
using Wirehook.Tests;

namespace Wirehook.EventHooks.Tests.Running;

[Collection("processes")]
public sealed class RunAsUserTests(RunnerFixture fixture) : IClassFixture<RunnerFixture>
{
    [RootFact("setpriv")]
    public void The_user_its_groups_and_its_privileges_are_dropped()
    {
        var script = fixture.Script("#!/bin/sh\nid -u; id -g; id -G; grep NoNewPrivs /proc/self/status; grep CapEff /proc/self/status; echo again >/dev/stderr\n", name: "user.sh");
        var result = fixture.Run(RunnerFixture.Request(script) with { User = "nobody" });
        Assert.Equal("65534\n65534\n65534\nNoNewPrivs:\t1\nCapEff:\t0000000000000000\nagain\n", result.Output);
        Assert.Equal(ProcessOutcome.Success, result.Outcome);
    }

    [RootFact("setpriv")]
    public void A_number_without_an_entry_has_no_groups()
    {
        var result = fixture.Run(RunnerFixture.Request("id -u; id -g; id -G; cat") with { Shell = true, User = "54321", Input = "in\n"u8.ToArray() });
        Assert.Equal("54321\n54321\n54321\nin\n", result.Output);
    }

    [RootFact("setpriv")]
    public void Supplementary_groups_are_those_of_the_user()
    {
        var result = fixture.Run(RunnerFixture.Request("id -G; id -Gn root >&2") with { Shell = true, User = "daemon" });
        Assert.StartsWith("1\n", result.Output, StringComparison.Ordinal);
    }

    [RootFact("setpriv")]
    public void A_tree_of_another_user_ends_with_its_time()
    {
        var request = RunnerFixture.Request("setsid sleep 60 & sleep 60", 0.4) with { Shell = true, User = "nobody" };
        Assert.Equal(ProcessOutcome.Timeout, fixture.Run(request).Outcome);
        Assert.Empty(RunnerFixture.Survivors(request.ExecutionId));
    }

    [RootFact("setpriv")]
    public void A_script_that_the_user_may_not_read_does_not_run()
    {
        var script = fixture.Script("#!/bin/sh\necho secret\n", 0b111_000_000, "private.sh");
        var result = fixture.Run(RunnerFixture.Request(script) with { User = "nobody" });
        Assert.Equal(ProcessOutcome.Error, result.Outcome);
        Assert.Contains("Permission denied", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_user_is_refused() =>
        Assert.Equal("There is no user 'no-such-user'.", fixture.Run(RunnerFixture.Request("/bin/true") with { User = "no-such-user" }).Error);
}
