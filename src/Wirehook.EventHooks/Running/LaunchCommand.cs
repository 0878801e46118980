using System.Buffers;
using System.Globalization;
using System.Text;

namespace Wirehook.EventHooks.Running;

/// <summary>A request turned into what is executed: checked, with descriptors open. Nothing runs yet.</summary>
internal sealed class LaunchCommand : IDisposable
{
    /// <summary>The shell of commands and launchers.</summary>
    public const string ShellPath = "/bin/sh";

    // The launcher enters the cgroup before the program exists, so that nothing it forks can be outside. $1 is the file to
    // enter, or empty; the rest is the program. PWD is the shell's own addition to the environment.
    private const string Launcher = "umask 022; [ -z \"$1\" ] || echo 0 >\"$1\" || exit 125; shift; unset PWD OLDPWD; exec \"$@\"";

    private static readonly SearchValues<char> ShellCharacters = SearchValues.Create(" \t\r\n;|&<>$`'\"*?()[]{}#~!\\");
    private static readonly string[] SetprivPaths = ["/usr/bin/setpriv", "/bin/setpriv"];

    private readonly List<string> _program = [];
    private Descriptor? _script;

    private LaunchCommand(List<string> environment) => Environment = environment;

    /// <summary>The strings <c>NAME=value</c>.</summary>
    public List<string> Environment { get; }

    /// <summary>The checked script; -1 for a shell command.</summary>
    public int Script => _script?.Value ?? -1;

    /// <summary>Whether a launcher can open the script through Wirehook's descriptor: not where it may be executed but not read.</summary>
    public bool CanBeHandedOver { get; private set; } = true;

    /// <summary>The account to run as; null for Wirehook's own.</summary>
    public UserAccount? Account { get; private set; }

    /// <summary>Prepares a request; null with the reason where it must not or cannot run.</summary>
    public static LaunchCommand? Prepare(ProcessRequest request, out string? error)
    {
        var direct = IsDirect(request);
        var environment = EnvironmentBlock.Build(request, direct ? request.Script : null, out error);
        var command = new LaunchCommand(environment);
        error ??= command.AddUser(request.User);
        error ??= direct ? command.AddScript(request) : command.AddShell(request);
        if (error is null) return command;
        command.Dispose();
        return null;
    }

    /// <summary>The launcher's arguments.</summary>
    /// <param name="cgroupEntry">The <c>cgroup.procs</c> to enter; null for none.</param>
    public IReadOnlyList<string> Arguments(string? cgroupEntry) => [ShellPath, "-c", Launcher, "wirehook", cgroupEntry ?? "", .. _program];

    /// <summary>The text that makes a waiting launcher the program, which opens what it needs among the descriptors of Wirehook, its parent.</summary>
    /// <param name="input">Standard input: opened last, which shows that everything is open.</param>
    /// <param name="output">Standard output and error.</param>
    public string Text(int input, int output)
    {
        var text = new StringBuilder(4096);
        text.Append(CultureInfo.InvariantCulture, $"exec 1>/proc/$PPID/fd/{output} 2>&1");
        if (Script >= 0) text.Append(CultureInfo.InvariantCulture, $" {ChildProcess.ScriptDescriptor}</proc/$PPID/fd/{Script}");
        text.Append(CultureInfo.InvariantCulture, $" 0</proc/$PPID/fd/{input}\nunset PWD OLDPWD\n");
        foreach (var variable in Environment)
        {
            var equals = variable.IndexOf('=', StringComparison.Ordinal);
            Quote(text.Append("export ").Append(variable, 0, equals + 1), variable.AsSpan(equals + 1));
            text.Append('\n');
        }
        text.Append("exec");
        foreach (var word in _program) Quote(text.Append(' '), word);
        return text.Append('\n').ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _script?.Dispose();

    private static void Quote(StringBuilder text, ReadOnlySpan<char> word)
    {
        text.Append('\'');
        for (int quote; (quote = word.IndexOf('\'')) >= 0; word = word[(quote + 1)..]) text.Append(word[..quote]).Append("'\\''");
        text.Append(word).Append('\'');
    }

    private static bool IsDirect(ProcessRequest request)
    {
        if (request.Shell is { } shell) return !shell && request.Script.StartsWith('/');
        if (!request.Script.StartsWith('/')) return false;
        // Without blanks and shell syntax it can only be meant as a path, so that a missing file is reported as that.
        return request.Script.AsSpan().IndexOfAny(ShellCharacters) < 0 || ScriptFile.IsFile(request.Script);
    }

    private string? AddScript(ProcessRequest request)
    {
        if (request.Script.Contains('\0')) return "The script's path contains a NUL character.";
        _script = ScriptFile.Open(request.Script, out var refusal);
        if (_script is null) return refusal;
        var head = ScriptFile.ReadHead(_script, InterpreterLine.MaximumLength);
        CanBeHandedOver = head.Length > 0;
        if (InterpreterLine.Check(request.Script, head, ScriptFile.IsFile) is { } problem) return problem;
        _program.Add(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{ChildProcess.ScriptDescriptor}"));
        _program.AddRange(request.Arguments);
        return null;
    }

    private string? AddShell(ProcessRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Script)) return "There is no command to run.";
        if (!ScriptFile.IsFile(ShellPath)) return $"{ShellPath} does not exist.";
        _program.AddRange([ShellPath, "-c", request.Script, "sh", .. request.Arguments]);
        return null;
    }

    private string? AddUser(string? user)
    {
        if (user is null) return null;
        if (UserAccount.Find(user) is not { } account) return $"There is no user '{user}'.";
        var own = Libc.EffectiveUser();
        if (own != 0 && account.Id != own) return $"Running as {user} needs root; Wirehook runs as user {own}.";
        if (Array.Find(SetprivPaths, ScriptFile.IsFile) is not { } setpriv) return "Running as another user needs setpriv; install the package util-linux.";
        Account = account;
        _program.Add(setpriv);
        if (own == 0)
        {
            var (id, group) = (account.Id.ToString(CultureInfo.InvariantCulture), account.Group.ToString(CultureInfo.InvariantCulture));
            _program.AddRange(["--reuid", id, "--regid", group, account.IsListed ? "--init-groups" : "--clear-groups"]);
        }
        _program.AddRange(["--no-new-privs", "--"]);
        return null;
    }
}
