using System.Diagnostics;

namespace Wirehook.Netlink.Tests.Monitor;

/// <summary><c>ip monitor</c> running in a namespace.</summary>
public sealed class IpMonitor : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Task _reading;

    public IpMonitor(TestNamespace ns)
    {
        var start = new ProcessStartInfo("ip", ["-n", ns.Name, "monitor", "label", "all"]) { RedirectStandardOutput = true };
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin";
        _process = Process.Start(start)!;
        _reading = Task.Run(Read);
    }

    /// <summary>Waits until it listens: until it tells of a change that is made for this.</summary>
    public void WaitUntilListening(TestNamespace ns)
    {
        for (var attempt = 0; attempt < 100 && Count("[RULE]") == 0; attempt++)
        {
            ns.Ip("rule add priority 31000 table 31000");
            ns.Ip("rule del priority 31000 table 31000");
            Thread.Sleep(20);
        }

        Thread.Sleep(50);
        lock (_lines) _lines.Clear();
    }

    /// <summary>Messages with this label so far.</summary>
    public int Count(string label)
    {
        lock (_lines) return _lines.Count(l => l.StartsWith(label, StringComparison.Ordinal));
    }

    /// <summary>Everything it said.</summary>
    public override string ToString()
    {
        lock (_lines) return string.Join('\n', _lines);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _reading.Wait();
        _process.Dispose();
    }

    private void Read()
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            lock (_lines) _lines.Add(line);
        }
    }
}
