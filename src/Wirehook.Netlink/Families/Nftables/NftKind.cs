namespace Wirehook.Netlink.Families.Nftables;

/// <summary>The kinds of nftables objects, and of the messages about them.</summary>
internal enum NftKind
{
    Table,
    Chain,
    Rule,
    Set,
    Element,
    Object,
    Flowtable,
    Generation,
}
