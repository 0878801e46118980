using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families.TrafficControl;

[assembly: Wirehook.Netlink.Families.NetlinkFamily(typeof(ClassFamily))]

namespace Wirehook.Netlink.Families.TrafficControl;

/// <summary>Traffic classes (RTM_NEWTCLASS, RTM_DELTCLASS). Not kept: the kernel lists them only by interface, and lets them go silently with their
/// discipline.</summary>
internal sealed class ClassFamily() : TrafficControlFamily("class", "A traffic class")
{
    private const ushort NewClass = 40;
    private const ushort DeleteClass = 41;

    /// <inheritdoc/>
    public override bool IsCached => false;

    /// <inheritdoc/>
    public override IReadOnlyList<NetlinkMessageType> Messages { get; } =
        [new(NewClass, "RTM_NEWTCLASS", NetlinkAction.New), new(DeleteClass, "RTM_DELTCLASS", NetlinkAction.Delete)];

    /// <inheritdoc/>
    public override IReadOnlyList<EventName> EventNames { get; } =
        [new("class.added", "A traffic class was added or changed; the kernel does not say which."), new("class.removed", "A traffic class was removed.")];

    /// <inheritdoc/>
    public override IReadOnlyList<NetworkField> Fields => TrafficControlFields.Class;
}
