using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families;
using Wirehook.Packets;

namespace Wirehook.Netlink.State;

/// <summary>What is known about the message behind an event.</summary>
internal readonly record struct EventOrigin(NamespaceState Namespace, Timestamp At, uint PortId, uint Sequence, ushort Flags, bool IsSynthetic, bool IsInitial)
{
    /// <summary>An announcement.</summary>
    public static EventOrigin Announced(NamespaceState ns, in NetlinkMessage message, Timestamp at) =>
        new(ns, at, message.PortId, message.Sequence, message.Flags, false, false);

    /// <summary>Something that a dump showed: nobody is known to have caused it.</summary>
    public static EventOrigin Dumped(NamespaceState ns, Timestamp at, bool isInitial) => new(ns, at, 0, 0, 0, !isInitial, isInitial);
}

/// <summary>Makes events and numbers them.</summary>
internal sealed class EventFactory
{
    private readonly EventNameSets _nameSets = new();
    private readonly List<string> _names = [];
    private long _sequence;

    /// <summary>An event about an object.</summary>
    public NetworkEvent Create(in EventOrigin origin, NetlinkMessageType type, in NetworkChange change)
    {
        var subject = change.Current;
        _names.Clear();
        subject.Family.Describe(change, _names);
        return new()
        {
            Sequence = ++_sequence,
            Timestamp = origin.At,
            Protocol = subject.Family.Protocol,
            MessageType = type.Type,
            MessageName = type.Name,
            Events = _nameSets.Share(_names),
            Interface = subject.InterfaceName ?? NameOf(origin.Namespace, subject.InterfaceIndex),
            InterfaceIndex = subject.InterfaceIndex,
            Namespace = origin.Namespace.Name,
            NamespaceId = origin.Namespace.Id,
            PortId = origin.PortId,
            MessageSequence = origin.Sequence,
            MessageFlags = origin.Flags,
            Synthetic = origin.IsSynthetic,
            Initial = origin.IsInitial,
            Current = subject,
            Previous = change.Previous,
            Changed = change.Changed,
        };
    }

    /// <summary>An event of the monitor itself.</summary>
    public NetworkEvent Create(NamespaceState? ns, Timestamp at, int protocol, string name, string detail, long lost) => new()
    {
        Sequence = ++_sequence,
        Timestamp = at,
        Protocol = protocol,
        Events = MonitorEvents.Single(name),
        Namespace = ns?.Name ?? "default",
        NamespaceId = ns?.Id ?? -1,
        Detail = detail,
        Lost = lost,
    };

    private static string NameOf(NamespaceState ns, int interfaceIndex) => interfaceIndex == 0 ? "" : ns.NameOf(interfaceIndex) ?? "";
}
