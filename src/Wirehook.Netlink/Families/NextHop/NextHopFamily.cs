using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families.Route;
using Wirehook.Netlink.Families.NextHop;
using Wirehook.Netlink.State;
using Declare = Wirehook.Netlink.Families.FieldsOf<Wirehook.Netlink.Families.NextHop.NextHopObject>;

[assembly: Wirehook.Netlink.Families.NetlinkFamily(typeof(NextHopFamily))]

namespace Wirehook.Netlink.Families.NextHop;

/// <summary>Next hop objects (RTM_NEWNEXTHOP, RTM_DELNEXTHOP; linux/nexthop.h).</summary>
internal sealed class NextHopFamily : NetlinkFamily
{
    private const ushort NewNextHop = 104;
    private const ushort DeleteNextHop = 105;
    private const ushort GetNextHop = 106;
    private const int Group = 32;
    private const int HeaderLength = 8;
    private static readonly Lifecycle Names = new("nexthop", "A next hop object");

    /// <inheritdoc/>
    public override string Name => "nexthop";

    /// <inheritdoc/>
    public override IReadOnlyList<NetlinkMessageType> Messages { get; } =
    [
        new(NewNextHop, "RTM_NEWNEXTHOP", NetlinkAction.New),
        new(DeleteNextHop, "RTM_DELNEXTHOP", NetlinkAction.Delete),
        new(GetNextHop, "RTM_GETNEXTHOP", NetlinkAction.Get),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<int> Groups { get; } = [Group];

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Dumps { get; } = [NetlinkRequest.Dump(GetNextHop, new byte[HeaderLength])];

    /// <inheritdoc/>
    public override IReadOnlyList<EventName> EventNames => Names.EventNames;

    /// <inheritdoc/>
    public override IReadOnlyList<NetworkField> Fields { get; } =
    [
        Declare.Number("id", "Number of the next hop.", o => o.Id),
        Declare.Number("family", "Address family of the gateway.", o => o.AddressFamily) with { Symbols = CommonConstants.AddressFamilies },
        Declare.Address("gateway", "Gateway.", o => o.Gateway, "via"),
        Declare.Number("oif", "Index of the outgoing interface.", o => o.OutputInterface),
        Declare.Number("scope", "Scope (RT_SCOPE_*).", o => o.Scope) with { Symbols = CommonConstants.Scopes },
        Declare.Number("protocol", "Who made it (RTPROT_*).", o => o.Protocol) with { Symbols = RouteSymbols.Protocols },
        Declare.Number("flags", "Flags (RTNH_F_*).", o => o.Flags) with { Symbols = FlagBits, IsBitSet = true },
        Declare.Flag("blackhole", "Whether it drops what is routed to it.", o => o.IsBlackhole),
        Declare.Flag("fdb", "Whether it serves forwarding entries of VXLAN devices.", o => o.IsForwardingEntry),
        Declare.List("members", "Ids of a group's members.", o => o.Members),
        Declare.List("weights", "Weights of a group's members, in the same order.", o => o.Weights),
        Declare.Number("group_type", "How a group spreads flows.", o => o.GroupType) with { Symbols = GroupTypes },
        Declare.Number("buckets", "Buckets of a resilient group.", o => o.Buckets),
        Declare.Number("encap_type", "Encapsulation (LWTUNNEL_ENCAP_*).", o => o.Encapsulation),
        Declare.Number("master", "Index of the master device.", o => o.Master),
    ];

    private static Dictionary<string, long> FlagBits => Symbols.Of(
        ("DEAD", 1), ("PERVASIVE", 2), ("ONLINK", 4), ("OFFLOAD", 8), ("LINKDOWN", 16), ("UNRESOLVED", 32), ("TRAP", 64));

    private static Dictionary<string, long> GroupTypes => Symbols.Of(("mpath", 0), ("resilient", 1));

    /// <inheritdoc/>
    public override bool TryDecode(in NetlinkMessage message, out NetlinkObject decoded)
    {
        decoded = NextHopObject.Decode(this, message.Body)!;
        return decoded is not null;
    }

    /// <summary>Routes over a next hop go with it.</summary>
    public override void RequestAudit(in NetworkChange change, RouteAudit audit)
    {
        if (change.Action == NetlinkAction.Delete) audit.AddNextHop((uint)((NextHopObject)change.Current).Id);
    }

    /// <summary>The kernel takes next hops away with their interface, going down or disappearing, and announces nothing.</summary>
    internal override void AddAudits(RouteAudit audit, ObjectTable cached, Queue<byte[]> requests)
    {
        for (var i = 0; i < cached.Capacity; i++)
        {
            if (cached.At(i).Subject is not NextHopObject hop) continue;
            var over = (int)(hop.OutputInterface ?? 0);
            if (!audit.IsAll && (over == 0 || (!audit.Interfaces.Contains(over) && !audit.GoneInterfaces.Contains(over)))) continue;
            requests.Enqueue(Dumps[0]);
            return;
        }
    }

    /// <inheritdoc/>
    public override void Describe(in NetworkChange change, List<string> names) => Names.Describe(change, names);
}
