using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families.Route;
using Declare = Wirehook.Netlink.Families.FieldsOf<Wirehook.Netlink.Families.Rule.PolicyRule>;

namespace Wirehook.Netlink.Families.Rule;

/// <summary>The fields of policy rules.</summary>
internal static class RuleFields
{
    /// <summary>What rules do (linux/fib_rules.h FR_ACT_*).</summary>
    public static Dictionary<string, long> Actions { get; } =
        Symbols.Of(("to_tbl", 1), ("goto", 2), ("nop", 3), ("blackhole", 6), ("unreachable", 7), ("prohibit", 8));

    /// <summary>Flags of rules (FIB_RULE_*).</summary>
    public static Dictionary<string, long> FlagBits { get; } =
        Symbols.Of(("PERMANENT", 1), ("INVERT", 2), ("UNRESOLVED", 4), ("IIF_DETACHED", 8), ("OIF_DETACHED", 16));

    /// <summary>The fields, in the order of texts and JSON.</summary>
    public static IReadOnlyList<NetworkField> All { get; } =
    [
        Declare.Number("family", "Address family.", o => o.AddressFamily) with { Symbols = CommonConstants.AddressFamilies },
        Declare.Number("priority", "Priority; rules are tried from the lowest on.", o => o.Priority, "pref", "preference"),
        Declare.Number("table", "Routing table to look up.", o => o.Table) with { Symbols = RouteSymbols.Tables },
        Declare.Number("action", "What the rule does (FR_ACT_*).", o => o.Action) with { Symbols = Actions },
        Declare.Number("goto", "Priority of the rule to go on with.", o => o.GotoPriority),
        Declare.Number("flags", "Flags (FIB_RULE_*).", o => o.Flags) with { Symbols = FlagBits, IsBitSet = true },
        Declare.Prefix("src", "Source prefix.", o => o.Source, "from"),
        Declare.Prefix("dst", "Destination prefix.", o => o.Destination, "to"),
        Declare.Text("iifname", "Name of the interface that packets come from; lo for packets of this machine.", o => o.InputInterface),
        Declare.Text("oifname", "Name of the interface that the sending socket is bound to.", o => o.OutputInterface),
        Declare.Number("fwmark", "Firewall mark.", o => o.Mark, "mark"),
        Declare.Number("fwmask", "Bits of the firewall mark that count.", o => o.Mask, "mask"),
        Declare.Number("tos", "Type of service.", o => o.TypeOfService),
        Declare.Number("dscp", "Differentiated services code point.", o => o.Dscp),
        Declare.Number("protocol", "Who made the rule (RTPROT_*).", o => o.Protocol) with { Symbols = RouteSymbols.Protocols },
        Declare.Number("ip_proto", "IP protocol.", o => o.IpProtocol, "ipproto") with { Symbols = NumberNames.IpProtocols },
        Declare.Text("sport_range", "Source port or range of ports: 80, 1000-2000.", o => o.SourcePortText),
        Declare.Number("sport_first", "First source port.", o => o.SourcePorts?.First),
        Declare.Number("sport_last", "Last source port.", o => o.SourcePorts?.Last),
        Declare.Text("dport_range", "Destination port or range of ports.", o => o.DestinationPortText),
        Declare.Number("dport_first", "First destination port.", o => o.DestinationPorts?.First),
        Declare.Number("dport_last", "Last destination port.", o => o.DestinationPorts?.Last),
        Declare.Number("uid_first", "First user id of the sender.", o => o.Users?.First),
        Declare.Number("uid_last", "Last user id of the sender.", o => o.Users?.Last),
        Declare.Number("tun_id", "Tunnel id.", o => (long?)o.TunnelId),
        Declare.Number("realm", "Realms, as (source << 16 | destination).", o => o.Flow),
        Declare.Flag("l3mdev", "Whether the table is that of the packet's master device.", o => o.UsesMasterDevice),
        Declare.Number("suppress_prefixlength", "Routes with a prefix of at most so many bits are passed over.", o => o.SuppressPrefixLength),
        Declare.Number("suppress_ifgroup", "Routes over interfaces of this group are passed over.", o => o.SuppressInterfaceGroup),
    ];

    /// <summary>A field by its name.</summary>
    public static NetworkField Find(string name) => All.Single(f => f.Name == name);

    /// <summary>Whether both agree in everything but their flags, which tell whether an interface exists now and so may change by themselves.</summary>
    public static bool HaveSameSelectors(PolicyRule left, PolicyRule right)
    {
        foreach (var field in All)
        {
            if (field.Name != "flags" && field.Get(left) != field.Get(right)) return false;
        }

        return true;
    }
}
