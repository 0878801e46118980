using Wirehook.Dissection.Records;

namespace Wirehook.Scripting.Declarations;

/// <summary>Makes the type of an item whose protocol is not known: the fields that all kinds of items share.</summary>
internal static class ItemDeclaration
{
    /// <summary>
    /// A field of the same type everywhere keeps it. Where the types differ, such as those of the messages, the field may have any part of any of them,
    /// so that <c>data.response.status</c> checks without a cast.
    /// </summary>
    internal static InterfaceDeclaration Of(IReadOnlyList<RecordType> itemTypes)
    {
        var members = itemTypes[0].Fields
            .Where(f => itemTypes.All(t => t.IndexOf(f.Name) >= 0))
            .Select(f => new MemberDeclaration(f.Name, TypeOf(f.Name, itemTypes), f.Description, itemTypes.Any(t => t.Fields[t.IndexOf(f.Name)].Optional)));
        var kinds = string.Join(", ", itemTypes.Select(t => "`" + t.Name + "`").Distinct().Order(StringComparer.Ordinal));
        return new InterfaceDeclaration("Item", $"One dissected message or request/response pair, of any protocol: {kinds}.", [.. members]);
    }

    private static string TypeOf(string field, IReadOnlyList<RecordType> itemTypes)
    {
        var types = itemTypes.Select(t => t.Fields[t.IndexOf(field)].TypeScript).Distinct().Order(StringComparer.Ordinal).ToArray();
        return types.Length == 1 ? types[0] : $"Partial<{string.Join(" & ", types)}>";
    }
}
