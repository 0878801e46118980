namespace Wirehook.Netlink.State;

/// <summary>The combinations of event names that occur, each once, so that events share them.</summary>
internal sealed class EventNameSets
{
    private const int Limit = 4096;
    private readonly Dictionary<int, List<string[]>> _known = [];
    private int _count;

    /// <summary>The same names in the same order, shared.</summary>
    public IReadOnlyList<string> Share(List<string> names)
    {
        var hash = 17;
        foreach (var name in names) hash = hash * 31 + name.Length * 7 + name[^1];
        if (!_known.TryGetValue(hash, out var candidates)) _known.Add(hash, candidates = []);
        foreach (var candidate in candidates)
        {
            if (names.Count == candidate.Length && AreSame(names, candidate)) return candidate;
        }

        var added = names.ToArray();
        if (_count++ < Limit) candidates.Add(added);
        return added;
    }

    private static bool AreSame(List<string> names, string[] candidate)
    {
        for (var i = 0; i < candidate.Length; i++)
        {
            if (!string.Equals(names[i], candidate[i], StringComparison.Ordinal)) return false;
        }

        return true;
    }
}
