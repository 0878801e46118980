using System.Globalization;
using System.Text;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Hooks;

/// <summary>The environment of one run: the six variables of the seed, what Wirehook adds where it has a value, and the hook's own.</summary>
internal static class HookEnvironment
{
    /// <summary>Longer events are only on standard input.</summary>
    public const int LongestJson = 32 * 1024;

    private const string StandardPath = "/usr/local/bin:/usr/bin:/bin";

    /// <summary>Variables that are fields of the event; where two fields give one variable, the first that has a value.</summary>
    internal static readonly (string Variable, string Field)[] Fields =
    [
        ("NLMON_FLAGS", "link.flags"),
        ("NLMON_OPERSTATE", "link.state"),
        ("NLMON_MTU", "link.mtu"),
        ("NLMON_MAC", "link.address"),
        ("NLMON_KIND", "link.kind"),
        ("NLMON_MASTER", "link.master_name"),
        ("NLMON_MASTER", "link.master"),
        ("NLMON_ADDRESS", "addr.address"),
        ("NLMON_PREFIXLEN", "addr.prefixlen"),
        ("NLMON_DST", "route.dst"),
        ("NLMON_GATEWAY", "route.gateway"),
        ("NLMON_TABLE", "route.table"),
    ];

    private static readonly (string Variable, EventField Field)[] Known =
        [.. Fields.Select(f => (f.Variable, Field: EventSchema.Find(f.Field))).Where(f => f.Field is not null).Select(f => (f.Variable, f.Field!))];

    private static readonly EventField? Flags = EventSchema.Find("link.flags");
    private static readonly EventField? OldFlags = EventSchema.Find("old.link.flags");
    private static readonly EventField? OldName = EventSchema.Find("old.link.name");
    private static readonly EventField? NameChanged = EventSchema.Find("changed.link.name");

    /// <summary>Builds it.</summary>
    /// <param name="definition">The hook.</param>
    /// <param name="id">Its id.</param>
    /// <param name="networkEvent">The event.</param>
    /// <param name="executionId">The run's id.</param>
    /// <param name="json">The event as one line of JSON, without its line end.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Build(
        HookDefinition definition, int id, NetworkEvent networkEvent, string executionId, ReadOnlySpan<byte> json)
    {
        var variables = new List<KeyValuePair<string, string>>(32);
        AddSeed(variables, networkEvent);
        Add(variables, "NLMON_HOOK_NAME", definition.Name);
        Add(variables, "NLMON_HOOK_ID", Text(id));
        Add(variables, "NLMON_EXECUTION_ID", executionId);
        AddEvent(variables, networkEvent);
        if (json.Length <= LongestJson) Add(variables, "NLMON_EVENT_JSON", Encoding.UTF8.GetString(json));
        foreach (var (name, value) in definition.Environment)
        {
            variables.RemoveAll(v => v.Key == name);
            variables.Add(new(name, Clean(value)));
        }

        return variables;
    }

    private static void AddSeed(List<KeyValuePair<string, string>> variables, NetworkEvent networkEvent)
    {
        Add(variables, "NLMON_TIMESTAMP", Text(networkEvent.Timestamp.UnixMilliseconds));
        Add(variables, "NLMON_SEQUENCE", Text(networkEvent.Sequence));
        Add(variables, "NLMON_EVENT_TYPE", Text(networkEvent.EventType));
        Add(variables, "NLMON_MESSAGE_TYPE", Text(networkEvent.MessageType));
        Add(variables, "NLMON_INTERFACE", networkEvent.Interface);
        Add(variables, "PATH", StandardPath);
    }

    private static void AddEvent(List<KeyValuePair<string, string>> variables, NetworkEvent networkEvent)
    {
        Add(variables, "NLMON_EVENT_NAME", networkEvent.Event);
        Add(variables, "NLMON_MESSAGE_NAME", networkEvent.MessageName);
        Add(variables, "NLMON_NAMESPACE", networkEvent.Namespace);
        if (networkEvent.NamespaceId >= 0) Add(variables, "NLMON_NETNS_ID", Text(networkEvent.NamespaceId));
        if (networkEvent.InterfaceIndex > 0) Add(variables, "NLMON_IFINDEX", Text(networkEvent.InterfaceIndex));
        AddFields(variables, networkEvent);
        AddOldValues(variables, networkEvent);
        if (networkEvent.Synthetic) Add(variables, "NLMON_SYNTHETIC", "1");
        if (networkEvent.Lost > 0) Add(variables, "NLMON_LOST", Text(networkEvent.Lost));
    }

    private static void AddFields(List<KeyValuePair<string, string>> variables, NetworkEvent networkEvent)
    {
        if (networkEvent.Current is null) return;
        var last = "";
        foreach (var (variable, field) in Known)
        {
            if (variable == last) continue;
            var value = field.Get(networkEvent);
            if (!value.IsPresent) continue;
            Add(variables, variable, variable == "NLMON_ADDRESS" ? value.AsAddress.ToString() : value.ToString());
            last = variable;
        }
    }

    private static void AddOldValues(List<KeyValuePair<string, string>> variables, NetworkEvent networkEvent)
    {
        if (networkEvent.Previous is null || Flags is null || OldFlags is null) return;
        var (flags, old) = (Flags.Get(networkEvent), OldFlags.Get(networkEvent));
        if (flags.IsPresent && old.IsPresent && flags.AsNumber != old.AsNumber) Add(variables, "NLMON_FLAGS_CHANGED", Text(flags.AsNumber ^ old.AsNumber));
        if (NameChanged?.Get(networkEvent).AsFlag == true) Add(variables, "NLMON_IFINDEX_OLD_NAME", OldName!.Get(networkEvent).ToString());
    }

    private static void Add(List<KeyValuePair<string, string>> variables, string name, string value)
    {
        if (value.Length > 0) variables.Add(new(name, Clean(value)));
    }

    /// <summary>Without what an environment cannot hold, and without line ends, which would let a name written by somebody else pass for two lines of a log.</summary>
    private static string Clean(string value) =>
        value.AsSpan().IndexOfAny('\0', '\n', '\r') < 0 ? value : string.Concat(value.Split('\0', '\n', '\r'));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
