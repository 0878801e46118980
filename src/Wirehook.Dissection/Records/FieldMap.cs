namespace Wirehook.Dissection.Records;

/// <summary>Values by name, such as headers: sorted by name (ordinal), each name once.</summary>
public sealed class FieldMap
{
    private const int FewNames = 16;
    private readonly string[] _names;
    private readonly FieldValue[] _values;

    /// <summary>A map of <paramref name="names"/> to <paramref name="values"/>, which are sorted here in place.</summary>
    /// <param name="names">Distinct names.</param>
    /// <param name="values">As many values.</param>
    public FieldMap(string[] names, FieldValue[] values)
    {
        if (names.Length > FewNames) Array.Sort(names, values, StringComparer.Ordinal);
        else SortFew(names, values);
        (_names, _values) = (names, values);
    }

    /// <summary>The map without entries.</summary>
    public static FieldMap Empty { get; } = new([], []);

    /// <summary>The names, sorted.</summary>
    public ReadOnlySpan<string> Names => _names;

    /// <summary>The values, in the order of <see cref="Names"/>.</summary>
    public ReadOnlySpan<FieldValue> Values => _values;

    /// <summary>The value of <paramref name="name"/>, or absent.</summary>
    public FieldValue Find(string name)
    {
        var at = Array.BinarySearch(_names, name, StringComparer.Ordinal);
        return at < 0 ? FieldValue.Absent : _values[at];
    }

    private static void SortFew(string[] names, FieldValue[] values)
    {
        for (var i = 1; i < names.Length; i++)
        {
            var (name, value, at) = (names[i], values[i], i);
            for (; at > 0 && string.CompareOrdinal(names[at - 1], name) > 0; at--) (names[at], values[at]) = (names[at - 1], values[at - 1]);
            (names[at], values[at]) = (name, value);
        }
    }
}
