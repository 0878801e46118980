using Wirehook.Dissection.Engine;
using Wirehook.EventHooks.Conditions;

namespace Wirehook.Worker.Configuration;

/// <summary>Which protocols are dissected, as <c>tap.enabledDissectors</c> says.</summary>
public static class DissectorSelection
{
    /// <summary>The setting's name.</summary>
    public const string Key = "tap.enabledDissectors";

    /// <summary>In the list, the protocols that are dissected when nothing is configured.</summary>
    public const string Defaults = "default";

    /// <summary>The names of the protocols; null where the list is empty, which means the default ones.</summary>
    /// <param name="list">The setting's values: names, also several with commas between them.</param>
    /// <exception cref="ConfigurationException">There is no such protocol.</exception>
    public static IReadOnlyCollection<string>? Read(IReadOnlyList<string> list)
    {
        var names = list.SelectMany(v => v.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        if (names.Count == 0) return null;
        var registry = ProtocolRegistry.BuiltIn;
        var known = registry.DissectorNames;
        var selected = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (name == Defaults) selected.UnionWith(registry.DefaultDissectorNames);
            else if (known.Contains(name)) selected.Add(name);
            else throw new ConfigurationException($"{Key}: there is no dissector {name}.{Suggestion.For(name, known.Append(Defaults))} Known are {string.Join(", ", known)}, and {Defaults}.");
        }

        return selected;
    }
}
