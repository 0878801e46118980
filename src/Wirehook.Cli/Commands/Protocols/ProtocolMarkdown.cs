namespace Wirehook.Cli.Commands.Protocols;

/// <summary>The reference of protocols and fields as Markdown: <c>docs/protocols/fields.md</c>.</summary>
internal static class ProtocolMarkdown
{
    /// <summary>Writes the reference of <paramref name="protocols"/>.</summary>
    public static void Write(TextWriter output, IReadOnlyList<ProtocolReference> protocols)
    {
        output.WriteLine("# Fields of items, by protocol");
        output.WriteLine();
        output.WriteLine("Written by `wirehook protocols --markdown` from the declarations of the dissectors. `[]` stands for any element of a list, `?` marks what may be missing.");
        output.WriteLine();
        output.WriteLine("## Every item");
        WriteFields(output, ProtocolReference.SharedFields);
        foreach (var protocol in protocols)
        {
            output.WriteLine($"## {protocol.Name}");
            output.WriteLine();
            foreach (var version in protocol.Protocols)
                output.WriteLine($"- {version.Abbreviation}: [{version.LongName}]({version.ReferenceLink}){ProtocolReference.VersionOf(version)}, over {version.Layer4}; query word `{version.Macro}`.");
            WriteFields(output, protocol.Fields);
        }
    }

    private static void WriteFields(TextWriter output, IEnumerable<FieldPath> fields)
    {
        output.WriteLine();
        output.WriteLine("| field | type | meaning |");
        output.WriteLine("| --- | --- | --- |");
        foreach (var field in fields) output.WriteLine($"| `{field.Path}`{(field.Optional ? " ?" : "")} | `{Escape(field.TypeScript)}` | {Escape(field.Description)} |");
        output.WriteLine();
    }

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
