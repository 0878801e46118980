using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Wirehook.Cli.Output;
using Wirehook.Dissection.Items;

namespace Wirehook.Cli.Commands.Protocols;

/// <summary><c>wirehook protocols</c>: what is recognised, and the fields of each protocol's items.</summary>
internal sealed class ProtocolsCommand : DetailedCommand
{
    private const string Explanation = """
        Without a name, lists the protocols. With one, lists the fields that its items have besides those of every item.

        Examples:
          wirehook protocols
          wirehook protocols redis
          wirehook protocols --json
          wirehook protocols --markdown > fields.md

        Exit codes: 0, and 2 for a protocol that is not known.
        """;

    private readonly Argument<string?> _name = new("NAME") { Description = "A protocol's name, abbreviation or query word.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _json = new("--json") { Description = "Write JSON." };
    private readonly Option<bool> _markdown = new("--markdown") { Description = "Write the whole reference as Markdown." };

    /// <summary>Declares the command.</summary>
    public ProtocolsCommand()
        : base("protocols", "Lists the protocols that are dissected, and the fields of their items.", Explanation)
    {
        Arguments.Add(_name);
        Options.Add(_json);
        Options.Add(_markdown);
        SetAction(Run);
    }

    private int Run(ParseResult arguments)
    {
        var all = ProtocolReference.All;
        if (arguments.GetValue(_name) is { } name)
        {
            all = [.. all.Where(p => p.Protocols.Any(q => IsCalled(q.Name, name) || IsCalled(q.Abbreviation, name) || IsCalled(q.Macro, name)))];
            if (all.Count == 0)
            {
                Messages.Error($"no protocol is called '{name}'. `wirehook protocols` lists them.");
                return ExitCode.Usage;
            }
        }

        if (arguments.GetValue(_markdown)) ProtocolMarkdown.Write(Console.Out, all);
        else if (arguments.GetValue(_json)) Console.Out.WriteLine(JsonSerializer.Serialize(all.Select(ToJson)));
        else if (arguments.GetValue(_name) is null) WriteTable(all);
        else foreach (var protocol in all) WriteDetails(protocol);
        return ExitCode.Success;
    }

    private static bool IsCalled(string name, string asked) => name.Equals(asked, StringComparison.OrdinalIgnoreCase);

    private static void WriteTable(IReadOnlyList<ProtocolReference> all)
    {
        Console.Out.WriteLine($"{"NAME",-12} {"SHOWN AS",-10} {"OVER",-10} {"PORTS",-20} FULL NAME");
        foreach (var row in all.SelectMany(p => p.Protocols.GroupBy(q => q.Abbreviation).OrderBy(g => g.Key, StringComparer.Ordinal)))
        {
            var first = row.First();
            Console.Out.WriteLine($"{first.Name,-12} {row.Key,-10} {Join(row.Select(p => p.Layer4)),-10} {Cut(Ports(row)),-20} {first.LongName}");
        }
    }

    private static void WriteDetails(ProtocolReference protocol)
    {
        foreach (var version in protocol.Protocols)
            Console.Out.WriteLine($"{version.Abbreviation}: {version.LongName}{ProtocolReference.VersionOf(version)}, over {version.Layer4}. {version.ReferenceLink}");
        Console.Out.WriteLine($"Query word: {Join(protocol.Protocols.Select(p => p.Macro))}. Ports: {(Ports(protocol.Protocols) is { Length: > 0 } ports ? ports : "none of its own")}; others are recognised by content.");
        Console.Out.WriteLine();
        foreach (var field in protocol.Fields)
            Console.Out.WriteLine($"  {field.Path + (field.Optional ? "?" : ""),-44} {field.TypeScript,-28} {field.Description}");
        Console.Out.WriteLine();
    }

    private static string Ports(IEnumerable<Protocol> protocols) => Join(protocols.SelectMany(p => p.Ports).Select(p => p.ToString(CultureInfo.InvariantCulture)));

    private static string Join(IEnumerable<string> texts) => string.Join(",", texts.Distinct());

    private static string Cut(string text) => text.Length <= 20 ? text : string.Concat(text.AsSpan(0, text.LastIndexOf(',', 18) + 1), "…");

    private static object ToJson(ProtocolReference protocol) => new
    {
        name = protocol.Name,
        versions = protocol.Protocols.Select(p => new
        {
            abbr = p.Abbreviation,
            longName = p.LongName,
            version = p.Version,
            macro = p.Macro,
            layer4 = p.Layer4,
            ports = p.Ports,
            priority = p.Priority,
            backgroundColor = p.BackgroundColor,
            foregroundColor = p.ForegroundColor,
            fontSize = p.FontSize,
            referenceLink = p.ReferenceLink,
        }),
        fields = protocol.Fields.Select(f => new { path = f.Path, type = f.TypeScript, description = f.Description, optional = f.Optional }),
    };
}
