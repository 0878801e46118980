namespace Wirehook.EventHooks.Conditions;

/// <summary>Finds the word that somebody probably meant.</summary>
public static class Suggestion
{
    private const int LongestWord = 64;

    /// <summary>" Did you mean x?" for the candidate closest to <paramref name="word"/>, the first of equals, or nothing when none is close.</summary>
    public static string For(string word, IEnumerable<string> candidates)
    {
        if (word.Length > LongestWord) return "";
        Span<char> wanted = stackalloc char[word.Length];
        Span<char> buffer = stackalloc char[LongestWord];
        Span<int> row = stackalloc int[LongestWord + 1];
        word.AsSpan().ToLowerInvariant(wanted);
        var limit = Math.Max(2, word.Length / 3) + 1;
        var best = "";
        foreach (var candidate in candidates)
        {
            if (candidate.Length > LongestWord || Math.Abs(candidate.Length - word.Length) >= limit) continue;
            candidate.AsSpan().ToLowerInvariant(buffer);
            var distance = Distance(wanted, buffer[..candidate.Length], limit, row);
            if (distance < limit) (best, limit) = (candidate, distance);
        }

        return best.Length == 0 ? "" : $" Did you mean {best}?";
    }

    /// <summary>Edits (insert, delete, replace one character) between two words: Levenshtein's distance, or <paramref name="limit"/> where it is not less. Only pairs of
    /// positions closer than the limit are looked at, because others cannot be on a shorter way.</summary>
    private static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int limit, Span<int> row)
    {
        for (var j = 0; j <= b.Length; j++) row[j] = Math.Min(j, limit);
        for (var i = 1; i <= a.Length; i++)
        {
            var first = Math.Max(1, i - limit);
            var last = Math.Min(b.Length, i + limit);
            var diagonal = row[first - 1];
            var left = row[first - 1] = first == 1 ? Math.Min(i, limit) : limit;
            var least = left;
            for (var j = first; j <= last; j++)
            {
                var replace = a[i - 1] == b[j - 1] ? diagonal : diagonal + 1;
                diagonal = row[j];
                row[j] = left = Math.Min(replace, Math.Min(diagonal, left) + 1);
                least = Math.Min(least, left);
            }

            if (least >= limit) return limit;
        }

        return Math.Min(row[b.Length], limit);
    }
}
