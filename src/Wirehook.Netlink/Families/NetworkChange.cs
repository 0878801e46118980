using Wirehook.Netlink.Events;

namespace Wirehook.Netlink.Families;

/// <summary>What one message changed, for <see cref="NetlinkFamily.Describe"/>.</summary>
/// <param name="action">New or Delete.</param>
/// <param name="current">The object after the change; for Delete its last state.</param>
/// <param name="previous">Its cached state before; null where it was not known.</param>
/// <param name="changed">Bit i is set where the value of <c>Fields[i]</c> differs; 0 where nothing is known to differ.</param>
public readonly struct NetworkChange(NetlinkAction action, NetlinkObject current, NetlinkObject? previous, ulong changed)
{
    /// <summary>New or Delete.</summary>
    public NetlinkAction Action { get; } = action;

    /// <summary>The object after the change; for Delete its last state.</summary>
    public NetlinkObject Current { get; } = current;

    /// <summary>Its cached state before; null where it was not known.</summary>
    public NetlinkObject? Previous { get; } = previous;

    /// <summary>Bit i is set where the value of <c>Family.Fields[i]</c> differs.</summary>
    public ulong Changed { get; } = changed;
}
