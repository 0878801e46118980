using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families;
using Wirehook.Netlink.Families.Link;
using Wirehook.Netlink.State;
using FieldsOf = Wirehook.Netlink.Families.FieldsOf<Wirehook.Netlink.Families.Link.LinkObject>;

[assembly: NetlinkFamily(typeof(LinkFamily))]

namespace Wirehook.Netlink.Families.Link;

/// <summary>Network interfaces: RTM_NEWLINK and RTM_DELLINK.</summary>
internal sealed class LinkFamily : NetlinkFamily
{
    private const ushort GetLink = 18;
    private const uint SkipStatistics = 8;

    private static readonly string[] Frequent = ["name", "flags", "state", "operstate", "slave_kind", "master", "altnames", "carrier", "port_state"];
    private readonly int[] _frequent;

    public LinkFamily()
    {
        _frequent = [.. Fields.Index().Where(f => Frequent.Contains(f.Item.Name)).Select(f => f.Index)];
    }

    public override string Name => "link";

    public override IReadOnlyList<NetlinkMessageType> Messages { get; } =
    [
        new(16, "RTM_NEWLINK", NetlinkAction.New),
        new(17, "RTM_DELLINK", NetlinkAction.Delete),
        new(GetLink, "RTM_GETLINK", NetlinkAction.Get),
    ];

    public override IReadOnlyList<int> Groups => [1];

    public override IReadOnlyList<byte[]> Dumps { get; } =
        [NetlinkRequest.Dump(GetLink, [.. new byte[16], .. NetlinkRequest.Attribute(LinkAttribute.ExtensionMask, SkipStatistics)])];

    public override IReadOnlyDictionary<string, long> Constants { get; } = Symbols.Constants(
        ("IFF_", LinkSymbols.Flags), ("IF_OPER_", LinkSymbols.OperStates), ("ARPHRD_", LinkSymbols.Types), ("BR_STATE_", LinkSymbols.PortStates));

    public override IReadOnlyList<NetworkField> Fields { get; } =
    [
        FieldsOf.Text("name", "The interface's name.", l => l.Name, "ifname"),
        FieldsOf.Number("index", "The interface's index.", l => l.Index, "ifindex"),
        FieldsOf.Number("type", "The kind of hardware (ARPHRD_…).", l => l.Type) with { Symbols = LinkSymbols.Types },
        FieldsOf.Number("flags", "Flags (IFF_…).", l => l.Flags) with { Symbols = LinkSymbols.Flags, IsBitSet = true },
        FieldsOf.Text("state", "The operational state: UP, DOWN, LOWERLAYERDOWN, DORMANT, UNKNOWN …", l => LinkSymbols.StateName(l.OperState)),
        FieldsOf.Number("operstate", "The operational state as a number (IF_OPER_…).", l => l.OperState) with { Symbols = LinkSymbols.OperStates },
        FieldsOf.Number("mtu", "The maximum transmission unit, in bytes.", l => l.Mtu),
        FieldsOf.Text("address", "The link layer address, such as 02:42:ac:11:00:02.", l => l.Address, "mac", "lladdr"),
        FieldsOf.Text("broadcast", "The link layer broadcast address.", l => l.Broadcast),
        FieldsOf.Text("qdisc", "The queueing discipline.", l => l.Qdisc),
        FieldsOf.Text("kind", "The kind of virtual interface: veth, bridge, vlan …", l => l.Kind),
        FieldsOf.Text("slave_kind", "The kind of master that it is a port of: bridge, bond …", l => l.SlaveKind),
        FieldsOf.Number("master", "The index of its master: the bridge or bond that it is a port of.", l => l.Master),
        FieldsOf.Text("master_name", "The name of its master.", l => l.MasterName) with { IsState = false },
        FieldsOf.Number("link", "The index of the interface that it sits on, or of its peer.", l => l.Link, "iflink", "peer_index"),
        FieldsOf.Text("link_name", "The name of the interface that it sits on, or of its peer, where that is in the same namespace.", l => l.LinkName, "peer") with { IsState = false },
        FieldsOf.Number("link_netnsid", "The id of the namespace that its peer is in, where that is another.", l => l.LinkNamespaceId),
        FieldsOf.List("altnames", "Alternative names.", l => l.AlternativeNames),
        FieldsOf.Text("alias", "The description that an administrator gave.", l => l.Alias, "ifalias"),
        FieldsOf.Number("group", "The interface group.", l => l.Group),
        FieldsOf.Number("txqlen", "The length of the send queue, in packets.", l => l.QueueLength),
        FieldsOf.Flag("carrier", "Whether there is a carrier.", l => l.Carrier is { } carrier ? carrier != 0 : null),
        FieldsOf.Number("carrier_changes", "How often the carrier changed.", l => l.CarrierChanges) with { IsState = false },
        FieldsOf.Number("mode", "The link mode (IF_LINK_MODE_…).", l => l.Mode) with { Symbols = LinkSymbols.Modes },
        FieldsOf.Number("promiscuity", "How many users want all packets; 0 for none.", l => l.Promiscuity),
        FieldsOf.Number("allmulti", "How many users want all multicast packets.", l => l.AllMulticast),
        FieldsOf.Number("port_state", "The state as a port of a bridge (BR_STATE_…).", l => l.PortState) with { Symbols = LinkSymbols.PortStates },
        FieldsOf.Number("vlan", "The VLAN id of an interface of kind vlan.", l => l.Vlan, "vlan_id"),
        FieldsOf.Number("vni", "The network identifier of an interface of kind vxlan.", l => l.Vni, "vxlan_id"),
        FieldsOf.Number("vrf_table", "The routing table of an interface of kind vrf.", l => l.VrfTable),
        FieldsOf.Text("permanent_address", "The link layer address that the hardware came with.", l => l.PermanentAddress, "permaddr"),
        FieldsOf.Number("min_mtu", "The smallest MTU that can be set.", l => l.MinMtu),
        FieldsOf.Number("max_mtu", "The largest MTU that can be set; 0 for no limit.", l => l.MaxMtu),
        FieldsOf.Number("tx_queues", "Send queues.", l => l.SendQueues),
        FieldsOf.Number("rx_queues", "Receive queues.", l => l.ReceiveQueues),
        FieldsOf.Text("parent_device", "The device that it belongs to, such as 0000:00:1f.6.", l => l.ParentDevice),
        FieldsOf.Text("parent_bus", "The bus of that device, such as pci.", l => l.ParentBus),
        FieldsOf.Text("port_name", "The name of the physical port.", l => l.PhysicalPort),
        FieldsOf.Text("switch_id", "The identity of the switch that the port belongs to.", l => l.SwitchId),
        FieldsOf.Flag("protodown", "Whether a protocol keeps it down.", l => l.ProtocolDown is { } down ? down != 0 : null),
        FieldsOf.Number("new_netnsid", "The id of the namespace that it was moved to.", l => l.NewNamespaceId) with { IsState = false },
        FieldsOf.Number("new_ifindex", "Its index in the namespace that it was moved to.", l => l.NewIndex) with { IsState = false },
        FieldsOf.Number("cause", "Why the kernel sent the message, where it says so (IFLA_EVENT_…).", l => l.Cause) with { Symbols = LinkSymbols.Causes, IsState = false },
        FieldsOf.Number("family", "AF_BRIDGE (7) where a bridge tells about its port.", l => l.AddressFamily) with { Symbols = CommonConstants.AddressFamilies, IsState = false },
    ];

    public override IReadOnlyList<EventName> EventNames => LinkEvents.All;

    public override bool TryDecode(in NetlinkMessage message, out NetlinkObject decoded)
    {
        decoded = LinkDecoder.Decode(this, message)!;
        return decoded is not null;
    }

    /// <summary>Looks at each field only where something seldom changed.</summary>
    public override ulong Compare(NetlinkObject current, NetlinkObject previous)
    {
        if (!((LinkObject)current).HasSameRareState((LinkObject)previous)) return base.Compare(current, previous);
        var changed = 0UL;
        foreach (var index in _frequent)
        {
            if (Fields[index].Differs!(current, previous)) changed |= 1UL << index;
        }

        return changed;
    }

    public override NetlinkObject Merge(NetlinkObject decoded, NetlinkObject cached) =>
        (LinkObject)decoded is { IsPartial: true } part ? ((LinkObject)cached).With(part) : decoded;

    /// <summary>A bridge announces the end of a port like the end of an interface: the interface stays.</summary>
    public override NetlinkObject? Remaining(NetlinkObject deleted, NetlinkObject cached) => ((LinkObject)deleted).IsPartial ? cached : null;

    public override void RequestAudit(in NetworkChange change, RouteAudit audit)
    {
        var link = (LinkObject)change.Current;
        if (change.Action == NetlinkAction.Delete)
        {
            if (!link.IsPartial) audit.AddGoneInterface(link.Index);
        }
        else if (change.Previous is LinkObject previous && ((previous.IsUp && !link.IsUp) || previous.HasCarrier != link.HasCarrier))
        {
            audit.AddInterface(link.Index);
        }
    }

    public override void Describe(in NetworkChange change, List<string> names) => LinkEvents.Describe(change, names);
}
