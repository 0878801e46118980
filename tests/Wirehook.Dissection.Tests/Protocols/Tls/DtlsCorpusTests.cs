using System.Globalization;
using Wirehook.Dissection.Protocols.Tls;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Tls;

/// <summary>
/// DTLS in the reference corpus: records, and pieces of handshake messages that are not encrypted, each counted by its own header as the independent dissector does.
/// </summary>
public class DtlsCorpusTests
{
    private static readonly string DifferencesFile = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Tls", "dtls-truth-differences.tsv");

    [CorpusFact]
    public void Counts_equal_the_truth_or_the_difference_is_explained()
    {
        var explained = File.ReadLines(DifferencesFile).Skip(1).Select(l => l.Split('\t')).ToDictionary(c => c[0], c => (Ours: c[1], Why: c[3]));
        var (unequal, files) = (new List<string>(), 0);
        foreach (var line in File.ReadLines(Path.Combine(RepositoryFiles.Corpus!, "truth.tsv")).Skip(1).Select(l => l.Split('\t')))
        {
            var truth = string.Join(';', line[^1].Split(';').Where(c => c.StartsWith("dtls.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
            var replay = CaptureReplay.Read(Path.Combine(RepositoryFiles.Corpus!, line[0]));
            var ours = Count(replay.Engine.Shared<DtlsTally>());
            if (truth.Length > 0) files++;
            var expected = explained.TryGetValue(line[0], out var difference) ? difference.Ours : truth;
            if (ours != expected) unequal.Add($"{line[0]}\t{ours}\t{truth}");
        }

        Assert.True(unequal.Count == 0, string.Join('\n', unequal));
        Assert.InRange(files, 6, int.MaxValue);
        Assert.All(explained.Values, d => Assert.True(d.Why.Length > 40));
    }

    private static string Count(DtlsTally tally)
    {
        var counts = tally.Fragments.Select((n, type) => (n, type)).Where(c => c.n > 0).Select(c => string.Create(CultureInfo.InvariantCulture, $"dtls.hs.{c.type}={c.n}")).ToList();
        if (tally.Records > 0) counts.Add("dtls.rec=" + tally.Records.ToString(CultureInfo.InvariantCulture));
        return string.Join(';', counts.Order(StringComparer.Ordinal));
    }
}
