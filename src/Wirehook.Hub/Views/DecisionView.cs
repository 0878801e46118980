using Wirehook.EventHooks.Conditions;
using Wirehook.EventHooks.Hooks;

namespace Wirehook.Hub.Views;

/// <summary>What a hook did about one event, and why.</summary>
public sealed record DecisionView
{
    /// <summary>The event's sequence number.</summary>
    public required long Sequence { get; init; }

    /// <summary>When the event was received, in milliseconds since the epoch.</summary>
    public required long Timestamp { get; init; }

    /// <summary>The event's most telling name.</summary>
    public required string Event { get; init; }

    /// <summary>The interface; empty for none.</summary>
    public required string Interface { get; init; }

    /// <summary>The namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>What was decided: fired, debouncing, holding, condition_false, condition_unknown, not_listed, disabled, initial, dropped,
    /// coalesced or debounced.</summary>
    public required string Decision { get; init; }

    /// <summary>The condition's clauses with their values; null where the condition was not asked.</summary>
    public ClauseView? Clause { get; init; }

    /// <summary>The view of <paramref name="decision"/>.</summary>
    public static DecisionView Of(HookDecision decision) => new()
    {
        Sequence = decision.Event.Sequence,
        Timestamp = decision.Event.Timestamp.UnixMilliseconds,
        Event = decision.Event.Event,
        Interface = decision.Event.Interface,
        Namespace = decision.Event.Namespace,
        Decision = Words.Of(decision.Verdict),
        Clause = decision.Clauses is { } clauses ? ClauseView.Of(clauses) : null,
    };
}

/// <summary>One clause of a condition, with its value for one event.</summary>
/// <param name="Text">The clause.</param>
/// <param name="Result">true, false or unknown.</param>
/// <param name="Value">The fields that it reads with their values; empty for clauses that only join others.</param>
/// <param name="Clauses">The clauses that it joins.</param>
public sealed record ClauseView(string Text, string Result, string Value, IReadOnlyList<ClauseView> Clauses)
{
    /// <summary>The view of <paramref name="trace"/>.</summary>
    public static ClauseView Of(ClauseTrace trace) => new(trace.Text, Words.Of(trace.Result), trace.Value, [.. trace.Children.Select(Of)]);
}
