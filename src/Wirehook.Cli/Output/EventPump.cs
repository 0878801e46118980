using Wirehook.Netlink.Monitor;

namespace Wirehook.Cli.Output;

/// <summary>Carries the events of a monitor to a printer until the end.</summary>
internal static class EventPump
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Prints until <paramref name="stop"/>, then what happened until then; or until nothing more is to be printed.</summary>
    public static void Run(NetworkMonitor monitor, EventQueue queue, EventPrinter printer, CancellationToken stop)
    {
        using var stopping = stop.Register(() =>
        {
            monitor.Dispose();
            queue.Complete();
        });
        while (!printer.IsDone && queue.Take(Patience, out var events)) printer.Print(events);
    }
}
