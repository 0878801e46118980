using Wirehook.JavaScript;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families;
using Wirehook.Scripting.Declarations;

namespace Wirehook.Scripting.Hooks.NetworkEvents;

/// <summary>The fields of a network event, in the order of its JSON: declared once for the script and its type.</summary>
internal static class NetworkEventFields
{
    /// <summary>The families, by name.</summary>
    internal static readonly NetworkFamilyFields[] Families = [.. NetlinkFamily.All.Select(f => new NetworkFamilyFields(f))];

    private const string NameType = "NetworkEventName";

    private static readonly EventField Changed = EventSchema.Find("changed")!;

    private static readonly Field[] Common =
    [
        Number("sequence", "Position in the run, from 1, without gaps.", e => e.Sequence),
        Number("timestamp", "When the message was received, in milliseconds since 1970-01-01 UTC.", e => e.Timestamp.UnixMilliseconds),
        new(new("event", NameType, "What happened, the most telling name: `link.down`."), static r => JsValue.From(View(r).Event.Event)),
        new(new("events", NameType + "[]", "Every name of what happened."), static r => View(r).ShowList(View(r).Event.Events)),
        Number("message_type", "The kernel's message type: 16 for RTM_NEWLINK.", e => e.MessageType),
        Text("message_name", "The message type's name: `RTM_NEWLINK`; empty where there is none.", e => e.MessageName),
        Number("event_type", "The event type identifier, the same as `message_type`.", e => e.EventType),
        Text("interface", "The interface's name; empty where the event belongs to none.", e => e.Interface),
        Number("ifindex", "The interface's index; 0 where the event belongs to none.", e => e.InterfaceIndex),
        Text("namespace", "The network namespace: `default` for Wirehook's own, otherwise its name, `pid-N` or `nsid-N`.", e => e.Namespace),
        Number("nsid", "The namespace's id; -1 where it has none.", e => e.NamespaceId),
        Number("pid", "The netlink port of who caused the change, most often the pid of the tool; 0 where the kernel does not say.", e => e.PortId),
        Flag("synthetic", "Whether the change was found by comparing with the kernel's state rather than announced.", e => e.Synthetic),
        new(new("initial", "boolean", "True where it describes what existed when monitoring began.", true), static r => View(r).Event.Initial ? JsValue.From(true) : JsValue.Empty),
        new(new("lost", "number", "Messages lost at least; only for `monitor.overrun` and `monitor.dropped`.", true), static r => View(r).Event.Lost is not 0 and var lost ? JsValue.From((double)lost) : JsValue.Empty),
        new(new("detail", "string", "What the monitor says, for its own events.", true), static r => View(r).Event.Detail is { Length: > 0 } detail ? JsValue.From(detail) : JsValue.Empty),
        new(new("changed", "string[]", "Names of the fields that differ from before; missing in the monitor's own events.", true), ReadChanged),
    ];

    private static readonly Field[] All =
    [
        .. Common,
        .. Families.Select(f => new Field(
            new(f.Family.Name, f.Declaration.Name, $"The object after the change, for `{f.Family.Name}.…` events.", true), r => View(r).ShowCurrent(f))),
        new(new("old", FormerValues.Name, "Former values of the fields that `changed` names; missing where nothing did.", true), static r => View(r).ShowFormer()),
    ];

    /// <summary>The shape of every event.</summary>
    internal static readonly HostShape Shape = new("NetworkEvent", [.. All.Select(f => new HostProperty(f.Declaration.Name, f.Get))]);

    /// <summary>What may happen.</summary>
    internal static readonly ChoiceDeclaration Names = new(NameType, "What a network event says that happened.", [.. EventSchema.EventNames.Select(n => n.Name)]);

    /// <summary>The type of every event.</summary>
    internal static readonly InterfaceDeclaration Declaration = new(
        "NetworkEvent", "A change of the network as the kernel announced it, or an event of the monitor itself.", [.. All.Select(f => f.Declaration)]);

    /// <summary>The fields of a family.</summary>
    internal static NetworkFamilyFields Of(NetlinkFamily family) => Array.Find(Families, f => f.Family == family)!;

    private static NetworkEventView View(HostRecord record) => (NetworkEventView)record;

    private static JsValue ReadChanged(HostRecord record) =>
        View(record).Event.Current is null ? JsValue.Empty : View(record).ShowList(Changed.Get(View(record).Event).AsList);

    private static Field Number(string name, string description, Func<NetworkEvent, long> get) =>
        new(new(name, "number", description), r => JsValue.From((double)get(View(r).Event)));

    private static Field Text(string name, string description, Func<NetworkEvent, string> get) =>
        new(new(name, "string", description), r => JsValue.From(get(View(r).Event)));

    private static Field Flag(string name, string description, Func<NetworkEvent, bool> get) =>
        new(new(name, "boolean", description), r => JsValue.From(get(View(r).Event)));

    private sealed record Field(MemberDeclaration Declaration, HostGetter Get);
}
