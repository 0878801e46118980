using Wirehook.Netlink.Events;

namespace Wirehook.Netlink.Families.Route;

/// <summary>What changes of routes mean.</summary>
internal static class RouteEvents
{
    private const string Added = "route.added";
    private const string Removed = "route.removed";
    private const string Changed = "route.changed";
    private const string Unchanged = "route.unchanged";
    private const string DefaultAdded = "route.default_added";
    private const string DefaultRemoved = "route.default_removed";
    private const string DefaultChanged = "route.default_changed";

    public static IReadOnlyList<EventName> All { get; } =
    [
        new(Added, "A route appeared."),
        new(Removed, "A route is gone. IPv4 routes that go with their interface, address or nexthop are not announced by the kernel: those come as synthetic events."),
        new(Changed, "A route was replaced, or its nexthops or flags changed."),
        new(Unchanged, "The kernel announced a route without any change that is known."),
        new(DefaultAdded, "A default route appeared in the main table; with route.added."),
        new(DefaultRemoved, "A default route of the main table is gone; with route.removed.", EventSeverity.Critical),
        new(DefaultChanged, "A default route of the main table changed; with route.changed.", EventSeverity.Warning),
    ];

    public static void Describe(in NetworkChange change, bool isDefault, List<string> names)
    {
        var (common, special) = change.Action == NetlinkAction.Delete ? (Removed, DefaultRemoved)
            : change.Previous is null ? (Added, DefaultAdded)
            : change.Changed != 0 ? (Changed, DefaultChanged)
            : (Unchanged, null);
        if (isDefault && special is not null) names.Add(special);
        names.Add(common);
    }
}
