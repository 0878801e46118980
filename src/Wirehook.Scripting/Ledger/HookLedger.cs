namespace Wirehook.Scripting.Ledger;

/// <summary>Counts and times of one hook, job or of the timers of one script. The scripts' thread writes; any thread may read.</summary>
/// <param name="name">The hook's name.</param>
internal sealed class HookLedger(string name)
{
    private readonly LatencyHistogram _latency = new();

    internal long Calls;
    internal long Errors;
    internal long Missed;

    /// <summary>Time of all calls in nanoseconds; an estimate between two measured ones for frequent hooks.</summary>
    internal double Nanoseconds;

    internal string Name => name;

    /// <summary>Whether there is anything to report.</summary>
    internal bool IsUsed => Calls != 0 || Missed != 0;

    internal void Record(long nanoseconds) => _latency.Record(nanoseconds);

    internal HookReport Report() => new(
        name, Calls, Errors, Missed, Nanoseconds / 1e6, _latency.Quantile(0.5) / 1e3, _latency.Quantile(0.99) / 1e3);
}
