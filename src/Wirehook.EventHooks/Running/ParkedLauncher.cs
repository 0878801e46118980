using System.Globalization;
using System.Text;

namespace Wirehook.EventHooks.Running;

/// <summary>
/// A shell that is in its cgroup already and waits to become a program. Entering a cgroup takes the kernel a grace period of
/// RCU, some 15 ms on an idle machine, which a program that is started for an event would otherwise have to wait for.
/// </summary>
internal sealed class ParkedLauncher : IDisposable
{
    private const int PatienceMilliseconds = 1000;

    // The line that it waits for is the number of a descriptor of Wirehook, its parent, whose text makes it the program.
    private const string Text = "umask 022; [ -z \"$1\" ] || echo 0 >\"$1\" || exit 125; read -r text || exit 0; . \"/proc/$PPID/fd/$text\"";

    private readonly ChildTable _children;
    private readonly Descriptor _control;
    private readonly Action _used;
    private bool _isWaiting = true;

    private ParkedLauncher(ChildTable children, CgroupScope? scope, int process, Descriptor control, Action used) =>
        (_children, Scope, Process, _control, _used) = (children, scope, process, control, used);

    /// <summary>The cgroup that it is in; null for none.</summary>
    public CgroupScope? Scope { get; }

    /// <summary>Its process id, and then the program's.</summary>
    public int Process { get; }

    /// <summary>Whether a child may open Wirehook's descriptors: not where Wirehook has privileges that its children lack (ptrace(2), access mode checks).</summary>
    public static bool CanBeUsed(ChildTable children)
    {
        using var text = InputFile.Create("x"u8, out _);
        using var output = Descriptor.Open("/dev/null", Libc.OpenWriteOnly);
        if (text is null) return false;
        string[] arguments = [LaunchCommand.ShellPath, "-c", "[ -r \"/proc/$PPID/fd/$1\" ]", "wirehook", text.Value.ToString(CultureInfo.InvariantCulture)];
        var process = children.Start(arguments, [], new(text.Value, output.Value, -1), out _);
        using var exit = new Descriptor(process > 0 ? Libc.OpenProcess(process) : -1);
        if (exit.IsOpen && !exit.WaitFor(Libc.PollIn, PatienceMilliseconds)) _ = Libc.Kill(process, Libc.SignalKill);
        if (exit.IsOpen) exit.WaitFor(Libc.PollIn, PatienceMilliseconds);
        return process > 0 && children.Wait(process) is { ExitCode: 0 };
    }

    /// <summary>Starts one; null where that fails.</summary>
    /// <param name="children">Where it is waited for.</param>
    /// <param name="scope">The cgroup that it enters; null for none.</param>
    /// <param name="used">Called when it has become a program.</param>
    public static unsafe ParkedLauncher? Park(ChildTable children, CgroupScope? scope, Action used)
    {
        var ends = stackalloc int[2];
        if (Libc.Pipe(ends, Libc.OpenCloseOnExec) != 0) return null;
        using var reading = new Descriptor(ends[0]);
        var control = new Descriptor(ends[1]);
        using var output = Descriptor.Open("/dev/null", Libc.OpenWriteOnly);
        string[] arguments = [LaunchCommand.ShellPath, "-c", Text, "wirehook", scope?.Entry ?? ""];
        var process = children.Start(arguments, [], new(reading.Value, output.Value, -1), out _);
        if (process > 0)
        {
            scope?.Started(process);
            return new ParkedLauncher(children, scope, process, control, used);
        }
        control.Dispose();
        return null;
    }

    /// <summary>Whether it still waits, and nobody has killed it.</summary>
    public bool IsWaiting() => _isWaiting && _children.IsRunning(Process);

    /// <summary>Makes it the program; null where it has ended meanwhile. All descriptors have to stay open until the handover says so.</summary>
    public Handover? Become(LaunchCommand command, int input, int output)
    {
        var text = InputFile.Create(Encoding.UTF8.GetBytes(command.Text(input, output)), out _);
        if (text is null) return null;
        if (_control.WriteAll(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{text.Value}\n")), PatienceMilliseconds))
        {
            _isWaiting = false;
            return new Handover(_control, text, _used);
        }
        text.Dispose();
        return null;
    }

    /// <summary>Ends it if it has not become a program.</summary>
    public void Dispose()
    {
        if (!_isWaiting) return;
        _isWaiting = false;
        _control.Dispose();
        using var exit = new Descriptor(Libc.OpenProcess(Process));
        _ = Libc.Kill(Process, Libc.SignalKill);
        if (exit.IsOpen) exit.WaitFor(Libc.PollIn, PatienceMilliseconds);
        _children.Wait(Process);
    }
}
