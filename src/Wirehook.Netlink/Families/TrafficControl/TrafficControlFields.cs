using System.Buffers.Binary;
using Wirehook.Netlink.Events;
using Declare = Wirehook.Netlink.Families.FieldsOf<Wirehook.Netlink.Families.TrafficControl.TrafficControlObject>;

namespace Wirehook.Netlink.Families.TrafficControl;

/// <summary>The fields of traffic control objects.</summary>
internal static class TrafficControlFields
{
    private static readonly Dictionary<string, long> EtherTypes =
        Symbols.Of(("all", 3), ("ip", 0x0800), ("arp", 0x0806), ("802.1Q", 0x8100), ("ipv6", 0x86DD), ("802.1ad", 0x88A8));

    private static readonly NetworkField Kind = Declare.Text("kind", "What it is: htb, fq_codel, u32 …", o => o.Kind);
    private static readonly NetworkField Handle = Declare.Text("handle", "Its handle as major:minor in hexadecimal.", o => o.HandleText);

    private static readonly NetworkField HandleId = Declare.Number("handle_id", "Its handle as one number.", o => o.Handle);
    private static readonly NetworkField Parent =
        Declare.Text("parent", "Its parent's handle as major:minor in hexadecimal; root, ingress.", o => o.ParentText);

    private static readonly NetworkField ParentId = Declare.Number("parent_id", "Its parent's handle as one number.", o => o.Parent);
    private static readonly NetworkField Offloaded = Declare.Flag("offloaded", "Whether the hardware does it.", o => o.IsOffloaded);

    private static readonly NetworkField[] Counters =
    [
        Declare.Number("bytes", "Bytes sent.", o => (long?)o.Statistics?.Bytes) with { IsState = false },
        Declare.Number("packets", "Packets sent.", o => o.Statistics?.Packets) with { IsState = false },
        Declare.Number("backlog", "Bytes waiting.", o => o.Statistics?.Backlog) with { IsState = false },
        Declare.Number("drops", "Packets dropped.", o => o.Statistics?.Drops) with { IsState = false },
        Declare.Number("overlimits", "Packets over the limit.", o => o.Statistics?.Overlimits) with { IsState = false },
    ];

    /// <summary>Fields of queueing disciplines.</summary>
    public static IReadOnlyList<NetworkField> Qdisc { get; } =
    [
        Kind, Handle, Parent, HandleId, ParentId, Offloaded,
        Declare.Number("ingress_block", "Shared block of incoming filters.", o => o.IngressBlock),
        Declare.Number("egress_block", "Shared block of outgoing filters.", o => o.EgressBlock),
        .. Counters,
    ];

    /// <summary>Fields of traffic classes.</summary>
    public static IReadOnlyList<NetworkField> Class { get; } =
    [
        Kind, Handle, Parent, HandleId, ParentId,
        Declare.Text("leaf", "Handle of the queueing discipline below.", o => o.LeafText),
        .. Counters,
    ];

    /// <summary>Fields of filters.</summary>
    public static IReadOnlyList<NetworkField> Filter { get; } =
    [
        Kind, Handle, Parent, HandleId, ParentId,
        Declare.Number("priority", "Priority; filters are tried from the lowest on.", o => o.Info >> 16, "pref"),
        Declare.Number(
            "protocol", "EtherType of the packets that it looks at.",
            o => BinaryPrimitives.ReverseEndianness((ushort)o.Info)) with { Symbols = EtherTypes },
        Declare.Number("chain", "Chain of filters that it belongs to.", o => o.Chain),
    ];
}
