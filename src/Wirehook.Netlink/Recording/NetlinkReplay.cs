using Wirehook.Netlink.Events;
using Wirehook.Netlink.State;
using Wirehook.Packets;
using Wirehook.Packets.Files;

namespace Wirehook.Netlink.Recording;

/// <summary>
/// Feeds captured netlink frames to an engine, one by one, whoever reads them: every interface of the capture is a namespace of its own, and times
/// are those of the capture. A recording by <see cref="NetlinkRecorder"/> gives the events that were given live, a capture taken from an nlmon device
/// those that follow from what it holds.
/// </summary>
/// <param name="engine">What gives the events; only the replay feeds it.</param>
public sealed class NetlinkReplay(NetlinkEngine engine)
{
    private readonly Dictionary<int, NamespaceState> _namespaces = [];

    /// <summary>Netlink frames that were fed to the engine.</summary>
    public long Frames { get; private set; }

    /// <summary>Frames that are no netlink: of another link layer, or too short. They are passed over.</summary>
    public long OtherFrames { get; private set; }

    /// <summary>Takes one frame.</summary>
    /// <param name="header">When and where it was captured.</param>
    /// <param name="described">What the capture says of interface <see cref="PacketHeader.Interface"/>.</param>
    /// <param name="frame">The captured bytes.</param>
    /// <param name="output">Where events are added.</param>
    /// <returns>Whether it was a netlink frame.</returns>
    public bool Process(in PacketHeader header, CaptureInterface described, ReadOnlySpan<byte> frame, List<NetworkEvent> output)
    {
        if (header.Link != LinkType.Netlink || !NetlinkFrame.TryRead(frame, out var protocol, out var datagram))
        {
            OtherFrames++;
            return false;
        }

        Frames++;
        if (!_namespaces.TryGetValue(header.Interface, out var ns)) _namespaces.Add(header.Interface, ns = Begin(RecordedNamespace.Of(described)));
        engine.Process(ns, protocol, datagram, header.Timestamp, output);
        return true;
    }

    private NamespaceState Begin(in RecordedNamespace recorded)
    {
        if (recorded.Continues < 0 || !_namespaces.TryGetValue(recorded.Continues, out var known)) return engine.AddNamespace(recorded.Name, recorded.Nsid, recorded.IsNew);
        (known.Name, known.Id) = (recorded.Name, recorded.Nsid);
        return known;
    }
}
