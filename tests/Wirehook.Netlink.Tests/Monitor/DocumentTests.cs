using System.Text;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families;
using Wirehook.Netlink.State;
using Wirehook.Tests;

namespace Wirehook.Netlink.Tests.Monitor;

/// <summary>The tables of docs/network-events.md come from the declarations of the families. WIREHOOK_UPDATE_DOCS=1 writes them anew.</summary>
public sealed class DocumentTests
{
    private static readonly string Document = Path.Combine(RepositoryFiles.Root, "docs", "network-events.md");

    [Fact]
    public void Table_of_events_is_the_catalogue() => Check("events", Events());

    [Fact]
    public void Table_of_fields_is_the_schema() => Check("fields", Fields());

    private static void Check(string part, string expected)
    {
        var (begin, end) = ($"<!-- {part} -->\n", $"<!-- end of {part} -->");
        var text = File.ReadAllText(Document);
        var (from, to) = (text.IndexOf(begin, StringComparison.Ordinal), text.IndexOf(end, StringComparison.Ordinal));
        Assert.True(from >= 0 && to > from, $"{Document} has no part {part}.");
        from += begin.Length;
        if (Environment.GetEnvironmentVariable("WIREHOOK_UPDATE_DOCS") is "1") File.WriteAllText(Document, text[..from] + expected + text[to..]);
        else Assert.True(text[from..to] == expected, $"docs/network-events.md: the {part} are out of date; run the tests once with WIREHOOK_UPDATE_DOCS=1.");
    }

    private static string Events()
    {
        var text = new StringBuilder("| event | severity | when |\n| --- | --- | --- |\n");
        foreach (var name in EventSchema.EventNames.OrderBy(n => Array.IndexOf(Order, n.Name.Split('.')[0])))
            text.Append($"| `{name.Name}` | {name.Severity.ToString().ToLowerInvariant()} | {Cell(name.Description)} |\n");
        return text.ToString();
    }

    private static string Fields()
    {
        var text = new StringBuilder("| field | kind | meaning |\n| --- | --- | --- |\n");
        foreach (var field in EventSchema.Fields.Where(f => !f.NeverPresent))
            text.Append($"| `{field.Name}` | {field.Kind.ToString().ToLowerInvariant()} | {Cell(field.Description)} |\n");
        return text.ToString();
    }

    private static string[] Order { get; } =
        ["link", "addr", "route", "neigh", "rule", "nexthop", "qdisc", "class", "filter", "netns", "ct", "nft", "sock", "uevent", "monitor"];

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
