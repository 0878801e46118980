using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;

namespace Wirehook.Cli.Commands.Protocols;

/// <summary>One protocol as its module declares it: what is printed of it.</summary>
/// <param name="Protocols">Its versions and carriers, of one name.</param>
/// <param name="ItemTypes">What its items look like.</param>
internal sealed record ProtocolReference(IReadOnlyList<Protocol> Protocols, IReadOnlyList<RecordType> ItemTypes)
{
    // The fields that every item has are explained once.
    private static readonly Lazy<HashSet<string>> SharedNames = new(static () =>
        [.. BuiltIn.SelectMany(m => m.ItemTypes).Select(t => t.Fields.Select(f => f.Name)).Aggregate((a, b) => a.Intersect(b))
            .Except(["request", "response"])]);

    /// <summary>The name that items carry, such as <c>http</c>.</summary>
    public string Name => Protocols[0].Name;

    /// <summary>Every protocol built in, by name.</summary>
    public static IReadOnlyList<ProtocolReference> All { get; } =
    [
        .. BuiltIn.SelectMany(m => m.Protocols.Select(p => (Protocol: p, m.ItemTypes))).GroupBy(p => p.Protocol.Name).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new ProtocolReference([.. g.Select(p => p.Protocol)], [.. g.SelectMany(p => p.ItemTypes).DistinctBy(t => t.Name)])),
    ];

    /// <summary>The fields that every item has, request and response left out.</summary>
    public static IEnumerable<FieldPath> SharedFields =>
        FieldPath.Of(BuiltIn[0].ItemTypes[0], BuiltIn[0].ItemTypes[0].Fields.Select(f => f.Name).Except(SharedNames.Value).ToHashSet());

    /// <summary>The fields of this protocol's items that not every item has.</summary>
    public IEnumerable<FieldPath> Fields => ItemTypes.SelectMany(t => FieldPath.Of(t, SharedNames.Value)).DistinctBy(f => f.Path);

    /// <summary>The version of <paramref name="protocol"/> behind a comma; nothing where its items do not tell it.</summary>
    public static string VersionOf(Protocol protocol) => protocol.Version.Length == 0 ? "" : ", version " + protocol.Version;

    private static IReadOnlyList<ProtocolModule> BuiltIn => ProtocolRegistry.BuiltIn.Modules;
}
