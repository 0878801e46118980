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

    /// <summary>Waits until it listens: until it tells of a change that is made for this. Of a link, because it keeps what it says of rules until something flushes.</summary>
    public void WaitUntilListening(TestNamespace ns)
    {
        for (var attempt = 0; attempt < 200 && Count("[LINK]") == 0; attempt++)
        {
            ns.Ip($"link set lo mtu {60_000 + attempt}");
            Thread.Sleep(20);
        }

        ns.Ip("link set lo mtu 65000");
        for (var attempt = 0; attempt < 200 && !ToString().Contains("mtu 65000", StringComparison.Ordinal); attempt++) Thread.Sleep(20);
        Thread.Sleep(100);
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
