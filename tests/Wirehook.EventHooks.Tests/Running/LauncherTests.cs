using System.Diagnostics;
using System.Text;
using Wirehook.EventHooks.Running;

namespace Wirehook.EventHooks.Tests.Running;

/// <summary>A program sees the same whether a launcher waited for it or was started for it, with a cgroup or without.</summary>
[Collection("processes")]
public sealed class LauncherTests
{
    private const string Script = "#!/bin/sh\npwd; umask; cat; echo; printf '%s|' \"$0\" \"$@\"; env -0 | sort -z | tr '\\0' '\\n'; ls /proc/$$/fd\n";

    [Fact]
    public void All_ways_to_start_give_the_same()
    {
        var seen = new List<string>();
        foreach (var (cgroups, launchers) in new[] { (true, 2), (true, 0), (false, 2), (false, 0) })
        {
            using var fixture = new RunnerFixture(new ProcessRunnerOptions { UseCgroups = cgroups, WaitingLaunchers = launchers });
            Assert.True(RunnerFixture.Eventually(() => fixture.Runner.WaitingLaunchers.Count == launchers));
            var request = RunnerFixture.Request(fixture.Script(Script)) with
            {
                ExecutionId = "same",
                Arguments = ["it's", "'", "''", "$x `y` \\ \"", "a\nb", ""],
                Environment = [new("PATH", "/usr/bin:/bin"), new("QUOTES", "'a' \"b\" \\ $c `d` ! \n#"), new("UNICODE", "ö€😀"), new("TEXT", "1")],
                Input = "input"u8.ToArray(),
            };
            var result = fixture.Run(request);
            Assert.Equal(ProcessOutcome.Success, result.Outcome);
            seen.Add(result.Output.Replace(fixture.Folder, "", StringComparison.Ordinal));
        }
        Assert.StartsWith("/\n0022\ninput\n/proc/self/fd/3|it's|'|''|$x `y` \\ \"|a\nb||", seen[0], StringComparison.Ordinal);
        Assert.Contains("UNICODE=ö€😀\n", seen[0], StringComparison.Ordinal);
        Assert.All(seen, text => Assert.Equal(seen[0], text));
    }

    [Fact]
    public void Any_value_arrives_unchanged()
    {
        using var fixture = new RunnerFixture();
        var random = new Random(20260302);
        for (var round = 0; round < 60; round++)
        {
            var value = new StringBuilder();
            for (var i = random.Next(0, 60); i > 0; i--) value.Append((char)(random.Next(4) == 0 ? "'\"\\$`\n"[random.Next(6)] : random.Next(1, 0x250)));
            var text = value.ToString();
            var request = RunnerFixture.Request("printf '%s' \"$VALUE$1\"") with { Shell = true, Arguments = [text], Environment = [new("PATH", "/bin"), new("VALUE", text)] };
            Assert.Equal(text + text, fixture.Run(request).Output);
        }
    }

    [Fact]
    public void A_launcher_that_was_killed_is_not_used()
    {
        using var fixture = new RunnerFixture(new ProcessRunnerOptions { WaitingLaunchers = 2, UseGuardian = false });
        Assert.True(RunnerFixture.Eventually(() => fixture.Runner.WaitingLaunchers.Count == 2));
        var launchers = fixture.Runner.WaitingLaunchers;
        foreach (var launcher in launchers) Process.GetProcessById(launcher).Kill();
        Assert.True(RunnerFixture.Eventually(() => launchers.All(launcher => !ChildTable.Instance.IsRunning(launcher))));
        for (var i = 0; i < 5; i++) Assert.Equal("x\n", fixture.Shell("echo x").Output);
        Assert.True(RunnerFixture.Eventually(() => fixture.Runner.WaitingLaunchers.Count == 2));
    }

    [Fact]
    public void A_large_environment_and_input_pass()
    {
        using var fixture = new RunnerFixture();
        var large = new string('v', 120_000);
        var request = RunnerFixture.Request("printf %s \"$A$B\" | wc -c; wc -c") with
        {
            Shell = true,
            Environment = [new("PATH", "/usr/bin:/bin"), new("A", large), new("B", large)],
            Input = new byte[5 << 20],
        };
        Assert.Equal("240000\n5242880\n", fixture.Run(request).Output);
    }
}
