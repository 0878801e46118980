using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families.Rule;

[assembly: Wirehook.Netlink.Families.NetlinkFamily(typeof(RuleFamily))]

namespace Wirehook.Netlink.Families.Rule;

/// <summary>Rules of the routing policy database (RTM_NEWRULE, RTM_DELRULE; linux/fib_rules.h).</summary>
internal sealed class RuleFamily : NetlinkFamily
{
    private const ushort NewRule = 32;
    private const ushort DeleteRule = 33;
    private const ushort GetRule = 34;
    private const int GroupIPv4 = 8;
    private const int GroupIPv6 = 19;
    private const byte IPv4 = 2;
    private const byte IPv6 = 10;
    private const int HeaderLength = 12;
    private static readonly Lifecycle Names = new("rule", "A policy rule");

    /// <inheritdoc/>
    public override string Name => "rule";

    /// <inheritdoc/>
    public override IReadOnlyList<NetlinkMessageType> Messages { get; } =
    [
        new(NewRule, "RTM_NEWRULE", NetlinkAction.New),
        new(DeleteRule, "RTM_DELRULE", NetlinkAction.Delete),
        new(GetRule, "RTM_GETRULE", NetlinkAction.Get),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<int> Groups { get; } = [GroupIPv4, GroupIPv6];

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Dumps { get; } = [Dump(IPv4), Dump(IPv6)];

    /// <inheritdoc/>
    public override IReadOnlyList<NetworkField> Fields => RuleFields.All;

    /// <inheritdoc/>
    public override IReadOnlyList<EventName> EventNames => Names.EventNames;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, long> Constants { get; } =
        Symbols.Constants(("FR_ACT_", RuleFields.Actions), ("FIB_RULE_", RuleFields.FlagBits));

    /// <inheritdoc/>
    public override bool TryDecode(in NetlinkMessage message, out NetlinkObject decoded)
    {
        decoded = PolicyRule.Decode(this, message.Body)!;
        return decoded is not null;
    }

    /// <inheritdoc/>
    public override bool IsInScope(in NetlinkMessage request, NetlinkObject dumped) =>
        base.IsInScope(request, dumped) && request.Body[0] == ((PolicyRule)dumped).AddressFamily;

    /// <inheritdoc/>
    public override void Describe(in NetworkChange change, List<string> names) => Names.Describe(change, names);

    private static byte[] Dump(byte addressFamily)
    {
        var header = new byte[HeaderLength];
        header[0] = addressFamily;
        return NetlinkRequest.Dump(GetRule, header);
    }
}
