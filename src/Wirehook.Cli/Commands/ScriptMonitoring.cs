using Wirehook.Cli.Output;
using Wirehook.Netlink.Monitor;
using Wirehook.Worker.Sessions;

namespace Wirehook.Cli.Commands;

/// <summary>Runs scripts on network events alone, as they happen.</summary>
internal static class ScriptMonitoring
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs until interrupted.</summary>
    /// <param name="run">The scripts, with a live clock.</param>
    /// <param name="network">What brings the events.</param>
    /// <param name="duration">After which it ends by itself; zero for never.</param>
    /// <returns>The exit status.</returns>
    /// <exception cref="MonitorException">A namespace does not exist, or the system refuses the sockets.</exception>
    public static int Run(ScriptRun run, NetworkWatch network, TimeSpan duration)
    {
        if (!run.Loaded(run.Session.Start(run.Scripts, null))) return run.Conclude(run.Session.Complete());
        network.Start();
        network.WaitUntilReady();
        Console.Error.WriteLine(MonitorText.Start(network.Status!));
        if (duration > TimeSpan.Zero) run.Interruption.After(duration);
        while (!run.Interruption.Token.WaitHandle.WaitOne(PollInterval)) network.Poll();
        network.Dispose();
        return run.Conclude(run.Session.Complete());
    }
}
