using Wirehook.Netlink.Families;
using Wirehook.Scripting.Declarations;

namespace Wirehook.Scripting.Hooks.NetworkEvents;

/// <summary>The type of an event's <c>old</c>: any field of any family, so that <c>event.old.mtu</c> checks without a cast.</summary>
internal static class FormerValues
{
    internal const string Name = "NetworkFormerValues";

    internal static readonly InterfaceDeclaration Declaration = new(
        Name,
        "Former values of the fields that changed; which family they belong to is told by the event.",
        [.. NetlinkFamily.All.SelectMany(f => f.Fields.Select(field => (Family: f.Name, Field: field))).GroupBy(f => f.Field.Name).Select(Declare)]);

    private static MemberDeclaration Declare(IGrouping<string, (string Family, Netlink.Events.NetworkField Field)> fields)
    {
        var types = fields.Select(f => NetworkFamilyFields.TypeScript(f.Field.Kind)).Distinct().Order(StringComparer.Ordinal);
        return new(fields.Key, string.Join(" | ", types), $"Of {string.Join(", ", fields.Select(f => $"`{f.Family}.{fields.Key}`"))}.", Optional: true);
    }
}
