using Wirehook.Netlink.Events;

namespace Wirehook.Netlink.Families.Neighbour;

/// <summary>What changes of neighbours mean.</summary>
internal static class NeighbourEvents
{
    private const ushort ReachableState = 0x2;
    private const ushort StaleState = 0x4;
    private const ushort FailedState = 0x20;

    private const string Added = "neigh.added";
    private const string Removed = "neigh.removed";
    private const string Reachable = "neigh.reachable";
    private const string Stale = "neigh.stale";
    private const string Failed = "neigh.failed";
    private const string AddressChanged = "neigh.address_changed";
    private const string Changed = "neigh.changed";
    private const string Unchanged = "neigh.unchanged";

    public static IReadOnlyList<EventName> All { get; } =
    [
        new(Added, "A neighbour or forwarding entry appeared."),
        new(Removed, "A neighbour or forwarding entry was removed."),
        new(Reachable, "A neighbour was confirmed as reachable."),
        new(Stale, "What is known of a neighbour needs confirmation before its next use."),
        new(Failed, "A neighbour did not answer.", EventSeverity.Warning),
        new(AddressChanged, "A neighbour has another link layer address.", EventSeverity.Warning),
        new(Changed, "Something else about a neighbour changed, such as the port of a forwarding entry."),
        new(Unchanged, "The kernel announced a neighbour without any change that is known."),
    ];

    public static void Describe(in NetworkChange change, List<string> names)
    {
        if (change.Action == NetlinkAction.Delete)
        {
            names.Add(Removed);
            return;
        }

        var neighbour = (NeighbourObject)change.Current;
        var previous = (NeighbourObject?)change.Previous;
        if (previous is null)
        {
            names.Add(Added);
        }
        else if (change.Changed == 0)
        {
            names.Add(Unchanged);
            return;
        }
        else if (previous.LinkAddress is not null && neighbour.LinkAddress is not null && previous.LinkAddress != neighbour.LinkAddress)
        {
            names.Add(AddressChanged);
        }

        if (!neighbour.IsForwarding && previous?.State != neighbour.State && StateEvent(neighbour.State) is { } state) names.Add(state);
        if (names.Count == 0) names.Add(Changed);
    }

    private static string? StateEvent(ushort state) => state switch
    {
        ReachableState => Reachable,
        StaleState => Stale,
        FailedState => Failed,
        _ => null,
    };
}
