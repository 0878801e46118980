using Wirehook.Netlink.Families;

namespace Wirehook.Netlink.Events;

/// <summary>All spellings of all fields.</summary>
internal sealed class SchemaNames
{
    private readonly Dictionary<string, FieldBinding> _bindings = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<EventField> _fields = [];

    public SchemaNames(IReadOnlyList<NetlinkFamily> families)
    {
        foreach (var field in CommonFields.All) Declare(new(field, []), [field.Name, .. field.Aliases]);
        foreach (var family in families) DeclareFamily(family);
        foreach (var family in families) DeclareSpellings(family);
        DeclareWords(families);
        foreach (var field in ForeignFields.All.Where(f => !_bindings.ContainsKey(f.Name))) Declare(new(field, []), [field.Name]);
    }

    public IReadOnlyList<EventField> Fields => _fields;

    public IEnumerable<string> Names => _bindings.Keys;

    public FieldBinding? Find(string name) => _bindings.GetValueOrDefault(name);

    private void Declare(FieldBinding binding, IEnumerable<string> spellings)
    {
        _fields.Add(binding.Field);
        foreach (var spelling in spellings) _bindings.TryAdd(spelling, binding);
    }

    private void DeclareFamily(NetlinkFamily family)
    {
        for (var i = 0; i < family.Fields.Count; i++)
        {
            var declared = family.Fields[i];
            var canonical = family.Name + "." + declared.Name;
            var binding = FieldBinding.Of(canonical, [new(family, i)]);
            var field = binding.Field with { Aliases = [.. declared.Aliases.Where(IsWhole), .. Spellings(family, declared).Skip(1)] };
            Declare(new(field, [new(family, i)]), [canonical, .. declared.Aliases.Where(IsWhole)]);
        }
    }

    /// <summary>The generated spellings come after all whole ones, which may mean something else by the same words.</summary>
    private void DeclareSpellings(NetlinkFamily family)
    {
        foreach (var declared in family.Fields)
        {
            var binding = _bindings[family.Name + "." + declared.Name];
            foreach (var spelling in Spellings(family, declared)) _bindings.TryAdd(spelling, binding);
        }
    }

    private static bool IsWhole(string alias) => alias.Contains('.', StringComparison.Ordinal);

    /// <summary><c>link.mtu</c>, <c>netlink.link.mtu</c>, <c>netlink.data.link.mtu</c>, and the same with the other words for family and field.</summary>
    private static IEnumerable<string> Spellings(NetlinkFamily family, NetworkField field)
    {
        foreach (var prefix in (string[])["", "netlink.", "netlink.data."])
        {
            foreach (var word in family.Aliases.Prepend(family.Name))
            {
                foreach (var name in field.Aliases.Where(a => !IsWhole(a)).Prepend(field.Name)) yield return prefix + word + "." + name;
            }
        }
    }

    /// <summary>A word alone means the field of that name of whichever family an event belongs to, provided that all families that have it agree on its kind. Families
    /// of which state is kept come first: passing events with a field of the same name and another kind do not take the word away. Where the numbers mean something else in
    /// other families (flags, type), the word is the link's, so that 0x100 is IFF_PROMISC and never a bit of an address.</summary>
    private void DeclareWords(IReadOnlyList<NetlinkFamily> families)
    {
        var words = new Dictionary<string, List<FieldTarget>>(StringComparer.OrdinalIgnoreCase);
        foreach (var family in families)
        {
            for (var i = 0; i < family.Fields.Count; i++)
            {
                foreach (var name in family.Fields[i].Aliases.Where(a => !IsWhole(a)).Prepend(family.Fields[i].Name)) Note(words, name, new(family, i));
            }
        }

        foreach (var (word, all) in words)
        {
            var kept = all.Find(t => t.Family.IsCached);
            var targets = kept.Family is null ? all : all.FindAll(t => t.Family.IsCached || t.Declared.Kind == kept.Declared.Kind);
            if (targets.Any(t => t.Declared.Kind != targets[0].Declared.Kind)) continue;
            if (targets.Find(IsLink) is { Family: not null } link && targets.Exists(t => !HaveSameSymbols(t, link))) targets = [link];
            var binding = targets.Count == 1 ? _bindings[targets[0].Family.Name + "." + targets[0].Declared.Name] : FieldBinding.Of(word, [.. targets]);
            _bindings.TryAdd(word, binding);
            _bindings.TryAdd("event." + word, binding);
        }
    }

    private static bool IsLink(FieldTarget target) => target.Family.Name == "link";

    private static bool HaveSameSymbols(FieldTarget left, FieldTarget right)
    {
        var (own, other) = (left.Declared.Symbols, right.Declared.Symbols);
        return ReferenceEquals(own, other) || (own.Count == other.Count && own.All(s => other.TryGetValue(s.Key, out var value) && value == s.Value));
    }

    private static void Note(Dictionary<string, List<FieldTarget>> words, string name, FieldTarget target)
    {
        if (!words.TryGetValue(name, out var targets)) words.Add(name, targets = []);
        if (!targets.Exists(t => t.Family == target.Family)) targets.Add(target);
    }
}
