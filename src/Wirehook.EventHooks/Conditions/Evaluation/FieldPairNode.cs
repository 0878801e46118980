using Wirehook.EventHooks.Conditions.Syntax;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Conditions.Evaluation;

/// <summary>Two fields compared with each other: <c>link.mtu &lt; old.link.mtu</c>.</summary>
internal sealed class FieldPairNode(SyntaxNode syntax, EventField left, ComparisonOperator comparison, EventField right) : ConditionNode(syntax)
{
    /// <inheritdoc/>
    public override Truth Evaluate(NetworkEvent subject, ReadOnlySpan<long> windows)
    {
        var first = left.Get(subject);
        var second = right.Get(subject);
        if (first.Kind != second.Kind) return Truth.Unknown;
        return first.Kind switch
        {
            NetworkValueKind.Number or NetworkValueKind.Flag => TruthTable.From(comparison.Accepts(first.AsNumber.CompareTo(second.AsNumber))),
            NetworkValueKind.Text => TruthTable.From(comparison.Accepts(string.CompareOrdinal(first.AsText, second.AsText))),
            NetworkValueKind.Address or NetworkValueKind.List => TruthTable.From((first == second) == (comparison == ComparisonOperator.Equal)),
            _ => Truth.Unknown,
        };
    }

    /// <inheritdoc/>
    protected override string Describe(NetworkEvent subject, ReadOnlySpan<long> windows) => $"{Show(left, subject)}, {Show(right, subject)}";
}
