namespace Wirehook.Packets;

/// <summary>One reason for which something was dropped at one stage, and how often. One thread adds; any thread may read.</summary>
public sealed class LossCounter
{
    private long _count;

    internal LossCounter(string stage, string reason, string unit, string explanation)
    {
        (Stage, Reason, Unit, Explanation) = (stage, reason, unit, explanation);
    }

    /// <summary>The stage that dropped, such as <c>reassembly</c>.</summary>
    public string Stage { get; }

    /// <summary>Why, in kebab case, unique within the stage, such as <c>flow-memory</c>.</summary>
    public string Reason { get; }

    /// <summary>What is counted: <c>packets</c>, <c>bytes</c>, <c>items</c>, <c>calls</c> …</summary>
    public string Unit { get; }

    /// <summary>A sentence for the person who reads the summary: what was lost and what can be done.</summary>
    public string Explanation { get; }

    /// <summary>How much was dropped so far.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>Counts <paramref name="amount"/> more. Only the thread that owns the stage calls this, so that no lock is needed.</summary>
    public void Add(long amount = 1) => Volatile.Write(ref _count, _count + amount);
}

/// <summary>Every loss of one run, by stage and reason: each stage defines its counters once and keeps them.</summary>
public sealed class LossLedger
{
    private readonly List<LossCounter> _counters = [];

    /// <summary>The counter of <paramref name="reason"/> at <paramref name="stage"/>: made at the first call, the same one afterwards.</summary>
    /// <param name="stage">The stage that drops.</param>
    /// <param name="reason">Why, in kebab case.</param>
    /// <param name="unit">What is counted.</param>
    /// <param name="explanation">A sentence for people.</param>
    public LossCounter Define(string stage, string reason, string unit, string explanation)
    {
        lock (_counters)
        {
            var known = _counters.Find(c => c.Stage == stage && c.Reason == reason);
            if (known is null)
            {
                known = new LossCounter(stage, reason, unit, explanation);
                _counters.Add(known);
            }

            return known;
        }
    }

    /// <summary>All counters, by stage in the order in which stages defined them; zero counts included.</summary>
    public IReadOnlyList<LossCounter> Counters
    {
        get
        {
            lock (_counters)
            {
                return [.. _counters];
            }
        }
    }
}
