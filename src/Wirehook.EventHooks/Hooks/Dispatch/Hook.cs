using Wirehook.EventHooks.Conditions;
using Wirehook.EventHooks.Hooks.Scheduling;
using Wirehook.Packets;

namespace Wirehook.EventHooks.Hooks.Dispatch;

/// <summary>One registered hook: its definition, compiled, and its state. A replaced definition is another hook.</summary>
internal sealed class Hook
{
    public Hook(int id, HookDefinition definition, Condition? condition, bool fromConfiguration)
    {
        (Id, Definition, Condition, FromConfiguration) = (id, definition, condition, fromConfiguration);
        State = condition is null ? null : new ConditionState(condition);
        Filter = new EventFilter(definition.Events, definition.Condition);
        Debouncer = definition.Debounce > TimeSpan.Zero ? new Debouncer(definition.Debounce) : null;
        Queue = new HookQueue(id, definition) { Suspended = !definition.Enabled };
    }

    public int Id { get; }

    public HookDefinition Definition { get; }

    /// <summary>Null for all events.</summary>
    public Condition? Condition { get; }

    public bool FromConfiguration { get; }

    public EventFilter Filter { get; }

    public HookQueue Queue { get; }

    public DecisionLog Decisions { get; } = new();

    /// <summary>Only for the dispatch thread.</summary>
    public ConditionState? State { get; private set; }

    /// <summary>Only for the dispatch thread; null without a debounce time.</summary>
    public Debouncer? Debouncer { get; }

    public bool Enabled => !Queue.Suspended;

    /// <summary>Begins the condition's memory anew: what it counted and held is out of date once events went by unseen. Only for the dispatch thread.</summary>
    public void Forget()
    {
        if (Condition is { } condition && (condition.HasWindows || condition.Hold is not null)) State = new ConditionState(condition);
    }

    /// <summary>When something happens without a further event; null for never. Only for the dispatch thread.</summary>
    public Timestamp? NextDeadline
    {
        get
        {
            var hold = State?.NextDeadline;
            var quiet = Debouncer?.NextDeadline;
            return hold is null ? quiet : quiet is null || hold < quiet ? hold : quiet;
        }
    }
}
