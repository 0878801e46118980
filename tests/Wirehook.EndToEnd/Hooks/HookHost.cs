using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Wirehook.EndToEnd.Hooks;

/// <summary>A network namespace with a veth pair, <c>v0</c> and <c>v1</c>, in which <c>wirehook hooks run</c> runs; and a folder for its files.</summary>
public sealed class HookHost : IDisposable
{
    private static int _count;
    private readonly List<Process> _processes = [];
    private readonly StringBuilder _log = new();

    public HookHost()
    {
        Namespace = $"wkh{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";
        Folder = Directory.CreateTempSubdirectory("wirehook-hooks-").FullName;
        Ip($"netns add {Namespace}");
        Ip($"-n {Namespace} link set lo up");
        Ip($"-n {Namespace} link add v0 type veth peer name v1");
        foreach (var link in new[] { "v0", "v1" }) Ip($"-n {Namespace} link set {link} up");
    }

    public string Namespace { get; }

    public string Folder { get; }

    public string Socket => PathOf("hooks.sock");

    public string Config => PathOf("hooks.yaml");

    /// <summary>What <c>hooks run</c> printed on standard output so far.</summary>
    public string Log
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Writes an executable script into the folder.</summary>
    public string Script(string name, string text)
    {
        var path = PathOf(name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>Writes the configuration: the entries of <c>nlmon.integration.hooks</c>, as written under each other.</summary>
    public void Configure(string hooks) =>
        File.WriteAllText(Config, "nlmon:\n  integration:\n    hooks:\n" + string.Join('\n', hooks.Split('\n').Select(l => "      " + l)) + "\n");

    /// <summary>Starts <c>hooks run</c> in the namespace and returns once it monitors; <paramref name="before"/> is a shell command that comes first, in the mount namespace of its own.</summary>
    public Process Start(string before = "true", params string[] arguments)
    {
        var command = $"{before} && exec {Program.Path} hooks run --config {Config} --socket {Socket} {string.Join(' ', arguments)}";
        var process = Program.Start("ip", ["netns", "exec", Namespace, "sh", "-c", command], folder: Folder);
        _processes.Add(process);
        process.OutputDataReceived += (_, e) =>
        {
            lock (_log) _log.Append(e.Data).Append('\n');
        };
        process.BeginOutputReadLine();
        var first = process.StandardError.ReadLineAsync();
        Assert.True(first.Wait(TimeSpan.FromSeconds(30)), "hooks run said nothing within 30 seconds.");
        if (first.Result?.Contains("API at", StringComparison.Ordinal) != true) Assert.Fail(first.Result + "\n" + process.StandardError.ReadToEnd());
        // Whatever comes later (notes, the last line) must not fill the pipe.
        _ = process.StandardError.ReadToEndAsync();
        return process;
    }

    /// <summary>Starts any command in the namespace; it is ended with the host.</summary>
    public void Run(params string[] command)
    {
        var process = Program.Start("ip", ["netns", "exec", Namespace, .. command], folder: Folder);
        _processes.Add(process);
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
    }

    /// <summary>A verb of <c>wirehook hooks</c>, sent to the socket.</summary>
    public CommandResult Hooks(params string[] arguments) => Program.Wirehook(["hooks", .. arguments, "--socket", Socket]);

    /// <summary>The statistics of one hook.</summary>
    public JsonElement Statistics(string hook)
    {
        var result = Hooks("stats", hook, "--json");
        Assert.True(result.ExitCode == 0, result.Errors);
        return JsonDocument.Parse(result.Output).RootElement;
    }

    /// <summary>Runs <c>ip</c> in the namespace.</summary>
    public void Ip(params string[] arguments)
    {
        var all = arguments.Length == 1 ? arguments[0].Split(' ') : arguments;
        if (all[0] is not ("-n" or "netns")) all = ["-n", Namespace, .. all];
        var result = Program.Run("ip", all);
        if (result.ExitCode != 0) throw new InvalidOperationException($"ip {string.Join(' ', all)}: {result.Errors}");
    }

    /// <summary>Waits until something holds; the machine may be busy.</summary>
    public void Await(Func<bool> holds, string what, int seconds = 30)
    {
        var started = Stopwatch.GetTimestamp();
        while (!holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(started).TotalSeconds < seconds, $"{what}: not within {seconds} seconds. Log:\n{Log}");
            Thread.Sleep(20);
        }
    }

    /// <summary>Processes whose environment holds <paramref name="mark"/>.</summary>
    public static int[] Marked(string mark)
    {
        var found = new List<int>();
        foreach (var folder in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var id)) continue;
            try
            {
                if (File.ReadAllText(folder + "/environ").Contains(mark, StringComparison.Ordinal)) found.Add(id);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // It ended between both looks.
            }
        }

        return [.. found];
    }

    public static void Signal(Process process, string signal) => Program.Run("kill", [$"-{signal}", $"{process.Id}"]);

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.WaitForExit(5_000);
            process.Dispose();
        }

        Program.Run("ip", ["netns", "del", Namespace]);
        Directory.Delete(Folder, recursive: true);
    }
}
