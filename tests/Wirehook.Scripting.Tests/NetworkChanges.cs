using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.State;
using Wirehook.Tests;

namespace Wirehook.Scripting.Tests;

/// <summary>Network events as the engine makes them of what the kernel sends about one namespace.</summary>
internal sealed class NetworkChanges
{
    private readonly NetlinkEngine _engine = new(new NetlinkEngineOptions());
    private readonly NamespaceState _namespace;

    internal NetworkChanges() => _namespace = _engine.AddNamespace("default", -1);

    /// <summary>What the announcement of a link's state means.</summary>
    internal NetworkEvent Link(double second, int index, string name, uint flags = LinkMessage.Up, uint mtu = 1500, params byte[][] attributes) =>
        Announce(second, LinkMessage.New(index, name, flags, mtu, attributes));

    /// <summary>What the announcement of a link's end means.</summary>
    internal NetworkEvent LinkRemoved(double second, int index, string name) => Announce(second, LinkMessage.Delete(index, name));

    /// <summary>What the monitor says when the kernel dropped messages.</summary>
    internal NetworkEvent Overrun(double second, long lost)
    {
        var events = new List<NetworkEvent>();
        _engine.Overrun(_namespace, NetlinkProtocol.Route, ScriptBench.At(second), lost, events);
        return events[0];
    }

    private NetworkEvent Announce(double second, byte[] message)
    {
        var events = new List<NetworkEvent>();
        _engine.Process(_namespace, NetlinkProtocol.Route, message, ScriptBench.At(second), events);
        return Assert.Single(events);
    }
}
