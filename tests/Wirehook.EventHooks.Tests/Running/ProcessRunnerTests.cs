using System.Globalization;
using System.Text;
using Wirehook.EventHooks.Running;

namespace Wirehook.EventHooks.Tests.Running;

[Collection("processes")]
public sealed class ProcessRunnerTests(RunnerFixture fixture) : IClassFixture<RunnerFixture>
{
    [Theory]
    [InlineData("exit 0", 0, 0, ProcessOutcome.Success)]
    [InlineData("exit 7", 7, 0, ProcessOutcome.Error)]
    [InlineData("exit 127", 127, 0, ProcessOutcome.Error)]
    [InlineData("kill -9 $$", -1, 9, ProcessOutcome.Error)]
    [InlineData("kill -TERM $$", -1, 15, ProcessOutcome.Error)]
    public void Exit_codes_and_signals_are_told(string command, int exitCode, int signal, ProcessOutcome outcome)
    {
        var result = fixture.Shell(command);
        Assert.Equal((outcome, exitCode, signal, ""), (result.Outcome, result.ExitCode, result.Signal, result.Error));
        Assert.True(result.ProcessId > 1);
    }

    [Fact]
    public void A_script_has_exactly_the_environment_given()
    {
        var request = RunnerFixture.Request("/usr/bin/env") with
        {
            Arguments = ["-0"],
            Environment = [new("PATH", "/usr/local/bin:/usr/bin:/bin"), new("NLMON_INTERFACE", "eth0"), new("ODD", "a'b\"c $x\n`d`"), new("EMPTY", "")],
        };
        var seen = fixture.Run(request).Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);
        string[] expected = ["EMPTY=", "NLMON_EXECUTION_ID=" + request.ExecutionId, "NLMON_HOOK_SCRIPT=/usr/bin/env", "NLMON_INTERFACE=eth0", "ODD=a'b\"c $x\n`d`", "PATH=/usr/local/bin:/usr/bin:/bin"];
        Assert.Equal(expected, seen);
    }

    [Fact]
    public void A_shell_command_has_the_environment_given_and_the_directory()
    {
        var request = RunnerFixture.Request("env -0; exit 0") with { Shell = true };
        var seen = fixture.Run(request).Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);
        Assert.Equal(["NLMON_EXECUTION_ID=" + request.ExecutionId, "PATH=/usr/local/bin:/usr/bin:/bin", "PWD=/"], seen);
    }

    [Theory]
    [InlineData("BAD-NAME", "x")]
    [InlineData("1A", "x")]
    [InlineData("", "x")]
    [InlineData("A=B", "x")]
    [InlineData("NUL", "a\0b")]
    public void An_environment_that_cannot_be_passed_is_refused(string name, string value)
    {
        var result = fixture.Run(RunnerFixture.Request("/bin/true") with { Environment = [new(name, value)] });
        Assert.Equal((ProcessOutcome.Error, 0), (result.Outcome, result.ProcessId));
        Assert.Contains("environment variable", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_string_beyond_the_kernels_limit_is_refused()
    {
        var result = fixture.Run(RunnerFixture.Request("/bin/true") with { Environment = [new("LONG", new string('x', 140_000))] });
        Assert.Equal(0, result.ProcessId);
        Assert.Contains("131072", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a;reboot")]
    public void An_execution_id_must_be_a_word(string id) =>
        Assert.Contains("execution id", fixture.Run(RunnerFixture.Request("/bin/true") with { ExecutionId = id }).Error, StringComparison.Ordinal);

    [Fact]
    public void Descriptors_directory_umask_and_signals_are_clean()
    {
        var script = fixture.Script("#!/bin/sh\nls /proc/$$/fd; pwd; umask; grep -E 'Sig(Blk|Ign)' /proc/self/status\n", name: "clean.sh");
        var lines = fixture.Run(RunnerFixture.Request(script)).Output.Split('\n');
        // 10 is the shell's own, for the script that it reads; 3 is the script as it was executed.
        Assert.Equal(["0", "1", "10", "2", "3", "/", "0022"], lines[..7]);
        Assert.Equal(["SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000"], lines[7..9]);
        Assert.Equal("0\n1\n2\n0\n", fixture.Shell("ls /proc/$$/fd; echo $?").Output);
    }

    [Fact]
    public void It_leads_a_session_of_its_own()
    {
        var result = fixture.Shell("cut -d' ' -f5,6 /proc/$$/stat");
        Assert.Equal($"{result.ProcessId} {result.ProcessId}\n", result.Output);
    }

    [Fact]
    public void Arguments_arrive_unchanged()
    {
        string[] arguments = ["a b", "", "*", "$HOME", "-n", "ö\n"];
        Assert.Equal(string.Join('|', arguments) + "|", fixture.Run(RunnerFixture.Request("printf '%s|' \"$@\"") with { Shell = true, Arguments = arguments }).Output);
        var script = fixture.Script("#!/bin/sh\nprintf '%s|' \"$@\"\n", name: "arguments.sh");
        Assert.Equal(string.Join('|', arguments) + "|", fixture.Run(RunnerFixture.Request(script) with { Arguments = arguments }).Output);
    }

    [Fact]
    public void The_input_is_read_from_its_beginning()
    {
        var input = Encoding.UTF8.GetBytes("{\"event\":\"link.down\"}\n");
        Assert.Equal("{\"event\":\"link.down\"}\n", fixture.Run(RunnerFixture.Request("cat") with { Shell = true, Input = input }).Output);
        Assert.Equal("", fixture.Shell("cat").Output);
    }

    [Fact]
    public void An_input_that_is_never_read_stalls_nobody()
    {
        var result = fixture.Run(RunnerFixture.Request("/bin/true") with { Input = new byte[1 << 20] });
        Assert.Equal(ProcessOutcome.Success, result.Outcome);
        Assert.True(result.Duration < TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void A_flood_of_output_is_bounded_and_counted()
    {
        var request = RunnerFixture.Request("printf BEGIN; head -c 200000000 /dev/zero; printf END") with { Shell = true, OutputLimit = 4096 };
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = fixture.Run(request);
        Assert.Equal((ProcessOutcome.Success, 200_000_008), (result.Outcome, result.OutputBytes));
        Assert.StartsWith("BEGIN\0", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("\0END", result.Output, StringComparison.Ordinal);
        Assert.Contains((200_000_008 - 8192).ToString(CultureInfo.InvariantCulture) + " bytes left out", result.Output, StringComparison.Ordinal);
        Assert.True(result.Output.Length < 8192 + 64);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
    }

    [Fact]
    public void A_flood_without_end_is_ended_by_the_timeout()
    {
        var result = fixture.Run(RunnerFixture.Request("yes", 0.3) with { Shell = true });
        Assert.Equal((ProcessOutcome.Timeout, 9), (result.Outcome, result.Signal));
        Assert.True(result.OutputBytes > 1_000_000);
    }

    [Fact]
    public void Standard_error_is_kept_with_the_output_in_order() => Assert.Equal("1\n2\n3\n", fixture.Shell("echo 1; echo 2 >&2; echo 3").Output);

    [Fact]
    public void Output_is_not_kept_where_nobody_wants_it()
    {
        var result = fixture.Run(RunnerFixture.Request("readlink /proc/$$/fd/1; echo x >&2") with { Shell = true, CaptureOutput = false });
        Assert.Equal((ProcessOutcome.Success, "", 0), (result.Outcome, result.Output, result.OutputBytes));
    }

    [Fact]
    public void Time_on_the_processor_is_told()
    {
        var result = fixture.Shell("i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done");
        Assert.InRange(result.CpuTime, TimeSpan.FromMilliseconds(10), result.Duration + TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Stopping_kills_everything()
    {
        using var stop = new CancellationTokenSource();
        var request = RunnerFixture.Request("sleep 60 & setsid sleep 60 & wait") with { Shell = true };
        stop.CancelAfter(200);
        var result = fixture.Runner.Run(request, stop.Token);
        Assert.Equal((ProcessOutcome.Error, "stopped"), (result.Outcome, result.Error));
        Assert.Empty(RunnerFixture.Survivors(request.ExecutionId));
        Assert.Equal("stopped", fixture.Runner.Run(request, stop.Token).Error);
    }

    [Fact]
    public void A_closed_runner_starts_nothing()
    {
        var runner = new ProcessRunner();
        runner.Dispose();
        var result = runner.Run(RunnerFixture.Request("/bin/true"), CancellationToken.None);
        Assert.Equal((ProcessOutcome.Error, "The runner is closed."), (result.Outcome, result.Error));
    }
}
