using Wirehook.Packets;
using Wirehook.Scripting.Ledger;

namespace Wirehook.Scripting.Dispatch;

/// <summary>Counts calls that were not made, against the script and by reason, and lines that were not printed.</summary>
internal sealed class MissedEvents
{
    private readonly LossCounter _queueFull;
    private readonly LossCounter _share;
    private readonly LossCounter _paused;
    private readonly LossCounter _skippedJobs;
    private readonly LossCounter _heldBackLines;

    internal MissedEvents(LossLedger losses)
    {
        _queueFull = losses.Define("scripts", "queue-full-calls", "calls", "Scripts were slower than capture and their queue was full. Make hooks cheaper, or load fewer scripts.");
        _share = losses.Define("scripts", "over-share", "calls", "A script used more than its share of time while others waited. The report names it.");
        _paused = losses.Define("scripts", "paused", "calls", "A script was paused because it went over its budget repeatedly. The report says why.");
        _skippedJobs = losses.Define("scripts", "job-late", "calls", "A job was due again before it could run, or the capture's time jumped.");
        _heldBackLines = losses.Define("scripts", "output-limit", "lines", "A script printed more lines per second than anyone reads. Print less, or sums.");
    }

    internal void QueueFull(HookLedger row, long count)
    {
        row.Missed += count;
        _queueFull.Add(count);
    }

    internal void OverShare(HookLedger row)
    {
        row.Missed++;
        _share.Add();
    }

    internal void Paused(HookLedger row)
    {
        row.Missed++;
        _paused.Add();
    }

    internal void LineHeldBack() => _heldBackLines.Add();

    internal void JobLate(HookLedger row, long count)
    {
        row.Missed += count;
        _skippedJobs.Add(count);
    }
}
