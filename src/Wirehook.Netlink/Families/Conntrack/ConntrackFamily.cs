using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families.Conntrack;

[assembly: Wirehook.Netlink.Families.NetlinkFamily(typeof(ConntrackFamily))]

namespace Wirehook.Netlink.Families.Conntrack;

/// <summary>Tracked connections (NFNL_SUBSYS_CTNETLINK; linux/netfilter/nfnetlink_conntrack.h). Passing events: there may be millions, so none is
/// kept.</summary>
internal sealed class ConntrackFamily : NetlinkFamily
{
    private const ushort NewConnection = 0x100;
    private const ushort DeleteConnection = 0x102;
    private const int GroupNew = 1;
    private const int GroupUpdate = 2;
    private const int GroupDestroy = 3;

    /// <inheritdoc/>
    public override string Name => "ct";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["conntrack"];

    /// <inheritdoc/>
    public override int Protocol => NetlinkProtocol.Netfilter;

    /// <inheritdoc/>
    public override IReadOnlyList<NetlinkMessageType> Messages { get; } =
        [new(NewConnection, "IPCTNL_MSG_CT_NEW", NetlinkAction.New), new(DeleteConnection, "IPCTNL_MSG_CT_DELETE", NetlinkAction.Delete)];

    /// <inheritdoc/>
    public override IReadOnlyList<int> Groups { get; } = [GroupNew, GroupUpdate, GroupDestroy];

    /// <inheritdoc/>
    public override bool NeedsPrivilege => true;

    /// <inheritdoc/>
    public override bool FollowsTraffic => true;

    /// <inheritdoc/>
    public override bool IsCached => false;

    /// <inheritdoc/>
    public override IReadOnlyList<NetworkField> Fields => ConntrackFields.All;

    /// <inheritdoc/>
    public override IReadOnlyList<EventName> EventNames { get; } =
    [
        new("ct.new", "A connection began."),
        new("ct.updated", "A connection changed its state, mark or status."),
        new("ct.destroyed", "A connection ended or was given up."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, long> Constants { get; } = Symbols.Constants(
        ("TCP_CONNTRACK_", ConntrackFields.TcpStates), ("SCTP_CONNTRACK_", ConntrackFields.SctpStates), ("IPS_", ConntrackFields.StatusBits));

    /// <inheritdoc/>
    public override bool TryDecode(in NetlinkMessage message, out NetlinkObject decoded)
    {
        decoded = Connection.Decode(this, message)!;
        return decoded is not null;
    }

    /// <inheritdoc/>
    public override void Describe(in NetworkChange change, List<string> names)
    {
        if (change.Action == NetlinkAction.Delete) names.Add("ct.destroyed");
        else names.Add((((Connection)change.Current).MessageFlags & NetlinkFlags.Create) != 0 ? "ct.new" : "ct.updated");
    }
}
