using Wirehook.EventHooks.Conditions.Syntax;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Conditions.Evaluation;

/// <summary>A compiled part of a condition. Nodes hold no state, so that conditions may be evaluated anywhere at once.</summary>
/// <param name="syntax">What it was compiled from; null for the empty condition.</param>
internal abstract class ConditionNode(SyntaxNode? syntax)
{
    private protected static readonly ClauseTrace[] NoChildren = [];

    /// <summary>Its canonical text.</summary>
    public string Text => syntax?.ToString() ?? "";

    /// <summary>Its value for <paramref name="subject"/>.</summary>
    /// <param name="subject">The event.</param>
    /// <param name="windows">What the condition's windows count at this event; <see cref="WindowNode.NoCount"/> where they cannot say.</param>
    public abstract Truth Evaluate(NetworkEvent subject, ReadOnlySpan<long> windows);

    /// <summary>Its value and those of its parts.</summary>
    public ClauseTrace Trace(NetworkEvent subject, ReadOnlySpan<long> windows) =>
        new(Text, Evaluate(subject, windows), Describe(subject, windows), TraceChildren(subject, windows));

    /// <summary>The values of its fields.</summary>
    protected virtual string Describe(NetworkEvent subject, ReadOnlySpan<long> windows) => "";

    /// <summary>Its parts.</summary>
    protected virtual ClauseTrace[] TraceChildren(NetworkEvent subject, ReadOnlySpan<long> windows) => NoChildren;

    /// <summary><c>link.mtu = 1500</c>, or why there is no value.</summary>
    protected static string Show(EventField field, NetworkEvent subject)
    {
        var value = field.Get(subject);
        if (!value.IsPresent) return field.NeverPresent ? $"{field.Name} is never present" : $"{field.Name} is absent: this event is {subject.Event}";
        var text = value.Kind switch
        {
            NetworkValueKind.Text => SyntaxWriter.Quote(value.AsText),
            NetworkValueKind.List => $"[{string.Join(", ", value.AsList)}]",
            NetworkValueKind.Number => value + Symbol(field, value.AsNumber),
            _ => value.ToString(),
        };
        return $"{field.Name} = {text}";
    }

    private static string Symbol(EventField field, long number)
    {
        var names = field.IsBitSet
            ? field.Symbols.Where(s => s.Value != 0 && (number & s.Value) == s.Value).OrderBy(s => s.Value).Select(s => s.Key)
            : field.Symbols.Where(s => s.Value == number).Select(s => s.Key).Take(1);
        var text = string.Join(',', names);
        return text.Length == 0 ? "" : $" ({text})";
    }
}
