using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families;
using Wirehook.Netlink.State;
using Wirehook.Packets;

namespace Wirehook.Netlink.Tests.State;

/// <summary>An engine with one namespace, fed by hand.</summary>
internal sealed class TestEngine
{
    private readonly List<NetworkEvent> _events = [];
    private uint _sequence;
    private long _now;

    public TestEngine(NetlinkEngineOptions? options = null)
    {
        Engine = new(options ?? new());
        Namespace = Engine.AddNamespace("default", -1);
    }

    public NetlinkEngine Engine { get; }

    public NamespaceState Namespace { get; }

    /// <summary>Feeds datagrams; gives the events.</summary>
    public NetworkEvent[] Feed(params byte[][] datagrams)
    {
        _events.Clear();
        foreach (var datagram in datagrams) Engine.Process(Namespace, NetlinkProtocol.Route, datagram, new Timestamp(++_now), _events);
        return [.. _events];
    }

    public NetworkEvent[] Overrun(long lost = 1)
    {
        _events.Clear();
        Engine.Overrun(Namespace, NetlinkProtocol.Route, new Timestamp(++_now), lost, _events);
        return [.. _events];
    }

    /// <summary>Begins a dump: its sequence number.</summary>
    public (uint Sequence, NetworkEvent[] Events) Begin(byte[] request)
    {
        var sequence = ++_sequence;
        return (sequence, Feed(Bytes.Numbered(request, sequence)));
    }

    /// <summary>A whole dump that shows these messages.</summary>
    public NetworkEvent[] Dump(byte[] request, params byte[][] messages)
    {
        var (sequence, begun) = Begin(request);
        return [.. begun, .. Feed([.. messages.Select(m => Reply(m, sequence)), Bytes.Done(sequence)])];
    }

    /// <summary>The first dump of every family: nothing there but these links.</summary>
    public TestEngine Loaded(params byte[][] links)
    {
        foreach (var family in NetlinkFamily.All.Where(f => f is { IsCached: true, Protocol: NetlinkProtocol.Route }))
        {
            foreach (var request in family.Dumps) Dump(request, family.Name == "link" ? links : []);
        }

        return this;
    }

    /// <summary>A message as part of a dump's answer.</summary>
    public static byte[] Reply(byte[] message, uint sequence, ushort flags = 0)
    {
        var reply = message.ToArray();
        reply[6] |= (byte)(NetlinkFlags.Multi | flags);
        NetlinkRequest.SetSequence(reply, sequence);
        return reply;
    }
}
