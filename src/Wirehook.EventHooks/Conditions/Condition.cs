using Wirehook.EventHooks.Conditions.Binding;
using Wirehook.EventHooks.Conditions.Evaluation;
using Wirehook.EventHooks.Conditions.Syntax;

namespace Wirehook.EventHooks.Conditions;

/// <summary>A compiled condition over network events. Immutable; what it remembers between events is in a <see cref="ConditionState"/>.</summary>
public sealed class Condition
{
    private const int TicksToNanoseconds = 100;
    private readonly ConditionSyntax _syntax;

    private Condition(string text, ConditionSyntax syntax, ConditionNode root, IReadOnlyList<WindowDefinition> windows, ConditionLimits limits)
    {
        (Text, _syntax, Root, Windows, Limits) = (text, syntax, root, windows, limits);
    }

    /// <summary>The text that it was compiled from.</summary>
    public string Text { get; }

    /// <summary>How long it must have held before it counts (<c>for 5s</c>); null where it counts at once.</summary>
    public TimeSpan? Hold => _syntax.Hold is { } nanoseconds ? TimeSpan.FromTicks(nanoseconds / TicksToNanoseconds) : null;

    /// <summary>Whether it counts events (<c>rate</c>, <c>count</c>), so that every event must be shown to its <see cref="ConditionState"/>.</summary>
    public bool HasWindows => Windows.Count > 0;

    /// <summary>The compiled expression.</summary>
    internal ConditionNode Root { get; }

    /// <summary>What it counts.</summary>
    internal IReadOnlyList<WindowDefinition> Windows { get; }

    /// <summary>The limits that it was compiled with.</summary>
    internal ConditionLimits Limits { get; }

    /// <summary>Compiles a text. Empty text holds for every event. Never throws on account of the text.</summary>
    public static ConditionCompilation Compile(string text, ConditionLimits? limits = null) => Compile(text, limits ?? ConditionLimits.Default, ConditionVocabulary.Events);

    /// <summary>Compiles a text with names other than those of network events.</summary>
    internal static ConditionCompilation Compile(string text, ConditionLimits limits, ConditionVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            var syntax = Parser.Parse(text, limits);
            var binder = new Binder(vocabulary, limits, syntax.Hold is not null);
            var root = syntax.Root is null ? new ConstantNode(null, Truth.True) : binder.Bind(syntax.Root);
            var warnings = binder.Warnings.ConvertAll(w => SourceText.Error(text, w.Span, w.Message));
            return new(new(text, syntax, root, binder.Windows, limits), null, warnings);
        }
        catch (ConditionException e)
        {
            return new(null, SourceText.Error(text, e.Span, e.Message), []);
        }
    }

    /// <summary>Canonical text; compiling it gives the same condition.</summary>
    public override string ToString() => SyntaxWriter.Write(_syntax);
}
