using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families.SocketDestroy;
using Declare = Wirehook.Netlink.Families.FieldsOf<Wirehook.Netlink.Families.SocketDestroy.DestroyedSocket>;

[assembly: Wirehook.Netlink.Families.NetlinkFamily(typeof(SocketDestroyFamily))]

namespace Wirehook.Netlink.Families.SocketDestroy;

/// <summary>Sockets that were closed (NETLINK_SOCK_DIAG, the groups SKNLGRP_*_DESTROY of linux/sock_diag.h).</summary>
internal sealed class SocketDestroyFamily : NetlinkFamily
{
    private const ushort ByFamily = 20;

    private static readonly Dictionary<string, long> States = Symbols.Of(
        ("ESTABLISHED", 1), ("SYN_SENT", 2), ("SYN_RECV", 3), ("FIN_WAIT1", 4), ("FIN_WAIT2", 5), ("TIME_WAIT", 6), ("CLOSE", 7), ("CLOSE_WAIT", 8),
        ("LAST_ACK", 9), ("LISTEN", 10), ("CLOSING", 11), ("NEW_SYN_RECV", 12));

    /// <inheritdoc/>
    public override string Name => "sock";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["diag"];

    /// <inheritdoc/>
    public override int Protocol => NetlinkProtocol.SockDiag;

    /// <inheritdoc/>
    public override IReadOnlyList<NetlinkMessageType> Messages { get; } = [new(ByFamily, "SOCK_DIAG_BY_FAMILY", NetlinkAction.Delete)];

    /// <inheritdoc/>
    public override IReadOnlyList<int> Groups { get; } = [1, 2, 3, 4];

    /// <inheritdoc/>
    public override bool FollowsTraffic => true;

    /// <inheritdoc/>
    public override bool IsOnRequest => true;

    /// <inheritdoc/>
    public override bool IsCached => false;

    /// <inheritdoc/>
    public override IReadOnlyList<EventName> EventNames { get; } = [new("sock.destroyed", "A TCP or UDP socket was closed.")];

    /// <inheritdoc/>
    public override IReadOnlyList<NetworkField> Fields { get; } =
    [
        Declare.Number("family", "Address family.", o => o.AddressFamily) with { Symbols = CommonConstants.AddressFamilies },
        Declare.Number("protocol", "IP protocol.", o => o.Protocol) with { Symbols = NumberNames.IpProtocols },
        Declare.Number("state", "Last state of the socket (TCP_*).", o => o.State) with { Symbols = States },
        Declare.Address("src_addr", "Local address.", o => o.Source, "src"),
        Declare.Number("src_port", "Local port.", o => o.SourcePort, "sport"),
        Declare.Address("dst_addr", "Remote address; all zeros for sockets without one.", o => o.Destination, "dst"),
        Declare.Number("dst_port", "Remote port.", o => o.DestinationPort, "dport"),
        Declare.Number("uid", "User that owned the socket.", o => o.UserId),
        Declare.Number("inode", "Inode; 0 after the last descriptor was closed.", o => o.Inode),
        Declare.Number("cookie", "The kernel's number of the socket.", o => (long)o.Cookie),
        Declare.Number("rqueue", "Bytes that nobody received.", o => o.ReceiveQueue) with { IsState = false },
        Declare.Number("wqueue", "Bytes that were not sent.", o => o.SendQueue) with { IsState = false },
        Declare.Number("timer", "Timer that ran.", o => o.Timer) with { IsState = false },
        Declare.Number("retrans", "Retransmissions.", o => o.Retransmissions) with { IsState = false },
    ];

    /// <inheritdoc/>
    public override bool TryDecode(in NetlinkMessage message, out NetlinkObject decoded)
    {
        decoded = DestroyedSocket.Decode(this, message.Body)!;
        return decoded is not null;
    }

    /// <inheritdoc/>
    public override void Describe(in NetworkChange change, List<string> names) => names.Add("sock.destroyed");
}
