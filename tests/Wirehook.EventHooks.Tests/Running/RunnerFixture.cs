using System.Text;
using Wirehook.EventHooks.Running;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

namespace Wirehook.EventHooks.Tests.Running;

/// <summary>A runner and a folder for scripts that only root or the tests' user can write.</summary>
public sealed class RunnerFixture : IDisposable
{
    private static int _runs;

    public RunnerFixture() : this(true)
    {
    }

    internal RunnerFixture(bool useCgroups) : this(new ProcessRunnerOptions { UseCgroups = useCgroups })
    {
    }

    internal RunnerFixture(ProcessRunnerOptions options)
    {
        Runner = new ProcessRunner(options);
        Folder = Directory.CreateTempSubdirectory("wirehook-runner-").FullName;
        File.SetUnixFileMode(Folder, (UnixFileMode)0b111_101_101);
    }

    public ProcessRunner Runner { get; }

    public string Folder { get; }

    /// <summary>The start of every script's mark, so that a test can look for what its run has left.</summary>
    public static string NextId() => $"test-{Environment.ProcessId}-{Interlocked.Increment(ref _runs)}";

    public static ProcessRequest Request(string script, double seconds = 10) => new()
    {
        Script = script,
        Environment = [new("PATH", "/usr/local/bin:/usr/bin:/bin")],
        Timeout = TimeSpan.FromSeconds(seconds),
        ExecutionId = NextId(),
    };

    public ProcessResult Run(ProcessRequest request) => Runner.Run(request, CancellationToken.None);

    public ProcessResult Shell(string command, double seconds = 10) => Run(Request(command, seconds) with { Shell = true });

    public string Script(string text, int mode = 0b111_101_101, string name = "hook.sh")
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, (UnixFileMode)mode);
        return path;
    }

    /// <summary>Processes that carry the mark of a run.</summary>
    public static List<int> Survivors(string executionId)
    {
        var mark = Encoding.UTF8.GetBytes("NLMON_EXECUTION_ID=" + executionId);
        return ProcessTable.ReadAll().Where(p => !p.IsDead && ProcessTable.HasEnvironment(p.Id, mark)).Select(p => p.Id).ToList();
    }

    /// <summary>Waits until a condition holds; the limit is far beyond what it takes.</summary>
    public static bool Eventually(Func<bool> holds, double seconds = 5)
    {
        for (var limit = Environment.TickCount64 + (long)(seconds * 1000); !holds(); Thread.Sleep(10))
        {
            if (Environment.TickCount64 > limit) return false;
        }
        return true;
    }

    public void Dispose()
    {
        Runner.Dispose();
        Directory.Delete(Folder, true);
    }
}
