using System.Text;

namespace Wirehook.EventHooks.Conditions;

/// <summary>What one clause of a condition came to for one event.</summary>
/// <param name="Text">The clause, in canonical text.</param>
/// <param name="Result">Its value.</param>
/// <param name="Value">The values of its fields (<c>link.mtu = 1500</c>), or why they are missing; empty for AND, OR and NOT.</param>
/// <param name="Children">The clauses that it is made of.</param>
public sealed record ClauseTrace(string Text, Truth Result, string Value, IReadOnlyList<ClauseTrace> Children)
{
    /// <summary>The trace as a text for people: one clause per line, indented by depth, with ✓ (true), ✗ (false) or ? (unknown) and the values of its fields.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Append(text, 0);
        return text.ToString();
    }

    private void Append(StringBuilder text, int depth)
    {
        if (text.Length > 0) text.Append('\n');
        text.Append(' ', depth * 2).Append(Result switch { Truth.True => "✓ ", Truth.False => "✗ ", _ => "? " }).Append(Text);
        if (Value.Length > 0) text.Append("   (").Append(Value).Append(')');
        foreach (var child in Children) child.Append(text, depth + 1);
    }
}
