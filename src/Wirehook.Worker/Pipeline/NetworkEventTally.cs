using Wirehook.Netlink.Events;
using Wirehook.Netlink.State;
using Wirehook.Packets;

namespace Wirehook.Worker.Pipeline;

/// <summary>Counts the network events of a run, and what the kernel lost of them. One thread counts; any thread may read.</summary>
/// <param name="losses">Where losses are counted.</param>
public sealed class NetworkEventTally(LossLedger losses)
{
    private readonly LossCounter _overrun = losses.Define(
        "network", "overrun", "messages",
        "At least so many netlink messages that the kernel dropped because its receive buffer was full; a larger --set nlmon.netlink.buffer_size.receive holds longer bursts.");

    private long _events;

    /// <summary>Events so far.</summary>
    public long Events => Volatile.Read(ref _events);

    /// <summary>Counts an event.</summary>
    public void Add(NetworkEvent networkEvent)
    {
        Volatile.Write(ref _events, _events + 1);
        if (networkEvent.Event == MonitorEvents.Overrun) _overrun.Add(Math.Max(1, networkEvent.Lost));
    }
}
