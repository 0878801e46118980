using Wirehook.Capture.Live;
using Wirehook.Packets;
using Wirehook.Worker.Pipeline;
using Wirehook.Worker.Summary;

namespace Wirehook.Worker.Sessions;

/// <summary>Runs live traffic through the scripts. The capture thread never waits for them.</summary>
public static class Tap
{
    // Long enough that an idle capture costs nothing, short enough that a lone packet reaches its hook while somebody watches.
    private const int WaitMilliseconds = 100;

    /// <summary>Captures until cancelled or until the limit.</summary>
    /// <param name="session">A started session with a live clock.</param>
    /// <param name="capture">The open interfaces.</param>
    /// <param name="file">Where every packet is written as well; null for nowhere.</param>
    /// <param name="network">Brings network events to the scripts.</param>
    /// <param name="clock">The wall clock.</param>
    /// <param name="cancellation">Ends the capture.</param>
    public static RunSummary Run(CaptureSession session, LiveCapture capture, PacketFile? file, NetworkWatch network, TimeProvider clock, CancellationToken cancellation)
    {
        var pipeline = session.Pipeline;
        var drops = session.Losses.Define(
            "capture", "kernel-drop", "packets", "Packets that the kernel dropped because the ring was full; a larger --set capture.ringMb holds longer bursts.");
        while (!cancellation.IsCancellationRequested && !pipeline.LimitReached)
        {
            if (capture.TryReadBlock(WaitMilliseconds, out var block))
            {
                using (block)
                {
                    while (block.TryReadNext(out var header, out var frame))
                    {
                        pipeline.OnPacket(header, frame);
                        file?.Write(header, frame);
                    }
                }

                file?.Flush();
                pipeline.Flush();
            }
            else
            {
                pipeline.Idle(Now(clock));
            }

            network.Poll();
            drops.Add(capture.KernelDrops - drops.Count);
        }

        network.Dispose();
        return session.Complete();
    }

    private static Timestamp Now(TimeProvider clock) => new((clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100);
}
