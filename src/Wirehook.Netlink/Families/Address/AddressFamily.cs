using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families;
using Wirehook.Netlink.Families.Address;
using Wirehook.Netlink.State;
using FieldsOf = Wirehook.Netlink.Families.FieldsOf<Wirehook.Netlink.Families.Address.AddressObject>;

[assembly: NetlinkFamily(typeof(AddressFamily))]

namespace Wirehook.Netlink.Families.Address;

/// <summary>IP addresses of interfaces: RTM_NEWADDR and RTM_DELADDR.</summary>
internal sealed class AddressFamily : NetlinkFamily
{
    private const ushort GetAddress = 22;
    private const uint Forever = uint.MaxValue;

    /// <summary>IFA_F_…</summary>
    private static readonly Dictionary<string, long> FlagNames = Symbols.Of(
        ("SECONDARY", 0x1), ("TEMPORARY", 0x1), ("NODAD", 0x2), ("OPTIMISTIC", 0x4), ("DADFAILED", 0x8), ("HOMEADDRESS", 0x10), ("DEPRECATED", 0x20), ("TENTATIVE", 0x40),
        ("PERMANENT", 0x80), ("MANAGETEMPADDR", 0x100), ("NOPREFIXROUTE", 0x200), ("MCAUTOJOIN", 0x400), ("STABLE_PRIVACY", 0x800));

    public override string Name => "addr";

    public override IReadOnlyList<string> Aliases => ["address"];

    public override IReadOnlyList<NetlinkMessageType> Messages { get; } =
    [
        new(20, "RTM_NEWADDR", NetlinkAction.New),
        new(21, "RTM_DELADDR", NetlinkAction.Delete),
        new(GetAddress, "RTM_GETADDR", NetlinkAction.Get),
    ];

    public override IReadOnlyList<int> Groups => [5, 9];

    public override bool DiesWithInterface => true;

    public override IReadOnlyList<byte[]> Dumps { get; } = [NetlinkRequest.Dump(GetAddress, new byte[8])];

    public override IReadOnlyDictionary<string, long> Constants { get; } = Symbols.Constants(("IFA_F_", FlagNames));

    public override IReadOnlyList<NetworkField> Fields { get; } =
    [
        FieldsOf.Prefix("address", "The interface's own address with the length of its prefix.", a => NetworkValue.From(a.Own, a.PrefixLength)),
        FieldsOf.Address("local", "The interface's own address alone.", a => a.Own, "addr"),
        FieldsOf.Number("prefixlen", "The length of the prefix, in bits.", a => a.PrefixLength, "prefix_length"),
        FieldsOf.Address("peer", "The address of the other end of a point-to-point link.", a => a.Peer),
        FieldsOf.Address("broadcast", "The broadcast address.", a => a.Broadcast),
        FieldsOf.Address("anycast", "The anycast address.", a => a.Anycast),
        FieldsOf.Text("label", "The label, such as eth0:1.", a => a.Label),
        FieldsOf.Number("scope", "The scope (RT_SCOPE_…): 0 is global, 253 link, 254 host.", a => a.Scope) with { Symbols = CommonConstants.Scopes },
        FieldsOf.Number("flags", "Flags (IFA_F_…).", a => a.Flags) with { Symbols = FlagNames, IsBitSet = true },
        FieldsOf.Number("family", "The address family: 2 for IPv4, 10 for IPv6.", a => a.AddressFamily) with { Symbols = CommonConstants.AddressFamilies },
        FieldsOf.Number("ifindex", "The index of the interface.", a => a.Index, "index"),
        FieldsOf.Number("priority", "The metric of the route that the kernel makes for the prefix.", a => a.Priority, "metric"),
        FieldsOf.Number("protocol", "Who set the address (IFAPROT_…): 1 kernel loopback, 2 kernel by advertisement, 3 kernel link-local.", a => a.Protocol),
        FieldsOf.Number("preferred_lifetime", "Seconds for which the address is preferred; absent for ever.", a => Limited(a.PreferredLifetime), "preferred_lft") with { IsState = false },
        FieldsOf.Number("valid_lifetime", "Seconds for which the address is valid; absent for ever.", a => Limited(a.ValidLifetime), "valid_lft") with { IsState = false },
    ];

    public override IReadOnlyList<EventName> EventNames { get; } =
    [
        new("addr.added", "An interface got an address."),
        new("addr.removed", "An interface lost an address.", EventSeverity.Warning),
        new("addr.changed", "Something about an address changed: its flags, its label."),
        new("addr.unchanged", "The kernel announced an address without any change that is known, such as a new lifetime."),
    ];

    public override bool TryDecode(in NetlinkMessage message, out NetlinkObject decoded)
    {
        decoded = AddressDecoder.Decode(this, message.Body)!;
        return decoded is not null;
    }

    public override void RequestAudit(in NetworkChange change, RouteAudit audit)
    {
        if (change.Action != NetlinkAction.Delete || change.Current is not AddressObject { IsIPv4: true } address) return;
        audit.AddSource(address.Own);
        audit.AddInterface(address.Index);
    }

    public override void Describe(in NetworkChange change, List<string> names)
    {
        if (change.Action == NetlinkAction.Delete) names.Add("addr.removed");
        else if (change.Previous is null) names.Add("addr.added");
        else names.Add(change.Changed == 0 ? "addr.unchanged" : "addr.changed");
    }

    private static long? Limited(uint? seconds) => seconds == Forever ? null : seconds;
}
