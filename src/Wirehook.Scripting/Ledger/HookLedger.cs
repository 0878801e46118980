namespace Wirehook.Scripting.Ledger;

/// <summary>Counts and times of one hook, job or of the timers of one script. The scripts' thread writes; any thread may read.</summary>
/// <param name="name">The hook's name; <c>job:TAG</c> for a job.</param>
internal sealed class HookLedger(string name)
{
    private const double SampleWeight = 1.0 / 16;
    private readonly LatencyHistogram _latency = new();
    private long _dividedCalls;
    private double _meanSample;
    private double _cpuNanoseconds;

    internal long Calls;
    internal long Errors;
    internal long Missed;

    /// <summary>Time of the present batch's calls, in nanoseconds of the machine's clock.</summary>
    internal double PendingNanoseconds;

    internal string Name => name;

    /// <summary>Whether there is anything to report.</summary>
    internal bool IsUsed => Calls != 0 || Missed != 0;

    /// <summary>What the calls since the last division are likely to have taken, going by samples.</summary>
    internal double EstimatedPacketCost => (Calls - _dividedCalls) * _meanSample;

    /// <summary>Records how long one call took.</summary>
    internal void Record(long nanoseconds) => _latency.Record(nanoseconds);

    /// <summary>Notes how long a sampled call took.</summary>
    internal void NoteSample(double nanoseconds) =>
        _meanSample += (nanoseconds - _meanSample) * (_meanSample == 0 ? 1 : SampleWeight);

    /// <summary>Takes the estimate, times what the estimates of all hooks are off by.</summary>
    internal void TakePacketShare(double factor)
    {
        PendingNanoseconds += EstimatedPacketCost * factor;
        _dividedCalls = Calls;
    }

    /// <summary>Books the pending time as CPU time.</summary>
    /// <param name="cpuPerWall">How much of the batch's time the thread was running.</param>
    internal void Settle(double cpuPerWall)
    {
        _cpuNanoseconds += PendingNanoseconds * cpuPerWall;
        PendingNanoseconds = 0;
    }

    internal HookReport Report() => new(
        name, Calls, Errors, Missed, (_cpuNanoseconds + PendingNanoseconds) / 1e6, _latency.Quantile(0.5) / 1e3, _latency.Quantile(0.99) / 1e3);
}
