using System.Diagnostics;
using System.Globalization;
using Wirehook.EventHooks.Running;

namespace Wirehook.EventHooks.Tests.Running;

[Collection("processes")]
public sealed class GuardianTests
{
    [Fact]
    public Task When_wirehook_is_killed_what_runs_ends_at_its_time() => Task.WhenAll(Task.Run(() => KillHost(true)), Task.Run(() => KillHost(false)));

    [Fact]
    public void When_wirehook_ends_by_itself_the_guardian_ends_with_it()
    {
        var id = RunnerFixture.NextId();
        using var host = StartHost(true, "10", id, "sleep 1");
        Assert.True(RunnerFixture.Eventually(() => Count(id) > 0, 20));
        var guardian = Assert.Single(GuardiansOf(host.Id));
        Assert.Equal("Success", host.StandardOutput.ReadToEnd().Trim());
        host.WaitForExit();
        Assert.Null(ProcessTable.Read(guardian));
        Assert.Equal(0, CgroupsOf(host.Id));
    }

    [Fact]
    public void A_guardian_that_was_killed_is_replaced_and_told_of_what_runs()
    {
        using var fixture = new RunnerFixture();
        Assert.Equal(0, fixture.Runner.GuardianProcess);
        fixture.Shell("sleep 60 & exit 0", 60);
        var first = fixture.Runner.GuardianProcess;
        Process.GetProcessById(first).Kill();
        Assert.True(RunnerFixture.Eventually(() => ProcessTable.Read(first) is not { IsDead: false }));
        fixture.Shell("exit 0");
        Assert.NotEqual(first, fixture.Runner.GuardianProcess);
        Assert.Null(ProcessTable.Read(first));
        Assert.False(ProcessTable.Read(fixture.Runner.GuardianProcess)!.Value.IsDead);
    }

    [Fact]
    public void Slots_are_used_again()
    {
        using var guardian = new Guardian(ChildTable.Instance, null);
        var limit = TimeSpan.FromSeconds(30);
        int[] slots = [guardian.Begin("a", null, limit), guardian.Begin("b", null, limit), guardian.Begin("c", null, limit)];
        guardian.End(slots[1]);
        Assert.Equal([0, 1, 2, 1, 3], [.. slots, guardian.Begin("d", null, limit), guardian.Begin("e", null, limit)]);
    }

    private static void KillHost(bool useCgroups)
    {
        var (sooner, later, background) = (RunnerFixture.NextId(), RunnerFixture.NextId(), RunnerFixture.NextId());
        using var host = StartHost(useCgroups,
            "4", sooner, "trap '' TERM; setsid sleep 60 & (setsid sleep 60 &) ; sleep 60",
            "7", later, "sleep 60 & wait",
            "4", background, "sleep 60 & exit 0");
        Assert.True(RunnerFixture.Eventually(() => Count(sooner) == 4 && Count(later) == 2 && Count(background) == 1, 20));
        var guardian = Assert.Single(GuardiansOf(host.Id));
        host.Kill();
        host.WaitForExit();
        Assert.Equal(2, Count(later));
        Assert.True(RunnerFixture.Eventually(() => Count(sooner) + Count(background) == 0, 20));
        Assert.Equal(2, Count(later));
        Assert.True(RunnerFixture.Eventually(() => Count(later) == 0, 20));
        Assert.True(RunnerFixture.Eventually(() => ProcessTable.Read(guardian) is not { IsDead: false } && CgroupsOf(host.Id) == 0));
        ChildTable.Instance.Collect();
    }

    private static Process StartHost(bool useCgroups, params string[] runs)
    {
        string[] arguments = ["exec", typeof(GuardianTests).Assembly.Location, useCgroups.ToString(), .. runs];
        return Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
    }

    private static int Count(string executionId) => RunnerFixture.Survivors(executionId).Count;

    private static List<int> GuardiansOf(int host) =>
        ProcessTable.ReadAll().Where(p => p.Parent == host && CommandLine(p.Id).Contains("wirehook-guardian", StringComparison.Ordinal)).Select(p => p.Id).ToList();

    private static int CgroupsOf(int host)
    {
        var own = CgroupMount.FindOwnFolder(File.ReadAllText("/proc/self/mountinfo"), File.ReadAllText("/proc/self/cgroup"));
        return own is null ? 0 : Directory.GetDirectories(own, string.Create(CultureInfo.InvariantCulture, $"wirehook-{host}-*")).Length;
    }

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
