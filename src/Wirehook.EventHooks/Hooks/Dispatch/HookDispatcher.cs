using Wirehook.EventHooks.Conditions;
using Wirehook.EventHooks.Hooks.Scheduling;
using Wirehook.Netlink.Events;
using Wirehook.Packets;

namespace Wirehook.EventHooks.Hooks.Dispatch;

/// <summary>Asks every hook about every event, in registration order, and queues what matches. Owned by one thread; time comes in.</summary>
internal sealed class HookDispatcher(HookScheduler scheduler, Func<Hook[]> hooks)
{
    private static readonly Timestamp EndOfTime = new(long.MaxValue);
    private readonly List<NetworkEvent> _due = [];

    /// <summary>When something happens without a further event; null for never.</summary>
    public Timestamp? NextDeadline
    {
        get
        {
            Timestamp? next = null;
            foreach (var hook in hooks())
            {
                if (hook.NextDeadline is { } deadline && (next is null || deadline < next)) next = deadline;
            }

            return next;
        }
    }

    /// <summary>Gives events to all hooks. What their times make due comes first.</summary>
    public void Dispatch(List<NetworkEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            // The decisions about earlier events are overwritten before this batch ends: nobody will ask for their reasons.
            var keepsEvidence = events.Count - i <= DecisionLog.Capacity;
            foreach (var hook in hooks()) Dispatch(hook, events[i], keepsEvidence);
        }
    }

    /// <summary>Lets go what is due at <paramref name="now"/>: held conditions and debounced events.</summary>
    public void Advance(Timestamp now)
    {
        foreach (var hook in hooks()) Advance(hook, now);
    }

    /// <summary>Lets go all debounced events: no further events will come.</summary>
    public void Flush()
    {
        foreach (var hook in hooks()) ReleaseDebounced(hook, EndOfTime);
    }

    private void Dispatch(Hook hook, NetworkEvent networkEvent, bool keepsEvidence)
    {
        Advance(hook, networkEvent.Timestamp);
        if (!hook.Enabled) PassBy(hook, networkEvent);
        else if (networkEvent.Initial && !hook.Definition.RunAtStart) hook.Decisions.Add(networkEvent, HookVerdict.Initial);
        else if (!hook.Filter.Matches(networkEvent)) hook.Decisions.Add(networkEvent, HookVerdict.NotListed);
        else if (hook.State is not { } state) Matched(hook, networkEvent, default);
        else Decide(hook, state, networkEvent, keepsEvidence);
    }

    private void PassBy(Hook hook, NetworkEvent networkEvent)
    {
        hook.Decisions.Add(networkEvent, HookVerdict.Disabled);
        hook.Forget();
        ReleaseDebounced(hook, EndOfTime);
    }

    private static DecisionLog.Evidence Evidence(ConditionState state, NetworkEvent networkEvent) =>
        state.Condition.Hold is not null ? new(state.Explain(networkEvent, state.Counts), null)
        : state.Condition.HasWindows ? new(null, state.Counts.ToArray())
        : default;

    private void Decide(Hook hook, ConditionState state, NetworkEvent networkEvent, bool keepsEvidence)
    {
        var truth = state.Evaluate(networkEvent);
        var evidence = keepsEvidence ? Evidence(state, networkEvent) : default;
        if (truth == Truth.True)
        {
            Matched(hook, networkEvent, evidence);
            return;
        }

        // A condition with 'for' that holds is not yet true; the clause below it already is.
        var holding = evidence.Clauses is { Children: [{ Result: Truth.True }] };
        hook.Decisions.Add(networkEvent, holding ? HookVerdict.Holding : truth == Truth.Unknown ? HookVerdict.ConditionUnknown : HookVerdict.ConditionFalse, evidence);
    }

    private void Matched(Hook hook, NetworkEvent networkEvent, in DecisionLog.Evidence evidence)
    {
        if (hook.Debouncer is not { } debouncer)
        {
            Queue(hook, networkEvent, false, evidence);
            return;
        }

        hook.Decisions.Add(networkEvent, HookVerdict.Debouncing, evidence);
        debouncer.Add(networkEvent, out var replaced, out var early);
        scheduler.NoteDebouncing(hook.Queue, replaced is not null);
        if (replaced is not null) hook.Decisions.Add(replaced, HookVerdict.Debounced);
        if (early is not null) Queue(hook, early, true, default);
    }

    private void Queue(Hook hook, NetworkEvent networkEvent, bool wasDebouncing, in DecisionLog.Evidence evidence)
    {
        var admission = scheduler.Offer(hook.Queue, networkEvent, wasDebouncing, out var displaced);
        if (displaced is not null) hook.Decisions.Add(displaced, admission == Admission.Coalesced ? HookVerdict.Coalesced : HookVerdict.Dropped);
        hook.Decisions.Add(networkEvent, admission == Admission.Dropped ? HookVerdict.Dropped : HookVerdict.Fired, evidence);
    }

    private void Advance(Hook hook, Timestamp now)
    {
        if (hook.NextDeadline is not { } deadline || deadline > now) return;
        if (hook.State is { } state)
        {
            state.Advance(now, _due);
            if (hook.Enabled)
            {
                foreach (var networkEvent in _due) Matched(hook, networkEvent, default);
            }

            _due.Clear();
        }

        ReleaseDebounced(hook, now);
    }

    private void ReleaseDebounced(Hook hook, Timestamp now)
    {
        while (hook.Debouncer is { } debouncer && debouncer.TryTakeDue(now, out var due)) Queue(hook, due, true, default);
    }
}
