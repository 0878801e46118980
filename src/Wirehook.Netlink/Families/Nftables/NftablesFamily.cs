using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families.Nftables;
using Declare = Wirehook.Netlink.Families.FieldsOf<Wirehook.Netlink.Families.Nftables.NftObject>;

[assembly: Wirehook.Netlink.Families.NetlinkFamily(typeof(NftablesFamily))]

namespace Wirehook.Netlink.Families.Nftables;

/// <summary>Changes of the nftables ruleset. Passing events: the ruleset itself is not kept.</summary>
internal sealed class NftablesFamily : NetlinkFamily
{
    private const int Group = 7;
    private const string GenerationChanged = "nft.generation_changed";
    private static readonly string[] Added =
        [.. Enum.GetValues<NftKind>().Select(k => k == NftKind.Generation ? GenerationChanged : $"nft.{NftNames.Kind(k)}_added")];

    private static readonly string[] Removed = [.. Enum.GetValues<NftKind>().Select(k => $"nft.{NftNames.Kind(k)}_removed")];

    /// <inheritdoc/>
    public override string Name => "nft";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["nftables"];

    /// <inheritdoc/>
    public override int Protocol => NetlinkProtocol.Netfilter;

    /// <inheritdoc/>
    public override IReadOnlyList<NetlinkMessageType> Messages => NftMessages.Types;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Groups { get; } = [Group];

    /// <inheritdoc/>
    public override bool NeedsPrivilege => true;

    /// <inheritdoc/>
    public override bool IsCached => false;

    /// <inheritdoc/>
    public override IReadOnlyList<EventName> EventNames { get; } =
    [
        .. Enum.GetValues<NftKind>().Where(k => k != NftKind.Generation).SelectMany(k => new EventName[]
        {
            new(Added[(int)k], $"nftables: {Describe(k)} was added or changed."),
            new(Removed[(int)k], $"nftables: {Describe(k)} was removed."),
        }),
        new(GenerationChanged, "nftables: a transaction was completed, which the messages before it belong to."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<NetworkField> Fields { get; } =
    [
        Declare.Text("kind", "What it is: table, chain, rule, set, element, object, flowtable, generation.", o => NftNames.Kind(o.Kind)),
        Declare.Number("family", "Address family.", o => o.AddressFamily) with { Symbols = NftNames.Families },
        Declare.Text("table", "Its table.", o => o.Table),
        Declare.Text("chain", "Its chain.", o => o.Chain),
        Declare.Text("name", "Name of the set, object or flowtable.", o => o.Name, "set"),
        Declare.Number("handle", "The kernel's number of it.", o => (long?)o.Handle),
        Declare.Number("position", "Handle of the rule before.", o => (long?)o.Position),
        Declare.Text("hook", "Where a base chain hooks in: input, forward …", o => o.Hook),
        Declare.Number("priority", "Priority of a base chain.", o => o.Priority),
        Declare.Number("policy", "What a base chain does with what no rule decided.", o => o.Policy) with { Symbols = NftNames.Policies },
        Declare.Text("type", "Type of a base chain (filter, nat, route) or of an object (its number).", o => o.Type),
        Declare.List("devices", "Interfaces that a chain or flowtable hooks into.", o => o.Devices),
        Declare.Number("flags", "Flags of tables, chains, sets and flowtables.", o => o.Flags),
        Declare.Number("use", "Number of references.", o => o.Use) with { IsState = false },
        Declare.List("expressions", "Names of a rule's expressions, in order.", o => o.Expressions),
        Declare.List(
            "elements", "Keys of elements, at most 64: of four and sixteen bytes as addresses, of two as number, others in hexadecimal.",
            o => o.Elements),
        Declare.Number("element_count", "Elements in the message.", o => o.ElementCount),
        Declare.Number("key_length", "Bytes of a set's keys.", o => o.KeyLength),
        Declare.Text("comment", "Comment.", o => o.Comment),
        Declare.Number("generation", "Number of the ruleset's generation.", o => o.Generation),
        Declare.Number("process_id", "Process that changed the ruleset.", o => o.ProcessId),
        Declare.Text("process_name", "Name of that process.", o => o.ProcessName),
    ];

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, long> Constants { get; } = Symbols.Constants(("NFPROTO_", NftNames.ProtocolNames));

    /// <inheritdoc/>
    public override bool TryDecode(in NetlinkMessage message, out NetlinkObject decoded)
    {
        decoded = NftDecoder.Decode(this, message)!;
        return decoded is not null;
    }

    /// <inheritdoc/>
    public override void Describe(in NetworkChange change, List<string> names)
    {
        var kind = (int)((NftObject)change.Current).Kind;
        names.Add(change.Action == NetlinkAction.Delete ? Removed[kind] : Added[kind]);
    }

    private static string Describe(NftKind kind) => kind switch
    {
        NftKind.Element => "a set's element",
        NftKind.Object => "a counter, quota or other object",
        _ => "a " + NftNames.Kind(kind),
    };
}
