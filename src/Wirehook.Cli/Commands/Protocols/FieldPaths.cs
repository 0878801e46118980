using Wirehook.Dissection.Records;

namespace Wirehook.Cli.Commands.Protocols;

/// <summary>A field of an item, by the path under which hooks and queries reach it.</summary>
/// <param name="Path">Such as <c>request.headers</c>; <c>[]</c> stands for any element of a list.</param>
/// <param name="TypeScript">Its type.</param>
/// <param name="Description">What it means, with units.</param>
/// <param name="Optional">Whether it may be missing.</param>
internal sealed record FieldPath(string Path, string TypeScript, string Description, bool Optional)
{
    private const int DeepestNesting = 6;

    /// <summary>Every field below a record of <paramref name="type"/>, those of records inside it right behind the field that holds them.</summary>
    /// <param name="type">The item's declaration.</param>
    /// <param name="shared">Names of top fields that are left out.</param>
    public static IEnumerable<FieldPath> Of(RecordType type, IReadOnlySet<string> shared) => Below("", type, type.References, shared, []);

    private static IEnumerable<FieldPath> Below(
        string prefix, RecordType type, IEnumerable<RecordType> known, IReadOnlySet<string> except, IReadOnlyList<string> path)
    {
        if (path.Count == DeepestNesting || path.Contains(type.Name)) yield break;
        foreach (var field in type.Fields.Where(f => !except.Contains(f.Name)))
        {
            yield return new FieldPath(prefix + field.Name, field.TypeScript, field.Description, field.Optional);
            var isList = field.TypeScript.EndsWith("[]", StringComparison.Ordinal);
            var name = isList ? field.TypeScript[..^2] : field.TypeScript;
            var inner = type.References.Concat(known).FirstOrDefault(r => r.Name == name);
            if (inner is null) continue;
            foreach (var below in Below($"{prefix}{field.Name}{(isList ? "[]" : "")}.", inner, known, new HashSet<string>(), [.. path, type.Name])) yield return below;
        }
    }
}
