using System.Globalization;
using Wirehook.EventHooks.Conditions.Syntax;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Conditions.Evaluation;

/// <summary>rate(…) or count(…) compared with a number. What it counts is counted by the <see cref="ConditionState"/>.</summary>
/// <param name="syntax">The comparison.</param>
/// <param name="index">The window's place among those of the condition.</param>
/// <param name="window">What is counted.</param>
/// <param name="comparison">One of the six orderings.</param>
/// <param name="expected">The number on the right.</param>
internal sealed class WindowNode(SyntaxNode syntax, int index, WindowDefinition window, ComparisonOperator comparison, long expected) : ConditionNode(syntax)
{
    /// <summary>The count where the event has no value of the <c>by</c> field.</summary>
    public const long NoCount = -1;

    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Rates are compared as products, because events per second over a minute need not be whole.</summary>
    public override Truth Evaluate(NetworkEvent subject, ReadOnlySpan<long> windows)
    {
        var count = windows[index];
        if (count == NoCount) return Truth.Unknown;
        if (!window.IsRate) return TruthTable.From(comparison.Accepts(count.CompareTo(expected)));
        return TruthTable.From(comparison.Accepts(((Int128)count * NanosecondsPerSecond).CompareTo((Int128)expected * window.Duration)));
    }

    /// <inheritdoc/>
    protected override string Describe(NetworkEvent subject, ReadOnlySpan<long> windows)
    {
        var count = windows[index];
        if (count == NoCount) return window.By is { } by ? Show(by, subject) : "";
        var key = window.By is { } field ? $" for {Show(field, subject)}" : "";
        return window.IsRate
            ? string.Create(CultureInfo.InvariantCulture, $"{(double)count * NanosecondsPerSecond / window.Duration:0.##} per second{key}")
            : string.Create(CultureInfo.InvariantCulture, $"{count}{key}");
    }
}

/// <summary>What a window counts.</summary>
/// <param name="Syntax">The call.</param>
/// <param name="IsRate">Events per second; otherwise a number of events.</param>
/// <param name="Selector">Counts the events for which this is true.</param>
/// <param name="By">Counts apart for each of its values; null for none.</param>
/// <param name="Duration">The time in nanoseconds.</param>
internal sealed record WindowDefinition(WindowSyntax Syntax, bool IsRate, ConditionNode Selector, EventField? By, long Duration);
