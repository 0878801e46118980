using Wirehook.EventHooks.Conditions.Syntax;
using Wirehook.EventHooks.Conditions.Windows;
using Wirehook.Netlink.Events;
using Wirehook.Packets;

namespace Wirehook.EventHooks.Conditions;

/// <summary>A condition in use: evaluates it for one event after the other, and remembers what <c>rate</c>, <c>count</c> and <c>for</c> need. For one thread at a time.</summary>
public sealed class ConditionState
{
    private const int NanosecondsPerTick = 100;
    private readonly EventWindow[] _windows;
    private readonly long[] _counts;
    private readonly HoldSet? _holds;

    /// <summary>A state without memory of any event.</summary>
    public ConditionState(Condition condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        Condition = condition;
        _windows = [.. condition.Windows.Select(w => new EventWindow(w, Math.Max(1, condition.Limits.WindowKeys / condition.Windows.Count)))];
        _counts = new long[_windows.Length];
        if (condition.Hold is { } hold) _holds = new(hold.Ticks * NanosecondsPerTick, condition.Limits.Holds, condition.HasWindows);
    }

    /// <summary>The condition.</summary>
    public Condition Condition { get; }

    /// <summary>Whether a condition with <c>for</c> holds for some object, and its time is not over yet.</summary>
    public bool IsHolding => _holds?.IsWaiting ?? false;

    /// <summary>When <see cref="Advance"/> next has something to say; null while it has nothing to wait for.</summary>
    public Timestamp? NextDeadline => _holds?.NextDeadline;

    /// <summary>Keys of windows and objects of <c>for</c> that were forgotten because there were too many (see <see cref="ConditionLimits"/>).</summary>
    public long Forgotten
    {
        get
        {
            var sum = _holds?.Evicted ?? 0;
            foreach (var window in _windows) sum += window.Evicted;
            return sum;
        }
    }

    /// <summary>What <c>rate</c> and <c>count</c> counted at the last event, in the order of the text; -1 where the event had no value to count by. To be kept for a later <see cref="Explain(NetworkEvent, ReadOnlySpan{long})"/>.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>The condition's value for an event, which its windows take note of once. Allocates nothing, once its windows have grown, but for the
    /// note of an object for which a condition with <c>for</c> begins to hold. With <c>for</c> never
    /// <see cref="Truth.True"/>: what is true for long enough comes out of <see cref="Advance"/>.</summary>
    public Truth Evaluate(NetworkEvent e)
    {
        for (var i = 0; i < _windows.Length; i++) _counts[i] = _windows[i].Observe(e);
        var value = Condition.Root.Evaluate(e, _counts);
        if (_holds is null) return value;
        _holds.Observe(e, value);
        return value == Truth.True ? Truth.Unknown : value;
    }

    /// <summary>Adds to <paramref name="due"/>, for every object for which the condition has now held long enough, the event that began it; each once.</summary>
    public void Advance(Timestamp now, List<NetworkEvent> due) => _holds?.Advance(now, due);

    /// <summary>The value of every clause for an event, with what the windows count now. Takes note of nothing.</summary>
    public ClauseTrace Explain(NetworkEvent e)
    {
        Span<long> counts = stackalloc long[_windows.Length];
        for (var i = 0; i < _windows.Length; i++) counts[i] = _windows[i].Peek(e);
        return Explain(e, counts);
    }

    /// <summary>The value of every clause for an event, with counts that <see cref="Counts"/> gave when it was evaluated.</summary>
    public ClauseTrace Explain(NetworkEvent e, ReadOnlySpan<long> counts)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (counts.Length != _windows.Length) throw new ArgumentException($"The condition counts {_windows.Length} things.", nameof(counts));
        var trace = Condition.Root.Trace(e, counts);
        if (_holds is null || Condition.Hold is not { } hold) return trace;
        var since = _holds.HeldSince(e) is { } start ? $"holds since {start}" : "does not hold";
        var result = trace.Result == Truth.True ? Truth.Unknown : trace.Result;
        return new(Condition.ToString(), result, $"{since}; must hold {NumberLiteral.Duration(hold.Ticks * NanosecondsPerTick)}", [trace]);
    }
}
