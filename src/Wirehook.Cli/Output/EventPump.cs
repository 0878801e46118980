using Wirehook.Netlink.Monitor;
using Wirehook.Packets;

namespace Wirehook.Cli.Output;

/// <summary>Carries the events of a monitor to a printer until the end.</summary>
internal static class EventPump
{
    private const long NanosecondsPerTick = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Prints until <paramref name="stop"/>, then what happened until then; or until nothing more is to be printed, or nobody reads it any more.</summary>
    public static void Run(NetworkMonitor monitor, EventQueue queue, EventPrinter printer, CancellationToken stop)
    {
        using var stopping = stop.Register(() =>
        {
            monitor.Dispose();
            queue.Complete();
        });
        while (!printer.IsDone && !StandardOutput.IsClosed && queue.Take(Shorter(Patience, printer.NextDeadline), out var events))
        {
            printer.Print(events);
            if (printer.NextDeadline is not null) printer.Advance(Now());
        }
    }

    private static TimeSpan Shorter(TimeSpan patience, Timestamp? deadline)
    {
        if (deadline is not { } due) return patience;
        var left = TimeSpan.FromTicks(Math.Max(0, due.Since(Now()) + NanosecondsPerTick - 1) / NanosecondsPerTick);
        return left < patience ? left : patience;
    }

    private static Timestamp Now() => new((DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) * NanosecondsPerTick);
}
