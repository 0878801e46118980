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
        new(DefaultChanged, "A default route of the main table leads elsewhere or counts otherwise; with route.changed. A route whose flags alone changed, as when its carrier comes or goes, is route.changed.", EventSeverity.Warning),
    ];

    /// <summary>Names what happened.</summary>
    /// <param name="change">The change.</param>
    /// <param name="isDefault">Whether the route is a default route of the main table.</param>
    /// <param name="flags">The bit of the flags among the changed fields: they tell of carriers rather than of where a route leads.</param>
    /// <param name="names">Where names are added.</param>
    public static void Describe(in NetworkChange change, bool isDefault, ulong flags, List<string> names)
    {
        var leadsElsewhere = (change.Changed & ~flags) != 0;
        var common = change.Action == NetlinkAction.Delete ? Removed : change.Previous is null ? Added : change.Changed != 0 ? Changed : Unchanged;
        if (isDefault && common != Unchanged && (common != Changed || leadsElsewhere)) names.Add(common == Removed ? DefaultRemoved : common == Added ? DefaultAdded : DefaultChanged);
        names.Add(common);
    }
}
