using System.Diagnostics;
using Wirehook.Netlink.Monitor;

namespace Wirehook.Netlink.Tests.Monitor;

/// <summary>A network namespace of its own, removed at the end.</summary>
public sealed class TestNamespace : IDisposable
{
    private static int _number;

    public TestNamespace()
    {
        Name = $"wh-nl-{Environment.ProcessId}-{Interlocked.Increment(ref _number)}";
        Run("ip", "netns", "add", Name);
    }

    public string Name { get; }

    /// <summary>Runs <c>ip</c> with arguments separated by spaces inside; fails the test where it fails.</summary>
    public string Ip(string arguments) => Run("ip", ["-n", Name, .. arguments.Split(' ')]);

    /// <summary>Runs <c>tc</c> inside.</summary>
    public string Tc(string arguments) => Run("tc", ["-n", Name, .. arguments.Split(' ')]);

    /// <summary>Runs many <c>ip</c> commands in one process.</summary>
    public void Batch(IEnumerable<string> commands, bool force = false)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, commands);
            Run("ip", force ? ["-n", Name, "-force", "-batch", file] : ["-n", Name, "-batch", file]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Runs <paramref name="action"/> on a thread that has entered the namespace.</summary>
    public T Inside<T>(Func<T> action)
        where T : class
    {
        using var file = NamespaceFile.TryOpen("/run/netns/" + Name);
        Assert.NotNull(file);
        var result = NamespaceEntrance.Run(file, Name, action, out var refusal);
        Assert.Null(refusal);
        return result!;
    }

    /// <summary>Removes it before the end of the test.</summary>
    public void Dispose() => Start("ip", ["netns", "del", Name]).Dispose();

    public static string Run(string command, params string[] arguments)
    {
        using var process = Start(command, arguments);
        var output = process.StandardOutput.ReadToEnd();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{command} {string.Join(' ', arguments)}: {errors}");
        return output;
    }

    private static Process Start(string command, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin";
        var process = Process.Start(start)!;
        if (arguments.First() == "netns" && arguments.Contains("del")) process.WaitForExit();
        return process;
    }
}
