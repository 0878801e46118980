using Wirehook.Netlink.Events;

namespace Wirehook.Netlink.State;

/// <summary>The events that the monitor gives about itself.</summary>
public static class MonitorEvents
{
    /// <summary>Messages were lost.</summary>
    public const string Overrun = "monitor.overrun";

    /// <summary>The kernel's state is being compared.</summary>
    public const string ResyncStarted = "monitor.resync_started";

    /// <summary>The state is the kernel's again.</summary>
    public const string ResyncFinished = "monitor.resync_finished";

    /// <summary>A receiver of events was too slow.</summary>
    public const string Dropped = "monitor.dropped";

    /// <summary>All of them, for the catalogue.</summary>
    public static IReadOnlyList<EventName> All { get; } =
    [
        new(Overrun, "The kernel dropped messages because they were not read in time. 'lost' says how many at least.", EventSeverity.Critical),
        new(ResyncStarted, "The kernel's state is read again; differences follow as synthetic events.", EventSeverity.Warning),
        new(ResyncFinished, "What Wirehook knows is the kernel's state again."),
        new(Dropped, "Events were dropped because their receiver was too slow. 'lost' says how many.", EventSeverity.Critical),
    ];

    private static readonly Dictionary<string, string[]> Singles = All.ToDictionary(n => n.Name, n => new[] { n.Name }, StringComparer.Ordinal);

    internal static IReadOnlyList<string> Single(string name) => Singles.TryGetValue(name, out var names) ? names : [name];
}
