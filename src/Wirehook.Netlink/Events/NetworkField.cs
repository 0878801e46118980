using Wirehook.Netlink.Families;

namespace Wirehook.Netlink.Events;

/// <summary>Reads a field of an object of the field's own family; absent where the kernel did not send it.</summary>
public delegate NetworkValue NetworkFieldGetter(NetlinkObject subject);

/// <summary>Whether a field differs between two objects of the field's own family.</summary>
public delegate bool NetworkFieldComparer(NetlinkObject current, NetlinkObject previous);

/// <summary>One field of a family's objects, declared once: JSON, conditions, environment, scripts, documents and change detection come from here.</summary>
/// <param name="Name">The word after the dot: <c>mtu</c> of <c>link.mtu</c>.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Description">A sentence for the reference, with units.</param>
/// <param name="Get">Reads it.</param>
public sealed record NetworkField(string Name, NetworkValueKind Kind, string Description, NetworkFieldGetter Get)
{
    /// <summary>Other names for it in conditions (<c>ifindex</c> for <c>index</c>). One with a dot is a whole spelling.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Names of its numbers without prefix (<c>UP</c> for IF_OPER_UP); of single bits where <see cref="IsBitSet"/>. Empty for plain numbers.</summary>
    public IReadOnlyDictionary<string, long> Symbols { get; init; } = new Dictionary<string, long>();

    /// <summary>Whether the number is a set of bits that <see cref="Symbols"/> names.</summary>
    public bool IsBitSet { get; init; }

    /// <summary>A faster way to compare than by <see cref="Get"/>; null for none.</summary>
    public NetworkFieldComparer? Differs { get; init; }

    /// <summary>Whether a difference counts as a change; false for counters and timers.</summary>
    public bool IsState { get; init; } = true;
}
