using Wirehook.EventHooks.Conditions;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Hooks;

/// <summary>What a hook made of one event.</summary>
public enum HookVerdict
{
    /// <summary>It matched, and was queued to run.</summary>
    Fired,

    /// <summary>It matched, and waits until no further event of its interface has come for the debounce time.</summary>
    Debouncing,

    /// <summary>It matched, and must go on matching for the time of <c>for</c>.</summary>
    Holding,

    /// <summary>The condition did not hold.</summary>
    ConditionFalse,

    /// <summary>The condition asks for something that the event does not have.</summary>
    ConditionUnknown,

    /// <summary>None of the hook's <c>events</c> names the event; or it follows traffic, and the hook does not name its family.</summary>
    NotListed,

    /// <summary>The hook was disabled.</summary>
    Disabled,

    /// <summary>The event shows what existed at the start, and the hook has no <c>run_at_start</c>.</summary>
    Initial,

    /// <summary>It matched, and was dropped because the hook's queue was full or the hook took no more events.</summary>
    Dropped,

    /// <summary>It matched, and a newer event of the same interface took its place in the queue.</summary>
    Coalesced,

    /// <summary>It matched, and a newer event of the same interface came within the debounce time.</summary>
    Debounced,
}

/// <summary>Why a hook did or did not run for one event.</summary>
/// <param name="Event">The event.</param>
/// <param name="Verdict">What the hook made of it.</param>
/// <param name="Clauses">The value of every clause of the condition; null where the condition was not asked, or the hook has none.
/// Where it counts events, the counts are those of the moment of the decision.</param>
public sealed record HookDecision(NetworkEvent Event, HookVerdict Verdict, ClauseTrace? Clauses);
