using System.Runtime.InteropServices;
using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families.TrafficControl;

[assembly: Wirehook.Netlink.Families.NetlinkFamily(typeof(QdiscFamily))]

namespace Wirehook.Netlink.Families.TrafficControl;

/// <summary>Queueing disciplines (RTM_NEWQDISC, RTM_DELQDISC).</summary>
internal sealed class QdiscFamily() : TrafficControlFamily("qdisc", "A queueing discipline")
{
    private const ushort NewQdisc = 36;
    private const ushort DeleteQdisc = 37;
    private const ushort GetQdisc = 38;
    private const int HeaderLength = 20;

    /// <inheritdoc/>
    public override IReadOnlyList<NetlinkMessageType> Messages { get; } =
    [
        new(NewQdisc, "RTM_NEWQDISC", NetlinkAction.New),
        new(DeleteQdisc, "RTM_DELQDISC", NetlinkAction.Delete),
        new(GetQdisc, "RTM_GETQDISC", NetlinkAction.Get),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Dumps { get; } = [NetlinkRequest.Dump(GetQdisc, Request())];

    /// <inheritdoc/>
    public override IReadOnlyList<NetworkField> Fields => TrafficControlFields.Qdisc;

    /// <inheritdoc/>
    public override IReadOnlyList<EventName> EventNames { get; } =
    [
        new("qdisc.added", "A queueing discipline was added."),
        new("qdisc.removed", "A queueing discipline was removed."),
        new("qdisc.changed", "A queueing discipline was changed, be it in parameters of its kind that have no fields."),
    ];

    /// <inheritdoc/>
    public override bool DiesWithInterface => true;

    /// <inheritdoc/>
    public override void Describe(in NetworkChange change, List<string> names)
    {
        if (change.Action == NetlinkAction.Delete) names.Add("qdisc.removed");
        else names.Add(change.Previous is null ? "qdisc.added" : "qdisc.changed");
    }

    /// <summary>TCA_DUMP_INVISIBLE, so that default disciplines are there before their replacement is announced as their removal.</summary>
    private static byte[] Request()
    {
        const ushort DumpInvisible = 10;
        var body = new byte[HeaderLength + 4];
        MemoryMarshal.Write(body.AsSpan(HeaderLength), (ushort)4);
        MemoryMarshal.Write(body.AsSpan(HeaderLength + 2), DumpInvisible);
        return body;
    }
}
