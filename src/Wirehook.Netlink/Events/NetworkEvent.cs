using Wirehook.Netlink.Families;
using Wirehook.Packets;

namespace Wirehook.Netlink.Events;

/// <summary>One network change: a netlink message with what it means, or an event of the monitor itself. Immutable.</summary>
public sealed class NetworkEvent
{
    /// <summary>Position in the run, from 1, without gaps over all namespaces.</summary>
    public required long Sequence { get; init; }

    /// <summary>When the message was received.</summary>
    public required Timestamp Timestamp { get; init; }

    /// <summary>The netlink protocol (0 for NETLINK_ROUTE).</summary>
    public int Protocol { get; init; }

    /// <summary>The kernel's message type (<c>nlmsg_type</c>): 16 for RTM_NEWLINK. 0 for uevents and the monitor's own events.</summary>
    public ushort MessageType { get; init; }

    /// <summary>The message type's name, such as <c>RTM_NEWLINK</c>; empty where there is none.</summary>
    public string MessageName { get; init; } = "";

    /// <summary>The event type identifier: the message type, as in the seed's implementation.</summary>
    public uint EventType => MessageType;

    /// <summary>What the change means, the most telling name first; at least one.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>The most telling name: <c>link.down</c>.</summary>
    public string Event => Events[0];

    /// <summary>The interface's name; empty where the event belongs to none.</summary>
    public string Interface { get; init; } = "";

    /// <summary>The interface's index; 0 where the event belongs to none.</summary>
    public int InterfaceIndex { get; init; }

    /// <summary>The network namespace: <c>default</c> for the one that Wirehook runs in, otherwise its name, <c>pid-N</c> or <c>nsid-N</c>.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>The namespace's id as seen from Wirehook's own; -1 where it has none.</summary>
    public int NamespaceId { get; init; } = -1;

    /// <summary>The netlink port of who caused the change, most often the pid of the tool; 0 where the kernel does not say.</summary>
    public uint PortId { get; init; }

    /// <summary><c>nlmsg_seq</c>.</summary>
    public uint MessageSequence { get; init; }

    /// <summary><c>nlmsg_flags</c>.</summary>
    public ushort MessageFlags { get; init; }

    /// <summary>Whether Wirehook found the change by comparing with the kernel's state, rather than being told.</summary>
    public bool Synthetic { get; init; }

    /// <summary>Whether it describes what existed when monitoring began.</summary>
    public bool Initial { get; init; }

    /// <summary>At least so many messages were lost before this event; only for <c>monitor.overrun</c>.</summary>
    public long Lost { get; init; }

    /// <summary>What the monitor says, for its own events; empty otherwise.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The object after the change (its last state where it was removed); null for the monitor's own events.</summary>
    public NetlinkObject? Current { get; init; }

    /// <summary>The object before; null where it was not known.</summary>
    public NetlinkObject? Previous { get; init; }

    /// <summary>Bit i is set where <c>Current.Family.Fields[i]</c> differs from before.</summary>
    public ulong Changed { get; init; }

    /// <summary>The family of the object; null for the monitor's own events.</summary>
    public NetlinkFamily? Family => Current?.Family;
}
