using System.Collections.Concurrent;
using Wirehook.Netlink.Families;
using Wirehook.Netlink.State;

namespace Wirehook.Netlink.Events;

/// <summary>Everything that can be asked of an event by name: the common fields and those of every family, under all their spellings; symbolic constants; the catalogue
/// of event names. Made once from the families' declarations.</summary>
public static class EventSchema
{
    private const string OldPrefix = "old.";
    private const string ChangedPrefix = "changed.";
    private static readonly SchemaNames Known = new(NetlinkFamily.All);
    private static readonly ConcurrentDictionary<string, EventField?> Derived = new(StringComparer.OrdinalIgnoreCase);
    private static readonly Dictionary<string, EventSeverity> Severities = CollectEventNames().ToDictionary(n => n.Name, n => n.Severity, StringComparer.Ordinal);

    /// <summary>All fields under their canonical names: the common ones, then each family's as <c>family.field</c>.</summary>
    public static IReadOnlyList<EventField> Fields => Known.Fields;

    /// <summary>Every spelling that <see cref="Find"/> knows, without <c>old.</c> and <c>changed.</c>; for suggestions.</summary>
    public static IEnumerable<string> Names => Known.Names;

    /// <summary>Symbolic constants such as <c>RTM_NEWLINK</c> and <c>IFF_UP</c>; case does not matter.</summary>
    public static IReadOnlyDictionary<string, long> Constants { get; } = CollectConstants();

    /// <summary>The catalogue of event names, the monitor's own included.</summary>
    public static IReadOnlyList<EventName> EventNames { get; } = [.. CollectEventNames()];

    /// <summary>The field that a name means, whatever its case; null where there is none.</summary>
    /// <param name="name">A canonical name (<c>link.mtu</c>), the seed's (<c>netlink.link.mtu</c>), one alone where it is clear (<c>mtu</c>), with <c>old.</c> the value
    /// before, with <c>changed.</c> whether it differs.</param>
    public static EventField? Find(string name)
    {
        if (Known.Find(name) is { } binding) return binding.Field;
        if (!name.StartsWith(OldPrefix, StringComparison.OrdinalIgnoreCase) && !name.StartsWith(ChangedPrefix, StringComparison.OrdinalIgnoreCase)) return null;
        var isOld = name.StartsWith(OldPrefix, StringComparison.OrdinalIgnoreCase);
        if (Known.Find(name[(isOld ? OldPrefix.Length : ChangedPrefix.Length)..]) is not { } within) return null;
        return Derived.GetOrAdd((isOld ? OldPrefix : ChangedPrefix) + within.Field.Name, _ => isOld ? within.Old() : within.Changed());
    }

    /// <summary>How much an event matters: as much as the weightiest of its names.</summary>
    public static EventSeverity SeverityOf(NetworkEvent e)
    {
        var severity = EventSeverity.Info;
        for (var i = 0; i < e.Events.Count; i++)
        {
            if (Severities.TryGetValue(e.Events[i], out var own) && own > severity) severity = own;
        }

        return severity;
    }

    private static IEnumerable<EventName> CollectEventNames() => NetlinkFamily.All.SelectMany(f => f.EventNames).Concat(MonitorEvents.All).DistinctBy(n => n.Name);

    private static Dictionary<string, long> CollectConstants()
    {
        var constants = new Dictionary<string, long>(CommonConstants.All, StringComparer.OrdinalIgnoreCase);
        foreach (var family in NetlinkFamily.All)
        {
            foreach (var message in family.Messages) constants.TryAdd(message.Name, message.Type);
            foreach (var (name, value) in family.Constants) constants.TryAdd(name, value);
        }

        return constants;
    }
}
