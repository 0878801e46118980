using Wirehook.Dissection.Records;

namespace Wirehook.Scripting.Declarations;

/// <summary>
/// Makes the type of an item whose protocol is not known: the fields of all kinds of items, those that only some have marked as optional. Messages of
/// different protocols become one type with the fields of all of them, so that <c>data.response.status</c> checks without a cast.
/// </summary>
internal static class ItemDeclaration
{
    /// <summary><c>Item</c>, and the merged types that its fields name.</summary>
    internal static IReadOnlyList<InterfaceDeclaration> Of(IReadOnlyList<RecordType> itemTypes)
    {
        var kinds = string.Join(", ", itemTypes.Select(t => "`" + t.Name + "`").Distinct().Order(StringComparer.Ordinal));
        var merged = new List<InterfaceDeclaration>();
        var members = Merge(itemTypes, itemTypes.Count, field => MergeMessages(field, itemTypes, merged));
        return [new InterfaceDeclaration("Item", $"One dissected message or request/response pair, of any protocol: {kinds}.", members), .. merged];
    }

    /// <summary>Where the field is a record of another type in each protocol, one type with the fields of all; null where it is not.</summary>
    private static string? MergeMessages(string field, IReadOnlyList<RecordType> itemTypes, List<InterfaceDeclaration> merged)
    {
        var types = new List<RecordType>();
        foreach (var item in itemTypes)
        {
            if (item.IndexOf(field) is var at && at < 0) continue;
            if (item.References.FirstOrDefault(r => r.Name == item.Fields[at].TypeScript) is not { } type) return null;
            if (!types.Exists(t => t.Name == type.Name)) types.Add(type);
        }

        if (types.Count < 2) return null;
        var name = "Any" + char.ToUpperInvariant(field[0]) + field[1..];
        merged.Add(new InterfaceDeclaration(name, $"The `{field}` of an item of any protocol.", Merge(types, int.MaxValue, _ => null)));
        return name;
    }

    /// <summary>The fields' type where they agree. A union would refuse <c>data.response.status &gt;= 400</c> because some protocol's status is a word.</summary>
    private static string TypeOf(IEnumerable<Field> same) => same.Select(f => f.TypeScript).Distinct().Count() == 1 ? same.First().TypeScript : "any";

    /// <summary>Each field of <paramref name="types"/> once, by name; one that fewer than <paramref name="all"/> of them have is optional.</summary>
    private static MemberDeclaration[] Merge(IReadOnlyList<RecordType> types, int all, Func<string, string?> replace) =>
    [
        .. types.SelectMany(t => t.Fields).GroupBy(f => f.Name).OrderBy(g => g.Key, StringComparer.Ordinal).Select(same => new MemberDeclaration(
            same.Key,
            replace(same.Key) ?? TypeOf(same),
            string.Join(" Or: ", same.Select(f => f.Description).Distinct().Take(3)),
            same.Count() < all || same.Any(f => f.Optional))),
    ];
}
