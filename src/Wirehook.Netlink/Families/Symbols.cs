namespace Wirehook.Netlink.Families;

/// <summary>Builds tables of symbols.</summary>
internal static class Symbols
{
    /// <summary>A table by name; case does not matter.</summary>
    public static Dictionary<string, long> Of(params ReadOnlySpan<(string Name, long Value)> symbols)
    {
        var table = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in symbols) table.Add(name, value);
        return table;
    }

    /// <summary>The same symbols with the kernel's prefixes, as constants.</summary>
    public static Dictionary<string, long> Constants(params ReadOnlySpan<(string Prefix, IReadOnlyDictionary<string, long> Symbols)> tables)
    {
        var constants = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var (prefix, symbols) in tables)
        {
            foreach (var (name, value) in symbols) constants[prefix + name.ToUpperInvariant()] = value;
        }

        return constants;
    }
}
