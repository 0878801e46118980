using Wirehook.Netlink.Events;

namespace Wirehook.Netlink.Families.Link;

/// <summary>What changes of links mean.</summary>
internal static class LinkEvents
{
    private const string Added = "link.added";
    private const string Removed = "link.removed";
    private const string MovedAway = "link.moved_away";
    private const string Up = "link.up";
    private const string Down = "link.down";
    private const string CarrierGained = "link.carrier_gained";
    private const string CarrierLost = "link.carrier_lost";
    private const string Renamed = "link.renamed";
    private const string MtuChanged = "link.mtu_changed";
    private const string AddressChanged = "link.address_changed";
    private const string MasterChanged = "link.master_changed";
    private const string AltNameChanged = "link.altname_changed";
    private const string PromiscuousOn = "link.promiscuous_on";
    private const string PromiscuousOff = "link.promiscuous_off";
    private const string Changed = "link.changed";
    private const string Unchanged = "link.unchanged";

    public static IReadOnlyList<EventName> All { get; } =
    [
        new(Added, "An interface appeared; with link.up where it is already up."),
        new(Removed, "An interface was removed.", EventSeverity.Warning),
        new(MovedAway, "An interface was moved to another namespace.", EventSeverity.Warning),
        new(Up, "An interface was set up (IFF_UP)."),
        new(Down, "An interface was set down (IFF_UP cleared).", EventSeverity.Warning),
        new(CarrierGained, "An interface that is up got a carrier (IFF_LOWER_UP)."),
        new(CarrierLost, "An interface lost its carrier, or was set down.", EventSeverity.Warning),
        new(Renamed, "An interface got another name."),
        new(MtuChanged, "The MTU changed."),
        new(AddressChanged, "The link layer address changed."),
        new(MasterChanged, "The interface became a port of a bridge or bond, or left it."),
        new(AltNameChanged, "An alternative name was added or removed."),
        new(PromiscuousOn, "Someone wants all packets of the interface.", EventSeverity.Warning),
        new(PromiscuousOff, "Nobody wants all packets of the interface any more."),
        new(Changed, "Something else about an interface changed."),
        new(Unchanged, "The kernel announced an interface without any change that is known."),
    ];

    public static void Describe(in NetworkChange change, List<string> names)
    {
        var link = (LinkObject)change.Current;
        if (change.Action == NetlinkAction.Delete) DescribeRemoval(link, names);
        else if (change.Previous is LinkObject previous) DescribeChange(link, previous, change.Changed, names);
        else DescribeNew(link, names);
    }

    private static void DescribeRemoval(LinkObject link, List<string> names)
    {
        if (link.IsPartial)
        {
            names.Add(Unchanged);
            return;
        }

        if (link.NewNamespaceId is not null) names.Add(MovedAway);
        names.Add(Removed);
    }

    private static void DescribeNew(LinkObject link, List<string> names)
    {
        names.Add(link.IsPartial ? Unchanged : Added);
        if (link.IsPartial) return;
        if (link.IsUp) names.Add(Up);
        if (link.HasCarrier) names.Add(CarrierGained);
    }

    private static void DescribeChange(LinkObject link, LinkObject previous, ulong changed, List<string> names)
    {
        if (changed == 0)
        {
            names.Add(Unchanged);
            return;
        }

        if (link.IsUp != previous.IsUp) names.Add(link.IsUp ? Up : Down);
        if (link.HasCarrier != previous.HasCarrier) names.Add(link.HasCarrier ? CarrierGained : CarrierLost);
        if (link.Name != previous.Name) names.Add(Renamed);
        if (link.Master != previous.Master) names.Add(MasterChanged);
        if (link.Mtu != previous.Mtu) names.Add(MtuChanged);
        if (link.Address != previous.Address) names.Add(AddressChanged);
        if (link.IsPromiscuous != previous.IsPromiscuous) names.Add(link.IsPromiscuous ? PromiscuousOn : PromiscuousOff);
        if (!HaveSameNames(link.AlternativeNames, previous.AlternativeNames)) names.Add(AltNameChanged);
        if (names.Count == 0) names.Add(Changed);
    }

    private static bool HaveSameNames(string[]? current, string[]? previous) =>
        ReferenceEquals(current, previous) || (current is not null && previous is not null && current.AsSpan().SequenceEqual(previous));
}
