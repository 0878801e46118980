using Wirehook.Capture;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Recording;
using Wirehook.Netlink.State;
using Wirehook.Packets;

namespace Wirehook.Worker.Pipeline;

/// <summary>Turns the netlink frames of captures into network events, while a script has a hook for them. Nothing is decoded for scripts that have none.</summary>
/// <param name="pipeline">Where the events go, between the packets.</param>
/// <param name="tally">Counts them.</param>
/// <param name="losses">Where frames are counted that are damaged.</param>
/// <param name="initial">Whether what existed when a recording began comes as events.</param>
public sealed class NetlinkFrames(PacketPipeline pipeline, NetworkEventTally tally, LossLedger losses, bool initial)
{
    private readonly LossCounter _notNetlink = losses.Define("network", "not-netlink", "packets", "Packets of link type netlink that have no netlink header.");
    private readonly Dictionary<int, NetlinkReplay> _files = [];
    private readonly List<NetworkEvent> _events = [];
    private NetlinkEngine? _engine;

    /// <summary>Takes a packet of link type netlink.</summary>
    /// <param name="header">Its description.</param>
    /// <param name="origin">Where it comes from: each file has its own namespaces.</param>
    /// <param name="frame">Its captured bytes; not kept.</param>
    public void OnFrame(in PacketHeader header, in PacketOrigin origin, ReadOnlySpan<byte> frame)
    {
        if (!pipeline.WantsNetworkEvents) return;
        if (!_files.TryGetValue(origin.File, out var file)) _files.Add(origin.File, file = Open());
        if (!file.Process(header, origin.Interface, frame, _events)) _notNetlink.Add();
        foreach (var networkEvent in _events)
        {
            tally.Add(networkEvent);
            pipeline.OnNetworkEvent(networkEvent);
        }

        _events.Clear();
    }

    private NetlinkReplay Open() => new(_engine ??= new NetlinkEngine(new NetlinkEngineOptions { Ledger = losses, EmitInitial = initial }));
}
