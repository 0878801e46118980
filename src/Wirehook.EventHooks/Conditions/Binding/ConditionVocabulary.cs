using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families;

namespace Wirehook.EventHooks.Conditions.Binding;

/// <summary>The names that conditions may use.</summary>
internal sealed class ConditionVocabulary
{
    /// <summary>The names of network events, from their schema.</summary>
    public static ConditionVocabulary Events { get; } = new()
    {
        FindField = EventSchema.Find,
        FieldNames = EventSchema.Names,
        Constants = EventSchema.Constants,
        EventNames = EventSchema.EventNames.Select(n => n.Name).ToHashSet(StringComparer.OrdinalIgnoreCase),
        MessageTypes = NetlinkFamily.All.SelectMany(f => f.Messages).Select(m => m.Name).ToHashSet(StringComparer.OrdinalIgnoreCase),
    };

    /// <summary>The field of a name, whatever its case; null where there is none.</summary>
    public required Func<string, EventField?> FindField { get; init; }

    /// <summary>All spellings of fields, for suggestions.</summary>
    public required IEnumerable<string> FieldNames { get; init; }

    /// <summary>Symbolic constants; case does not matter.</summary>
    public required IReadOnlyDictionary<string, long> Constants { get; init; }

    /// <summary>Names of events; case does not matter.</summary>
    public required IReadOnlySet<string> EventNames { get; init; }

    /// <summary>The constants that are message types; case does not matter.</summary>
    public required IReadOnlySet<string> MessageTypes { get; init; }

    /// <summary>Whether the values of <paramref name="field"/> are names of events.</summary>
    public static bool IsEvent(EventField field) => field.Name is "event" or "events";

    /// <summary>The suggestion for an unknown name.</summary>
    public string Suggest(string name) => Suggestion.For(name, FieldNames.Concat(Constants.Keys).Concat(EventNames));
}
