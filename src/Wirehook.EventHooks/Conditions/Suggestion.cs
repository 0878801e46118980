namespace Wirehook.EventHooks.Conditions;

/// <summary>Finds the word that somebody probably meant.</summary>
public static class Suggestion
{
    private const int LongestWord = 64;

    /// <summary>" Did you mean x?" for the candidate closest to <paramref name="word"/>, the first of equals, or nothing when none is close.</summary>
    public static string For(string word, IEnumerable<string> candidates)
    {
        if (word.Length > LongestWord) return "";
        var limit = Math.Max(2, word.Length / 3) + 1;
        var best = "";
        foreach (var candidate in candidates)
        {
            if (candidate.Length > LongestWord || Math.Abs(candidate.Length - word.Length) >= limit) continue;
            var distance = Distance(word, candidate, limit);
            if (distance >= limit) continue;
            (best, limit) = (candidate, distance);
        }

        return best.Length == 0 ? "" : $" Did you mean {best}?";
    }

    /// <summary>Edits (insert, delete, replace one character, case ignored) between two words: Levenshtein's distance, or <paramref name="limit"/> once it cannot be less.</summary>
    private static int Distance(string a, string b, int limit)
    {
        Span<int> row = stackalloc int[LongestWord + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            var least = row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replace, Math.Min(row[j], row[j - 1]) + 1);
                least = Math.Min(least, row[j]);
            }

            if (least >= limit) return limit;
        }

        return row[b.Length];
    }
}
