using System.Globalization;
using Wirehook.JavaScript;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families;
using Wirehook.Scripting.Declarations;

namespace Wirehook.Scripting.Hooks.NetworkEvents;

/// <summary>The fields of one family's objects, for scripts and their types, made from the family's declarations.</summary>
internal sealed class NetworkFamilyFields
{
    // Longer tables of names are worth a look into the reference, not into every editor's tooltip.
    private const int MostSymbols = 24;

    internal NetworkFamilyFields(NetlinkFamily family)
    {
        Family = family;
        var name = "Network" + char.ToUpperInvariant(family.Name[0]) + family.Name[1..];
        Shape = new HostShape(name, [.. family.Fields.Select((f, i) => new HostProperty(f.Name, r => ((NetworkObjectView)r).Read(i)))]);
        var members = family.Fields.Select(f => new MemberDeclaration(f.Name, TypeScript(f.Kind), Describe(f), Optional: true));
        Declaration = new InterfaceDeclaration(name, $"What a `{family.Name}` event is about; fields that the kernel did not send are missing.", [.. members]);
    }

    internal NetlinkFamily Family { get; }

    /// <summary>The shape of every object of the family.</summary>
    internal HostShape Shape { get; }

    /// <summary>Its type.</summary>
    internal InterfaceDeclaration Declaration { get; }

    /// <summary>The TypeScript type of a kind of value.</summary>
    internal static string TypeScript(NetworkValueKind kind) => kind switch
    {
        NetworkValueKind.Number => "number",
        NetworkValueKind.Flag => "boolean",
        NetworkValueKind.List => "string[]",
        _ => "string",
    };

    private static string Describe(NetworkField field)
    {
        if (field.Symbols.Count is 0 or > MostSymbols) return field.Description;
        var names = field.Symbols.OrderBy(s => s.Value).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Value} {s.Key}"));
        return $"{field.Description} {(field.IsBitSet ? "Bits" : "Values")}: {string.Join(", ", names)}.";
    }
}
