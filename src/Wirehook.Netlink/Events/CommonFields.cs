using System.Collections.Concurrent;
using Wirehook.Netlink.Families;

namespace Wirehook.Netlink.Events;

/// <summary>The fields that every event has, whatever its family.</summary>
internal static class CommonFields
{
    public const string Interface = "interface";
    private const int MostChangeLists = 4096;
    private static readonly Dictionary<NetlinkFamily, ConcurrentDictionary<ulong, string[]>> ChangeLists =
        NetlinkFamily.All.ToDictionary(f => f, _ => new ConcurrentDictionary<ulong, string[]>());

    public static IReadOnlyList<EventField> All { get; } =
    [
        Text(Interface, "The interface's name; absent where the event belongs to none.", e => e.Interface.Length == 0 ? null : e.Interface),
        Number("message_type", "The kernel's message type: 16 for RTM_NEWLINK.", e => e.MessageType, "netlink.msg_type", "event.type", "event.message_type") with { Symbols = MessageTypes() },
        Number("event_type", "The event type identifier, the same as message_type.", e => e.EventType, "event.event_type") with { Symbols = MessageTypes() },
        Text("namespace", "The network namespace: default, its name, pid-N or nsid-N.", e => e.Namespace, "event.namespace"),
        Number("timestamp", "Milliseconds since 1970-01-01 UTC.", e => e.Timestamp.UnixMilliseconds, "event.timestamp"),
        Number("sequence", "Position in the run, from 1, without gaps.", e => e.Sequence, "event.sequence"),
        List("event", "What happened: link.down. Equal to a name when any name of the event is.", e => e.Events, "event.name", "events"),
        Text("message_name", "The message type's name: RTM_NEWLINK; absent where there is none.", e => e.MessageName.Length == 0 ? null : e.MessageName),
        Number("ifindex", "The interface's index; absent where the event belongs to none.", e => e.InterfaceIndex == 0 ? null : e.InterfaceIndex),
        Number("nsid", "The namespace's id; absent where it has none.", e => e.NamespaceId < 0 ? null : e.NamespaceId),
        Number("pid", "The netlink port of who caused the change, most often the pid of the tool; absent where the kernel does not say.", e => e.PortId == 0 ? null : e.PortId, "netlink.pid"),
        Number("netlink.protocol", "The netlink protocol: 0 for NETLINK_ROUTE.", e => e.Protocol),
        Number("netlink.msg_flags", "Flags of the message (NLM_F_…).", e => e.MessageFlags) with { IsBitSet = true, Symbols = MessageFlags() },
        Number("netlink.seq", "The message's own sequence number.", e => e.MessageSequence),
        new("synthetic", NetworkValueKind.Flag, "Whether the change was found by comparing with the kernel's state.", e => NetworkValue.From(e.Synthetic)),
        new("initial", NetworkValueKind.Flag, "Whether it describes what existed when monitoring began.", e => NetworkValue.From(e.Initial)),
        Text("severity", "info, warning or critical, by the weightiest name of the event.", e => SeverityName(EventSchema.SeverityOf(e)), "event.severity"),
        List("changed", "Names of the fields that changed, such as mtu; empty where none is known to.", e => ChangedNames(e)),
        Number("lost", "Messages lost at least; only for monitor.overrun and monitor.dropped.", e => e.Lost == 0 ? null : e.Lost),
        Text("detail", "What the monitor says, for its own events.", e => e.Detail.Length == 0 ? null : e.Detail),
    ];

    /// <summary>Names of the fields that an event changed; shared between events.</summary>
    public static IReadOnlyList<string> ChangedNames(NetworkEvent e)
    {
        if (e.Changed == 0 || e.Family is not { } family) return [];
        if (!ChangeLists.TryGetValue(family, out var lists)) return NamesOf(family, e.Changed);
        return lists.TryGetValue(e.Changed, out var known) ? known : Share(lists, family, e.Changed);
    }

    private static string[] Share(ConcurrentDictionary<ulong, string[]> lists, NetlinkFamily family, ulong changed)
    {
        var names = NamesOf(family, changed);
        if (lists.Count < MostChangeLists) lists.TryAdd(changed, names);
        return names;
    }

    private static string[] NamesOf(NetlinkFamily family, ulong changed) => [.. family.Fields.Where((_, i) => (changed & 1UL << i) != 0).Select(f => f.Name)];

    private static string SeverityName(EventSeverity severity) => severity switch
    {
        EventSeverity.Critical => "critical",
        EventSeverity.Warning => "warning",
        _ => "info",
    };

    private static EventField Number(string name, string description, Func<NetworkEvent, long?> get, params string[] aliases) =>
        new(name, NetworkValueKind.Number, description, e => NetworkValue.From(get(e))) { Aliases = aliases };

    private static EventField Text(string name, string description, Func<NetworkEvent, string?> get, params string[] aliases) =>
        new(name, NetworkValueKind.Text, description, e => NetworkValue.From(get(e))) { Aliases = aliases };

    private static EventField List(string name, string description, Func<NetworkEvent, IReadOnlyList<string>> get, params string[] aliases) =>
        new(name, NetworkValueKind.List, description, e => NetworkValue.From(get(e))) { Aliases = aliases };

    private static Dictionary<string, long> MessageTypes()
    {
        var types = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var message in NetlinkFamily.All.SelectMany(f => f.Messages)) types.TryAdd(message.Name, message.Type);
        return types;
    }

    private static Dictionary<string, long> MessageFlags() => CommonConstants.All
        .Where(c => c.Key.StartsWith("NLM_F_", StringComparison.Ordinal))
        .ToDictionary(c => c.Key["NLM_F_".Length..], c => c.Value, StringComparer.OrdinalIgnoreCase);
}
