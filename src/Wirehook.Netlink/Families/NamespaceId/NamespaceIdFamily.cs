using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families.NamespaceId;
using Declare = Wirehook.Netlink.Families.FieldsOf<Wirehook.Netlink.Families.NamespaceId.NamespaceIdObject>;

[assembly: Wirehook.Netlink.Families.NetlinkFamily(typeof(NamespaceIdFamily))]

namespace Wirehook.Netlink.Families.NamespaceId;

/// <summary>Ids of network namespaces (RTM_NEWNSID, RTM_DELNSID; linux/net_namespace.h).</summary>
internal sealed class NamespaceIdFamily : NetlinkFamily
{
    private const ushort NewId = 88;
    private const ushort DeleteId = 89;
    private const ushort GetId = 90;
    private const int Group = 28;
    private const int PaddedHeaderLength = 4;
    private static readonly Lifecycle Names = new("netns", "An id of a network namespace");

    /// <inheritdoc/>
    public override string Name => "netns";

    /// <inheritdoc/>
    public override IReadOnlyList<NetlinkMessageType> Messages { get; } =
    [
        new(NewId, "RTM_NEWNSID", NetlinkAction.New),
        new(DeleteId, "RTM_DELNSID", NetlinkAction.Delete),
        new(GetId, "RTM_GETNSID", NetlinkAction.Get),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<int> Groups { get; } = [Group];

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Dumps { get; } = [NetlinkRequest.Dump(GetId, new byte[PaddedHeaderLength])];

    /// <inheritdoc/>
    public override IReadOnlyList<EventName> EventNames => Names.EventNames;

    /// <inheritdoc/>
    public override IReadOnlyList<NetworkField> Fields { get; } =
    [
        Declare.Number("id", "The id, as the namespace of the event sees it.", o => o.Id, "nsid"),
    ];

    /// <inheritdoc/>
    public override bool TryDecode(in NetlinkMessage message, out NetlinkObject decoded)
    {
        decoded = NamespaceIdObject.Decode(this, message.Body)!;
        return decoded is not null;
    }

    /// <inheritdoc/>
    public override void Describe(in NetworkChange change, List<string> names) => Names.Describe(change, names);
}
