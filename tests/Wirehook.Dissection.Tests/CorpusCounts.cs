using System.Globalization;
using Wirehook.Dissection.Items;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests;

/// <summary>Compares what items of one protocol a corpus file gives with the counts of an independent dissector.</summary>
internal static class CorpusCounts
{
    /// <summary>Every file whose counts are neither equal nor explained, as lines for the file of differences.</summary>
    /// <param name="isKey">Which of the truth's keys are this protocol's.</param>
    /// <param name="keysOf">The keys that one item counts for.</param>
    /// <param name="differencesFile">Columns: file, ours, truth, why.</param>
    /// <param name="files">How many files have such messages, by either count.</param>
    /// <param name="unequal">How many of those differ.</param>
    public static List<string> Unexplained(Func<string, bool> isKey, Func<Item, IEnumerable<string>> keysOf, string differencesFile, out int files, out int unequal)
    {
        var explained = File.ReadLines(differencesFile).Skip(1).Select(l => l.Split('\t')).ToDictionary(c => c[0], c => (Ours: c[1], Truth: c[2], Why: c[3]));
        Assert.All(explained.Values, d => Assert.True(d.Why.Length > 40));
        var unexplained = new List<string>();
        (files, unequal) = (0, 0);
        foreach (var line in File.ReadLines(Path.Combine(RepositoryFiles.Corpus!, "truth.tsv")).Skip(1))
        {
            var columns = line.Split('\t');
            var truth = Join(columns[^1].Split(';').Select(c => c.Split('=')).Where(c => isKey(c[0])).ToDictionary(c => c[0], c => int.Parse(c[1], CultureInfo.InvariantCulture)));
            var counts = new Dictionary<string, int>();
            foreach (var key in CaptureReplay.Read(Path.Combine(RepositoryFiles.Corpus!, columns[0])).Items.SelectMany(keysOf)) counts[key] = counts.GetValueOrDefault(key) + 1;
            var ours = Join(counts);
            if (truth.Length + ours.Length > 0) files++;
            if (ours == truth) continue;
            unequal++;
            if (!explained.TryGetValue(columns[0], out var known) || known.Ours != ours || known.Truth != truth) unexplained.Add($"{columns[0]}\t{ours}\t{truth}\t");
        }

        return unexplained;
    }

    private static string Join(Dictionary<string, int> counts) => string.Join(';', counts.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={c.Value}"));
}
