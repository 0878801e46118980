namespace Wirehook.Netlink.Families.Nftables;

/// <summary>The messages of nftables (NFNL_SUBSYS_NFTABLES; linux/netfilter/nf_tables.h NFT_MSG_*).</summary>
internal static class NftMessages
{
    private const int Subsystem = 10 << 8;

    private static readonly (byte Number, string Name, NftKind Kind, NetlinkAction Action)[] Known =
    [
        (0, "NFT_MSG_NEWTABLE", NftKind.Table, NetlinkAction.New), (2, "NFT_MSG_DELTABLE", NftKind.Table, NetlinkAction.Delete),
        (3, "NFT_MSG_NEWCHAIN", NftKind.Chain, NetlinkAction.New), (5, "NFT_MSG_DELCHAIN", NftKind.Chain, NetlinkAction.Delete),
        (6, "NFT_MSG_NEWRULE", NftKind.Rule, NetlinkAction.New), (8, "NFT_MSG_DELRULE", NftKind.Rule, NetlinkAction.Delete),
        (9, "NFT_MSG_NEWSET", NftKind.Set, NetlinkAction.New), (11, "NFT_MSG_DELSET", NftKind.Set, NetlinkAction.Delete),
        (12, "NFT_MSG_NEWSETELEM", NftKind.Element, NetlinkAction.New), (14, "NFT_MSG_DELSETELEM", NftKind.Element, NetlinkAction.Delete),
        (15, "NFT_MSG_NEWGEN", NftKind.Generation, NetlinkAction.New),
        (18, "NFT_MSG_NEWOBJ", NftKind.Object, NetlinkAction.New), (20, "NFT_MSG_DELOBJ", NftKind.Object, NetlinkAction.Delete),
        (22, "NFT_MSG_NEWFLOWTABLE", NftKind.Flowtable, NetlinkAction.New), (24, "NFT_MSG_DELFLOWTABLE", NftKind.Flowtable, NetlinkAction.Delete),
        (26, "NFT_MSG_DESTROYTABLE", NftKind.Table, NetlinkAction.Delete), (27, "NFT_MSG_DESTROYCHAIN", NftKind.Chain, NetlinkAction.Delete),
        (28, "NFT_MSG_DESTROYRULE", NftKind.Rule, NetlinkAction.Delete), (29, "NFT_MSG_DESTROYSET", NftKind.Set, NetlinkAction.Delete),
        (30, "NFT_MSG_DESTROYSETELEM", NftKind.Element, NetlinkAction.Delete), (31, "NFT_MSG_DESTROYOBJ", NftKind.Object, NetlinkAction.Delete),
        (32, "NFT_MSG_DESTROYFLOWTABLE", NftKind.Flowtable, NetlinkAction.Delete),
    ];

    private static readonly NftKind?[] Kinds = BuildKinds();

    /// <summary>The message types, as the family declares them.</summary>
    public static IReadOnlyList<NetlinkMessageType> Types { get; } =
        [.. Known.Select(k => new NetlinkMessageType((ushort)(Subsystem | k.Number), k.Name, k.Action))];

    /// <summary>What a message is about; null where it is not known.</summary>
    public static NftKind? KindOf(ushort type)
    {
        var number = type - Subsystem;
        return (uint)number < (uint)Kinds.Length ? Kinds[number] : null;
    }

    private static NftKind?[] BuildKinds()
    {
        var kinds = new NftKind?[Known.Max(k => k.Number) + 1];
        foreach (var (number, _, kind, _) in Known) kinds[number] = kind;
        return kinds;
    }
}
