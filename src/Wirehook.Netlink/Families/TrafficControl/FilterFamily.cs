using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families.TrafficControl;

[assembly: Wirehook.Netlink.Families.NetlinkFamily(typeof(FilterFamily))]

namespace Wirehook.Netlink.Families.TrafficControl;

/// <summary>Filters of traffic control (RTM_NEWTFILTER, RTM_DELTFILTER). Not kept: the kernel lists them only by interface and parent, and lets them go
/// silently with these. Whether one is new is known from the flags of the request that made it.</summary>
internal sealed class FilterFamily() : TrafficControlFamily("filter", "A filter of traffic control")
{
    private const ushort NewFilter = 44;
    private const ushort DeleteFilter = 45;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["tfilter"];

    /// <inheritdoc/>
    public override bool IsCached => false;

    /// <inheritdoc/>
    public override IReadOnlyList<NetlinkMessageType> Messages { get; } =
        [new(NewFilter, "RTM_NEWTFILTER", NetlinkAction.New), new(DeleteFilter, "RTM_DELTFILTER", NetlinkAction.Delete)];

    /// <inheritdoc/>
    public override IReadOnlyList<EventName> EventNames { get; } =
    [
        new("filter.added", "A filter of traffic control was added, or replaced."),
        new("filter.removed", "A filter of traffic control was removed; without handle, all of its priority."),
        new("filter.changed", "A filter of traffic control was changed."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<NetworkField> Fields => TrafficControlFields.Filter;

    /// <inheritdoc/>
    public override void Describe(in NetworkChange change, List<string> names)
    {
        if (change.Action == NetlinkAction.Delete) names.Add("filter.removed");
        else names.Add((((TrafficControlObject)change.Current).MessageFlags & NetlinkFlags.Create) != 0 ? "filter.added" : "filter.changed");
    }
}
