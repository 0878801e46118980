using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;

namespace Wirehook.Netlink.Families.TrafficControl;

/// <summary>What queueing disciplines, classes and filters share.</summary>
internal abstract class TrafficControlFamily : NetlinkFamily
{
    private const int Group = 4;
    private readonly Lifecycle _names;

    /// <summary>Names the events of the family.</summary>
    /// <param name="name">The family's name.</param>
    /// <param name="what">What its objects are, with article.</param>
    protected TrafficControlFamily(string name, string what)
    {
        (Name, _names) = (name, new Lifecycle(name, what));
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<int> Groups { get; } = [Group];

    /// <inheritdoc/>
    public override IReadOnlyList<EventName> EventNames => _names.EventNames;

    /// <inheritdoc/>
    public override bool TryDecode(in NetlinkMessage message, out NetlinkObject decoded)
    {
        decoded = TrafficControlObject.Decode(this, message)!;
        return decoded is not null;
    }

    /// <inheritdoc/>
    public override void Describe(in NetworkChange change, List<string> names) => _names.Describe(change, names);
}
