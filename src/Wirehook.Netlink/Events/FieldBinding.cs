using Wirehook.Netlink.Families;

namespace Wirehook.Netlink.Events;

/// <summary>A field of one family, with its place in the family's list.</summary>
internal readonly record struct FieldTarget(NetlinkFamily Family, int Index)
{
    public NetworkField Declared => Family.Fields[Index];
}

/// <summary>A field as events show it, and the families' fields behind it: none for the common fields, several for a word that many families use.</summary>
internal sealed class FieldBinding(EventField field, FieldTarget[] targets)
{
    public EventField Field { get; } = field;

    /// <summary>The binding of a family's field, or of the same word in several families.</summary>
    /// <param name="name">The canonical name.</param>
    /// <param name="targets">At least one; of the same kind.</param>
    public static FieldBinding Of(string name, FieldTarget[] targets)
    {
        var declared = targets[0].Declared;
        return new(
            new(name, declared.Kind, declared.Description, Reader(targets, static e => e.Current))
            {
                Symbols = SharedSymbols(targets),
                IsBitSet = targets.All(t => t.Declared.IsBitSet),
            },
            targets);
    }

    /// <summary>The value before the change; absent where it was not known.</summary>
    public EventField? Old()
    {
        if (targets.Length > 0)
            return Field with { Name = "old." + Field.Name, Description = "Before the change: " + Field.Description, Get = Reader(targets, static e => e.Previous), Aliases = [] };
        return Field.Name == CommonFields.Interface
            ? Field with { Name = "old.interface", Description = "The interface's name before the change.", Get = static e => NetworkValue.From(e.Previous?.InterfaceName), Aliases = [] }
            : null;
    }

    /// <summary>Whether the change touched the field; absent for other families.</summary>
    public EventField? Changed()
    {
        if (targets.Length == 0) return null;
        var own = targets;
        return new("changed." + Field.Name, NetworkValueKind.Flag, "Whether this changed: " + Field.Description, e =>
        {
            foreach (var target in own)
            {
                if (ReferenceEquals(target.Family, e.Current?.Family)) return NetworkValue.From((e.Changed & 1UL << target.Index) != 0);
            }

            return default;
        });
    }

    private static Func<NetworkEvent, NetworkValue> Reader(FieldTarget[] targets, Func<NetworkEvent, NetlinkObject?> subjectOf)
    {
        if (targets.Length == 1)
        {
            var (family, get) = (targets[0].Family, targets[0].Declared.Get);
            return e => subjectOf(e) is { } subject && ReferenceEquals(subject.Family, family) ? get(subject) : default;
        }

        var readers = Array.ConvertAll(targets, t => (t.Family, t.Declared.Get));
        return e =>
        {
            if (subjectOf(e) is not { } subject) return default;
            foreach (var (family, get) in readers)
            {
                if (ReferenceEquals(subject.Family, family)) return get(subject);
            }

            return default;
        };
    }

    /// <summary>The symbols of all; a symbol that means different numbers in different families means none.</summary>
    private static IReadOnlyDictionary<string, long> SharedSymbols(FieldTarget[] targets)
    {
        if (targets.Length == 1) return targets[0].Declared.Symbols;
        return targets.SelectMany(t => t.Declared.Symbols)
            .GroupBy(s => s.Key, StringComparer.OrdinalIgnoreCase)
            .Where(g => g.Select(s => s.Value).Distinct().Count() == 1)
            .ToDictionary(g => g.Key, g => g.First().Value, StringComparer.OrdinalIgnoreCase);
    }
}
