using System.Diagnostics;
using System.Text;
using Wirehook.EventHooks.Running;
using Wirehook.Tests;

namespace Wirehook.EventHooks.Tests.Running;

[Collection("processes")]
public sealed class ScriptFileTests(RunnerFixture fixture) : IClassFixture<RunnerFixture>
{
    private const string Hello = "#!/bin/sh\necho hello\n";

    [Fact]
    public void A_safe_script_runs_and_knows_its_path()
    {
        var script = fixture.Script("#!/bin/sh\necho \"$0 $NLMON_HOOK_SCRIPT\"\n", name: "safe.sh");
        var result = fixture.Run(RunnerFixture.Request(script));
        Assert.Equal((ProcessOutcome.Success, $"/proc/self/fd/3 {script}\n", ""), (result.Outcome, result.Output, result.Error));
    }

    [Theory]
    [InlineData(0b111_111_101, "writable by its group", "chmod go-w")]
    [InlineData(0b111_101_111, "writable by everybody", "chmod go-w")]
    [InlineData(0b110_100_100, "not executable", "chmod u+x")]
    [InlineData(0b100_111_101_101, "set-user-id", "chmod ug-s")]
    [InlineData(0b010_111_101_101, "set-group-id", "chmod ug-s")]
    public void A_script_with_unsafe_permissions_is_refused(int mode, string reason, string remedy)
    {
        var script = fixture.Script(Hello, mode, "unsafe.sh");
        var result = fixture.Run(RunnerFixture.Request(script));
        Assert.Equal((ProcessOutcome.Error, 0, ""), (result.Outcome, result.ProcessId, result.Output));
        Assert.Contains(script, result.Error, StringComparison.Ordinal);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.Contains($"{remedy} {script}", result.Error, StringComparison.Ordinal);
        Assert.Contains(Convert.ToString(mode, 8).PadLeft(4, '0'), result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_on_the_way_that_others_may_write_is_named_and_the_remedy_works()
    {
        var middle = Path.Combine(fixture.Folder, "middle");
        var below = Directory.CreateDirectory(Path.Combine(middle, "below")).FullName;
        var script = fixture.Script(Hello, name: "middle/below/hook.sh");
        File.SetUnixFileMode(middle, (UnixFileMode)0b111_111_111);
        var refused = fixture.Run(RunnerFixture.Request(script)).Error;
        Assert.StartsWith($"{middle} is writable by its group and everybody (mode 0777, owner ", refused, StringComparison.Ordinal);
        var remedy = refused[(refused.IndexOf("with: ", StringComparison.Ordinal) + 6)..];
        Assert.Equal(ProcessOutcome.Success, fixture.Shell(remedy).Outcome);
        Assert.Equal("hello\n", fixture.Run(RunnerFixture.Request(script)).Output);
        Assert.True(Directory.Exists(below));
    }

    [Fact]
    public void A_sticky_folder_is_safe_for_what_belongs_to_a_trusted_owner()
    {
        var sticky = Directory.CreateDirectory(Path.Combine(fixture.Folder, "sticky")).FullName;
        File.SetUnixFileMode(sticky, (UnixFileMode)0b001_111_111_111);
        var script = fixture.Script(Hello, name: "sticky/hook.sh");
        Assert.Equal("hello\n", fixture.Run(RunnerFixture.Request(script)).Output);
    }

    [RootFact("chown")]
    public void Another_owner_is_refused_for_the_script_its_folder_and_a_link()
    {
        var folder = Directory.CreateDirectory(Path.Combine(fixture.Folder, "owned")).FullName;
        var script = fixture.Script(Hello, name: "owned/hook.sh");
        var link = Path.Combine(fixture.Folder, "owned-link");
        File.CreateSymbolicLink(link, script);
        foreach (var (path, option) in new[] { (folder, ""), (script, ""), (link, "-h ") })
        {
            fixture.Shell($"chown {option}65534 {path}");
            var refused = fixture.Run(RunnerFixture.Request(link)).Error;
            Assert.StartsWith($"{path} belongs to nobody", refused, StringComparison.Ordinal);
            Assert.EndsWith($"mend it with: chown {option}root {path}", refused, StringComparison.Ordinal);
            fixture.Shell($"chown {option}0 {path}");
        }
        Assert.Equal("hello\n", fixture.Run(RunnerFixture.Request(link)).Output);
    }

    [Fact]
    public void Links_are_followed_relative_and_absolute_and_their_targets_checked()
    {
        Directory.CreateDirectory(Path.Combine(fixture.Folder, "a/b"));
        var script = fixture.Script(Hello, name: "target.sh");
        File.CreateSymbolicLink(Path.Combine(fixture.Folder, "a/b/relative"), "../../target.sh");
        File.CreateSymbolicLink(Path.Combine(fixture.Folder, "absolute"), Path.Combine(fixture.Folder, "a"));
        var path = Path.Combine(fixture.Folder, "absolute/./b/../b/relative");
        Assert.Equal("hello\n", fixture.Run(RunnerFixture.Request(path)).Output);
        File.SetUnixFileMode(script, (UnixFileMode)0b111_101_111);
        Assert.StartsWith(script + " is writable by everybody", fixture.Run(RunnerFixture.Request(path)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ring_of_links_ends()
    {
        File.CreateSymbolicLink(Path.Combine(fixture.Folder, "ring1"), "ring2");
        File.CreateSymbolicLink(Path.Combine(fixture.Folder, "ring2"), "ring1");
        Assert.Contains("more than 40 symbolic links", fixture.Run(RunnerFixture.Request(Path.Combine(fixture.Folder, "ring1"))).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_a_script_is_refused()
    {
        Assert.Contains("No such file", fixture.Run(RunnerFixture.Request("/no/such/script.sh")).Error, StringComparison.Ordinal);
        Assert.Contains("is not a regular file", fixture.Run(RunnerFixture.Request(fixture.Folder)).Error, StringComparison.Ordinal);
        Assert.Contains("is not a regular file", fixture.Run(RunnerFixture.Request("/dev/zero")).Error, StringComparison.Ordinal);
        Assert.Contains("is not a directory", fixture.Run(RunnerFixture.Request("/etc/passwd/x") with { Shell = false }).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_checked_is_what_runs()
    {
        var script = fixture.Script(Hello, name: "swapped.sh");
        using var command = LaunchCommand.Prepare(RunnerFixture.Request(script), out var error);
        Assert.Null(error);
        File.Delete(script);
        fixture.Script("#!/bin/sh\necho swapped\n", name: "swapped.sh");
        var request = RunnerFixture.Request("unused");
        var scope = new SessionScope(ChildTable.Instance, request.ExecutionId);
        var result = new ProcessRun(request, command!, scope, ChildTable.Instance, null).Execute(Stopwatch.GetTimestamp(), -1, -1);
        Assert.Equal("hello\n", result.Output);
    }

    [Theory]
    [InlineData("#!/no/such/interpreter -x\n", "The interpreter /no/such/interpreter ")]
    [InlineData("#!/bin/sh\r\necho\r\n", "carriage return")]
    public void A_missing_interpreter_is_named(string text, string expected)
    {
        var result = fixture.Run(RunnerFixture.Request(fixture.Script(text, name: "interpreter.sh")));
        Assert.Equal(0, result.ProcessId);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_without_an_interpreter_line_runs_in_the_shell() =>
        Assert.Equal("plain\n", fixture.Run(RunnerFixture.Request(fixture.Script("echo plain\n", name: "plain.sh"))).Output);

    [Fact]
    public void A_path_with_arguments_is_a_shell_command() => Assert.Equal("a b\n", fixture.Run(RunnerFixture.Request("/bin/echo a b")).Output);

    [Theory]
    [InlineData("#!/bin/sh\nx", "/bin/sh")]
    [InlineData("#! \t/usr/bin/env -S a b\n", "/usr/bin/env")]
    [InlineData("#!/bin/sh", "/bin/sh")]
    [InlineData("#!\n/bin/sh", null)]
    [InlineData("# !/bin/sh\n", null)]
    [InlineData("", null)]
    public void The_first_line_is_read_as_the_kernel_reads_it(string head, string? interpreter) =>
        Assert.Equal(interpreter, InterpreterLine.Parse(Encoding.UTF8.GetBytes(head)));
}
