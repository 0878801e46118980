using System.Runtime.InteropServices;
using System.Text;
using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.State;

namespace Wirehook.Scripting.Tests;

/// <summary>Network events as the engine makes them of what the kernel sends about one namespace.</summary>
internal sealed class NetworkChanges
{
    internal const uint Up = 1;
    internal const uint LowerUp = 0x10000;
    private const ushort NewLinkType = 16;
    private const ushort DelLinkType = 17;
    private readonly NetlinkEngine _engine = new(new NetlinkEngineOptions());
    private readonly NamespaceState _namespace;

    internal NetworkChanges() => _namespace = _engine.AddNamespace("default", -1);

    /// <summary>What the announcement of a link's state means.</summary>
    internal NetworkEvent Link(double second, int index, string name, uint flags = Up, uint mtu = 1500, params byte[][] attributes) =>
        Announce(second, LinkMessage(NewLinkType, index, name, flags, mtu, attributes));

    /// <summary>What the announcement of a link's end means.</summary>
    internal NetworkEvent LinkRemoved(double second, int index, string name) => Announce(second, LinkMessage(DelLinkType, index, name, 0, 1500));

    /// <summary>What the monitor says when the kernel dropped messages.</summary>
    internal NetworkEvent Overrun(double second, long lost)
    {
        var events = new List<NetworkEvent>();
        _engine.Overrun(_namespace, NetlinkProtocol.Route, ScriptBench.At(second), lost, events);
        return events[0];
    }

    internal static byte[] Attribute(int type, params byte[] value)
    {
        var attribute = new byte[4 + ((value.Length + 3) & ~3)];
        MemoryMarshal.Write(attribute, (ushort)(4 + value.Length));
        MemoryMarshal.Write(attribute.AsSpan(2), (ushort)type);
        value.CopyTo(attribute.AsSpan(4));
        return attribute;
    }

    internal static byte[] Message(ushort type, byte[] body)
    {
        var message = new byte[NetlinkMessage.HeaderLength + body.Length];
        MemoryMarshal.Write(message, (uint)message.Length);
        MemoryMarshal.Write(message.AsSpan(4), type);
        body.CopyTo(message.AsSpan(NetlinkMessage.HeaderLength));
        return message;
    }

    private NetworkEvent Announce(double second, byte[] message)
    {
        var events = new List<NetworkEvent>();
        _engine.Process(_namespace, NetlinkProtocol.Route, message, ScriptBench.At(second), events);
        return Assert.Single(events);
    }

    private static byte[] LinkMessage(ushort type, int index, string name, uint flags, uint mtu, params byte[][] attributes)
    {
        var header = new byte[16];
        header[2] = 1;
        MemoryMarshal.Write(header.AsSpan(4), index);
        MemoryMarshal.Write(header.AsSpan(8), flags);
        return Message(type, [.. header, .. Attribute(3, [.. Encoding.UTF8.GetBytes(name), 0]), .. Attribute(4, BitConverter.GetBytes(mtu)), .. attributes.SelectMany(a => a)]);
    }
}
