using System.Globalization;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Quic;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Quic;

/// <summary>
/// QUIC in the reference corpus: Initial packets (<c>quic.long.0</c>) and the hellos in them (<c>tls.hs.1</c> and <c>tls.hs.2</c> of captures that hold no TLS over
/// TCP). The independent dissector gives the packets of version 2 no such number, so of these only the hellos are compared.
/// </summary>
public class QuicCorpusTests
{
    private static readonly string DifferencesFile = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Quic", "truth-differences.tsv");

    [CorpusFact]
    public void Counts_equal_the_truth_or_the_difference_is_explained()
    {
        var explained = File.ReadLines(DifferencesFile).Skip(1).Select(l => l.Split('\t')).ToDictionary(c => c[0], c => (Ours: c[1], Why: c[3]));
        var (unequal, files) = (new List<string>(), 0);
        foreach (var line in File.ReadLines(Path.Combine(RepositoryFiles.Corpus!, "truth.tsv")).Skip(1).Select(l => l.Split('\t')))
        {
            var folder = line[0].StartsWith("quic/", StringComparison.Ordinal);
            if (!folder && !line[^1].Contains("quic.", StringComparison.Ordinal)) continue;
            files++;
            var counts = line[^1].Split(';').Select(c => c.Split('=')).Where(c => c.Length == 2).ToDictionary(c => c[0], c => c[1]);
            var truth = Join(counts.GetValueOrDefault("quic.long.0", "0"), folder ? counts.GetValueOrDefault("tls.hs.1", "0") : "", folder ? counts.GetValueOrDefault("tls.hs.2", "0") : "");
            var replay = CaptureReplay.Read(Path.Combine(RepositoryFiles.Corpus!, line[0]));
            var tally = replay.Engine.Shared<QuicTally>();
            var second = replay.Items.Any(i => i is QuicItem { Details.Version: not 1 } q && QuicVersion.Of(q.Details.Version)!.IsVersion2);
            var ours = Join(second ? "0" : Text(tally.Packets[0]), folder ? Text(tally.ClientHellos) : "", folder ? Text(tally.ServerHellos) : "");
            var expected = explained.TryGetValue(line[0], out var difference) ? difference.Ours : truth;
            if (ours != expected) unequal.Add($"{line[0]}\t{ours}\t{truth}");
            Assert.All(replay.Items, i => Assert.NotEmpty(Conversation.ToJson(i)));
        }

        Assert.True(unequal.Count == 0, string.Join('\n', unequal));
        Assert.InRange(files, 20, int.MaxValue);
        Assert.All(explained.Values, d => Assert.True(d.Why.Length > 40));
    }

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Join(string initials, string clients, string servers) => $"{initials} initials, {clients} client, {servers} server";
}
