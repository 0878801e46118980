using Wirehook.EventHooks.Conditions.Syntax;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Conditions.Evaluation;

/// <summary><c>event == 'link.down' for 5s</c>: events are moments, so under <c>for</c> a name goes on to hold until the same object has an event that says the contrary
/// (<c>link.up</c>, <c>link.removed</c>); other events do not say.</summary>
internal sealed class HeldEventNode(SyntaxNode syntax, EventField field, string[] names, bool isNegated) : FieldNode(syntax, field)
{
    private static readonly Dictionary<string, string[]> Contraries = new(StringComparer.Ordinal)
    {
        ["up"] = ["down", "removed", "moved_away"],
        ["down"] = ["up", "removed", "moved_away"],
        ["carrier_gained"] = ["carrier_lost", "removed", "moved_away"],
        ["carrier_lost"] = ["carrier_gained", "removed", "moved_away"],
        ["promiscuous_on"] = ["promiscuous_off", "removed", "moved_away"],
        ["promiscuous_off"] = ["promiscuous_on", "removed", "moved_away"],
        ["reachable"] = ["stale", "failed", "removed"],
        ["stale"] = ["reachable", "failed", "removed"],
        ["failed"] = ["reachable", "stale", "removed"],
        ["default_added"] = ["default_removed", "removed"],
        ["default_removed"] = ["default_added"],
        ["removed"] = ["added"],
        ["moved_away"] = ["added"],
        ["online"] = ["offline", "remove"],
        ["offline"] = ["online", "remove"],
        ["add"] = ["remove"],
        ["remove"] = ["add"],
    };

    private static readonly string[] Removed = ["removed", "moved_away"];
    private readonly string[] _contraries = [.. names.SelectMany(ContrariesOf).Except(names, StringComparer.Ordinal).Distinct(StringComparer.Ordinal)];

    /// <inheritdoc/>
    protected override Truth Test(in NetworkValue value)
    {
        if (value.Kind != NetworkValueKind.List) return Truth.Unknown;
        if (Shares(value.AsList, names)) return TruthTable.From(!isNegated);
        return Shares(value.AsList, _contraries) ? TruthTable.From(isNegated) : Truth.Unknown;
    }

    private static IEnumerable<string> ContrariesOf(string name)
    {
        var dot = name.LastIndexOf('.');
        return Contraries.GetValueOrDefault(name[(dot + 1)..], Removed).Select(c => name[..(dot + 1)] + c);
    }

    private static bool Shares(IReadOnlyList<string> list, string[] searched)
    {
        for (var i = 0; i < list.Count; i++)
        {
            foreach (var name in searched)
            {
                if (string.Equals(list[i], name, StringComparison.Ordinal)) return true;
            }
        }

        return false;
    }
}
