namespace Wirehook.Netlink.Families.Nftables;

/// <summary>Attributes of tables (linux/netfilter/nf_tables.h NFTA_TABLE_*).</summary>
internal enum NftTableAttribute : ushort
{
    Name = 1,
    Flags = 2,
    Use = 3,
    Handle = 4,
    UserData = 6,
}

/// <summary>Attributes of chains (NFTA_CHAIN_*).</summary>
internal enum NftChainAttribute : ushort
{
    Table = 1,
    Handle = 2,
    Name = 3,
    Hook = 4,
    Policy = 5,
    Use = 6,
    Type = 7,
    Flags = 10,
    UserData = 12,
}

/// <summary>Attributes of a chain's or flowtable's hook (NFTA_HOOK_* and NFTA_FLOWTABLE_HOOK_*).</summary>
internal enum NftHookAttribute : ushort
{
    Number = 1,
    Priority = 2,
    Device = 3,
    Devices = 4,
}

/// <summary>Attributes of rules (NFTA_RULE_*).</summary>
internal enum NftRuleAttribute : ushort
{
    Table = 1,
    Chain = 2,
    Handle = 3,
    Expressions = 4,
    Position = 6,
    UserData = 7,
}

/// <summary>Attributes of sets (NFTA_SET_*).</summary>
internal enum NftSetAttribute : ushort
{
    Table = 1,
    Name = 2,
    Flags = 3,
    KeyLength = 5,
    UserData = 13,
    Handle = 16,
}

/// <summary>Attributes of lists of set elements (NFTA_SET_ELEM_LIST_*).</summary>
internal enum NftElementsAttribute : ushort
{
    Table = 1,
    Set = 2,
    Elements = 3,
}

/// <summary>Attributes of stateful objects: counters, quotas … (NFTA_OBJ_*).</summary>
internal enum NftObjectAttribute : ushort
{
    Table = 1,
    Name = 2,
    Type = 3,
    Use = 5,
    Handle = 6,
    UserData = 8,
}

/// <summary>Attributes of flowtables (NFTA_FLOWTABLE_*).</summary>
internal enum NftFlowtableAttribute : ushort
{
    Table = 1,
    Name = 2,
    Hook = 3,
    Use = 4,
    Handle = 5,
    Flags = 7,
}

/// <summary>Attributes of a generation (NFTA_GEN_*): the end of one transaction.</summary>
internal enum NftGenerationAttribute : ushort
{
    Id = 1,
    ProcessId = 2,
    ProcessName = 3,
}
