using Wirehook.Capture;
using Wirehook.Packets;
using Wirehook.Scripting;
using Wirehook.Worker.Summary;

namespace Wirehook.Worker.Sessions;

/// <summary>What a replay came to.</summary>
/// <param name="Summary">Counts of the run.</param>
/// <param name="Outcomes">What became of each script.</param>
/// <param name="Damages">Files that could not be read to their end.</param>
public sealed record ReplayResult(RunSummary Summary, IReadOnlyList<LoadOutcome> Outcomes, IReadOnlyList<CaptureFileDamage> Damages);

/// <summary>Runs finished captures through the scripts, in packet time.</summary>
public static class Replay
{
    /// <summary>Reads the source to its end, or to the limit, or until cancelled.</summary>
    /// <param name="session">A session without a live clock, not started.</param>
    /// <param name="source">The packets.</param>
    /// <param name="scripts">The scripts, in load order.</param>
    /// <param name="loaded">Told what became of the scripts before the first packet; returns whether to go on.</param>
    /// <param name="cancellation">Ends the run early, in good order.</param>
    public static ReplayResult Run(
        CaptureSession session, IPacketSource source, IReadOnlyList<ScriptSource> scripts, Func<IReadOnlyList<LoadOutcome>, bool> loaded, CancellationToken cancellation)
    {
        source.OnDecryptionSecrets = session.Secrets.OnDecryptionSecrets;
        var more = source.TryReadNext(out var header, out var frame);
        var outcomes = session.Start(scripts, more ? header.Timestamp : null);
        if (!loaded(outcomes)) more = false;
        var pipeline = session.Pipeline;
        var netlink = session.OpenNetlink();
        while (more)
        {
            pipeline.OnPacket(header, frame);
            if (header.Link == LinkType.Netlink) netlink.OnFrame(header, source.Origin, frame);
            if (cancellation.IsCancellationRequested || pipeline.LimitReached) break;
            more = source.TryReadNext(out header, out frame);
        }

        return new ReplayResult(session.Complete(), outcomes, source.Damages);
    }
}
