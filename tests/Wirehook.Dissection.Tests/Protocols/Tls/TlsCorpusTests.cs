using System.Globalization;
using System.Text;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Tls;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Tls;

/// <summary>
/// Records and handshake messages of the reference corpus. The independent dissector counts records by their type (those that TLS 1.3 encrypts apart) and the
/// handshake messages that are not encrypted; Wirehook counts whole records, and messages as they are complete. QUIC's handshakes are counted with QUIC.
/// </summary>
public class TlsCorpusTests
{
    private static readonly string DifferencesFile = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Tls", "truth-differences.tsv");

    [CorpusFact]
    public void Counts_equal_the_truth_or_the_difference_is_explained()
    {
        var explained = File.ReadLines(DifferencesFile).Skip(1).Select(l => l.Split('\t')).ToDictionary(c => c[0], c => (Ours: c[1], Why: c[3]));
        var (unequal, files, text) = (new List<string>(), 0, new StringBuilder());
        foreach (var line in File.ReadLines(Path.Combine(RepositoryFiles.Corpus!, "truth.tsv")).Skip(1).Select(l => l.Split('\t')))
        {
            // Captures compressed by zstd are not read.
            if (line[0].StartsWith("quic/", StringComparison.Ordinal) || line[0].EndsWith(".zst", StringComparison.Ordinal)) continue;
            var truth = string.Join(';', line[^1].Split(';').Where(c => c.StartsWith("tls.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
            var replay = CaptureReplay.Read(Path.Combine(RepositoryFiles.Corpus!, line[0]));
            var ours = Count(replay.Engine.Shared<TlsShared>().Tally);
            if (truth.Length > 0) files++;
            var expected = explained.TryGetValue(line[0], out var difference) ? difference.Ours : truth;
            if (ours != expected) unequal.Add($"{line[0]}\t{ours}\t{truth}");
            foreach (var item in replay.Items.Where(i => i.Protocol.Name == "tlsx")) ItemJson.Write(item, text.Clear());
        }

        Assert.True(unequal.Count == 0, string.Join('\n', unequal));
        Assert.InRange(files, 100, int.MaxValue);
        Assert.InRange(explained.Count, 0, 6);
        Assert.All(explained.Values, d => Assert.True(d.Why.Length > 40));
    }

    private static string Count(TlsTally tally)
    {
        var counts = new List<string>();
        Add("tls.hs.", tally.Handshakes);
        Add("tls.rec.", tally.Records);
        if (tally.Opaque > 0) counts.Add("tls.opaque.23=" + tally.Opaque.ToString(CultureInfo.InvariantCulture));
        return string.Join(';', counts.Order(StringComparer.Ordinal));

        void Add(string key, IReadOnlyList<long> of) =>
            counts.AddRange(of.Select((n, type) => (n, type)).Where(c => c.n > 0).Select(c => string.Create(CultureInfo.InvariantCulture, $"{key}{c.type}={c.n}")));
    }
}
