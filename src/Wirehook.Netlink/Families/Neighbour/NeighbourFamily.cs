using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families;
using Wirehook.Netlink.Families.Neighbour;
using FieldsOf = Wirehook.Netlink.Families.FieldsOf<Wirehook.Netlink.Families.Neighbour.NeighbourObject>;

[assembly: NetlinkFamily(typeof(NeighbourFamily))]

namespace Wirehook.Netlink.Families.Neighbour;

/// <summary>Neighbours (ARP, neighbour discovery) and forwarding databases: RTM_NEWNEIGH and RTM_DELNEIGH.</summary>
internal sealed class NeighbourFamily : NetlinkFamily
{
    private const ushort GetNeighbour = 30;
    private const byte Bridge = 7;

    /// <summary>NUD_…</summary>
    private static readonly Dictionary<string, long> States = Symbols.Of(
        ("NONE", 0), ("INCOMPLETE", 0x1), ("REACHABLE", 0x2), ("STALE", 0x4), ("DELAY", 0x8), ("PROBE", 0x10), ("FAILED", 0x20), ("NOARP", 0x40), ("PERMANENT", 0x80));

    /// <summary>NTF_…; those of NTF_EXT_… from bit 8 on.</summary>
    private static readonly Dictionary<string, long> FlagNames = Symbols.Of(
        ("USE", 0x1), ("SELF", 0x2), ("MASTER", 0x4), ("PROXY", 0x8), ("EXT_LEARNED", 0x10), ("OFFLOADED", 0x20), ("STICKY", 0x40), ("ROUTER", 0x80), ("MANAGED", 0x100),
        ("LOCKED", 0x200));

    private static readonly Dictionary<long, string> StateNames = States.ToDictionary(s => s.Value, s => s.Key);

    public override string Name => "neigh";

    public override IReadOnlyList<string> Aliases => ["neighbour", "neighbor"];

    public override IReadOnlyList<NetlinkMessageType> Messages { get; } =
    [
        new(28, "RTM_NEWNEIGH", NetlinkAction.New),
        new(29, "RTM_DELNEIGH", NetlinkAction.Delete),
        new(GetNeighbour, "RTM_GETNEIGH", NetlinkAction.Get),
    ];

    public override IReadOnlyList<int> Groups => [3];

    public override bool DiesWithInterface => true;

    public override IReadOnlyList<byte[]> Dumps { get; } =
    [
        NetlinkRequest.Dump(GetNeighbour, new byte[NeighbourDecoder.FixedLength]),
        NetlinkRequest.Dump(GetNeighbour, [Bridge, .. new byte[NeighbourDecoder.FixedLength - 1]]),
    ];

    public override IReadOnlyDictionary<string, long> Constants { get; } = Symbols.Constants(("NUD_", States), ("NTF_", FlagNames));

    public override IReadOnlyList<NetworkField> Fields { get; } =
    [
        FieldsOf.Address("dst", "The neighbour's IP address; for tunnels the remote end.", n => n.Destination, "destination"),
        FieldsOf.Text("lladdr", "Its link layer address.", n => n.LinkAddress, "mac", "address"),
        FieldsOf.Text("state", "The state: REACHABLE, STALE, FAILED, PERMANENT …", n => StateName(n.State)),
        FieldsOf.Number("nud", "The state as a number (NUD_…).", n => n.State, "netlink.neigh.state") with { Symbols = States, IsBitSet = true },
        FieldsOf.Number("flags", "Flags (NTF_…).", n => n.Flags) with { Symbols = FlagNames, IsBitSet = true },
        FieldsOf.Number("family", "The address family: 2 for IPv4, 10 for IPv6, 7 for a bridge's forwarding database.", n => n.AddressFamily) with
        {
            Symbols = CommonConstants.AddressFamilies,
        },
        FieldsOf.Number("ifindex", "The index of the interface.", n => n.Index, "index"),
        FieldsOf.Number("vlan", "The VLAN of an entry of a forwarding database.", n => n.Vlan, "vlan_id"),
        FieldsOf.Number("master", "The index of the bridge.", n => n.Master),
        FieldsOf.Text("master_name", "The name of the bridge.", n => n.MasterName) with { IsState = false },
        FieldsOf.Number("port", "The UDP port of the remote end.", n => n.Port),
        FieldsOf.Number("vni", "The network identifier.", n => n.Vni),
        FieldsOf.Number("nexthop_id", "The nexthop object that it uses.", n => n.NextHopId, "nhid"),
        FieldsOf.Number("protocol", "Who made it (RTPROT_…).", n => n.Protocol),
        FieldsOf.Number("type", "The kind of address (RTN_…).", n => n.Type),
        FieldsOf.Number("probes", "How often it was asked without an answer.", n => n.Probes) with { IsState = false },
    ];

    public override IReadOnlyList<EventName> EventNames => NeighbourEvents.All;

    public override bool TryDecode(in NetlinkMessage message, out NetlinkObject decoded)
    {
        decoded = NeighbourDecoder.Decode(this, message.Body)!;
        return decoded is not null;
    }

    /// <summary>A dump for all families shows ARP and neighbour discovery; forwarding databases have their own. Proxies are in neither.</summary>
    public override bool IsInScope(in NetlinkMessage request, NetlinkObject dumped)
    {
        var neighbour = (NeighbourObject)dumped;
        if (request.Body.IsEmpty || neighbour.IsProxy) return false;
        return request.Body[0] == 0 ? !neighbour.IsForwarding : request.Body[0] == neighbour.AddressFamily;
    }

    public override void Describe(in NetworkChange change, List<string> names) => NeighbourEvents.Describe(change, names);

    /// <summary>Entries that a device keeps for itself are permanent and need no resolution at once: PERMANENT says more.</summary>
    private static string? StateName(ushort state) =>
        StateNames.GetValueOrDefault(state) ?? ((state & States["PERMANENT"]) != 0 ? "PERMANENT" : null);
}
