using Wirehook.Dissection.Items;
using Wirehook.Tests;
using Xunit.Abstractions;

namespace Wirehook.Dissection.Tests.Protocols.Kafka;

/// <summary>
/// Requests and responses of the reference corpus, counted here and by an independent dissector. The rule: every whole message counts once; a message whose end
/// was not captured is in an item and does not count.
/// </summary>
public class KafkaCorpusTests(ITestOutputHelper output)
{
    private static readonly string DifferencesFile = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Kafka", "truth-differences.tsv");

    [CorpusFact]
    public void Counts_equal_the_truth_or_the_difference_is_explained()
    {
        var explained = File.ReadLines(DifferencesFile).Skip(1).Select(l => l.Split('\t')).ToDictionary(c => c[0], c => (Ours: c[1], Why: c[3]));
        var (files, equal) = (0, 0);
        var unequal = new List<string>();
        foreach (var (name, truth) in Truth())
        {
            var ours = Count(CaptureReplay.Read(Path.Combine(RepositoryFiles.Corpus!, name)).Items);
            if (truth.Length > 0) files++;
            if (truth.Length > 0 && ours == truth) equal++;
            if (ours != (explained.TryGetValue(name, out var difference) ? difference.Ours : truth)) unequal.Add($"{name}\t{ours}\t{truth}");
        }

        output.WriteLine($"{equal} of {files} files with Kafka equal");
        Assert.True(unequal.Count == 0, string.Join('\n', unequal));
        Assert.All(explained.Values, d => Assert.True(d.Why.Length > 40));
    }

    private static IEnumerable<(string Name, string Counts)> Truth() =>
        from line in File.ReadLines(Path.Combine(RepositoryFiles.Corpus!, "truth.tsv")).Skip(1)
        let columns = line.Split('\t')
        select (columns[0], string.Join(';', columns[^1].Split(';').Where(c => c.StartsWith("kafka.", StringComparison.Ordinal)).Order(StringComparer.Ordinal)));

    private static string Count(IReadOnlyList<Item> items)
    {
        var kafka = items.Where(i => i.Protocol.Name == "kafka").ToList();
        var (requests, responses) = (kafka.Count(i => i.HasRequest), kafka.Count(i => i.HasResponse));
        return string.Join(';', new[] { ("kafka.req", requests), ("kafka.resp", responses) }.Where(c => c.Item2 > 0).Select(c => $"{c.Item1}={c.Item2}"));
    }
}
