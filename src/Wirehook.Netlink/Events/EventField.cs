namespace Wirehook.Netlink.Events;

/// <summary>Something to be read from any event by name: <c>interface</c>, <c>link.mtu</c>, <c>old.link.mtu</c>, <c>changed.link.mtu</c>.</summary>
/// <param name="Name">The canonical name.</param>
/// <param name="Kind">What its values are, where present.</param>
/// <param name="Description">A sentence for the reference.</param>
/// <param name="Get">Reads it; absent where the event is of another family. Allocates nothing.</param>
public sealed record EventField(string Name, NetworkValueKind Kind, string Description, Func<NetworkEvent, NetworkValue> Get)
{
    /// <summary>Other spellings.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Names of its numbers (<c>UP</c>), of its bits where <see cref="IsBitSet"/>; empty for plain values.</summary>
    public IReadOnlyDictionary<string, long> Symbols { get; init; } = new Dictionary<string, long>();

    /// <summary>Whether the number is a set of bits.</summary>
    public bool IsBitSet { get; init; }

    /// <summary>Whether the name belongs to the seed's language but Wirehook receives no such events, so that it is always absent.</summary>
    public bool NeverPresent { get; init; }
}
