using System.Globalization;
using System.Text;
using Wirehook.Dissection.Items;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Dns;

/// <summary>Queries and responses of the reference corpus, counted here and by an independent dissector.</summary>
public class DnsCorpusTests
{
    private static readonly string[] Keys = ["dns.query", "dns.resp", "mdns.query", "mdns.resp", "llmnr.query", "llmnr.resp"];
    private static readonly string DifferencesFile = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "dns-truth-differences.tsv");

    [CorpusFact]
    public void Counts_equal_the_truth_or_the_difference_is_explained()
    {
        var explained = File.ReadLines(DifferencesFile).Skip(1).Select(l => l.Split('\t')).ToDictionary(c => c[0], c => (Ours: c[1], Truth: c[2], Why: c[3]));
        var unequal = new List<string>();
        var files = 0;
        foreach (var (name, truth) in Truth())
        {
            files++;
            var ours = Count(CaptureReplay.Read(Path.Combine(RepositoryFiles.Corpus!, name)).Items);
            var expected = explained.TryGetValue(name, out var difference) ? difference.Ours : truth;
            if (ours != expected) unequal.Add($"{name}\t{ours}\t{truth}");
        }

        Assert.True(unequal.Count == 0, string.Join('\n', unequal));
        Assert.InRange(files, 400, int.MaxValue);
        Assert.InRange(explained.Keys.Count(n => n.StartsWith("dns/", StringComparison.Ordinal)), 0, 3);
        Assert.All(explained.Values, d => Assert.True(d.Why.Length > 40));
    }

    [CorpusFact]
    public void Every_field_of_every_item_reads()
    {
        var text = new StringBuilder();
        foreach (var (name, _) in Truth())
        {
            foreach (var item in CaptureReplay.Read(Path.Combine(RepositoryFiles.Corpus!, name)).Items) ItemJson.Write(item, text.Clear());
        }

        Assert.NotEqual(0, text.Length);
    }

    private static IEnumerable<(string Name, string Counts)> Truth() =>
        from line in File.ReadLines(Path.Combine(RepositoryFiles.Corpus!, "truth.tsv")).Skip(1)
        let columns = line.Split('\t')
        let counts = columns[^1].Split(';').Select(c => c.Split('=')).Where(c => Keys.Contains(c[0])).ToDictionary(c => c[0], c => int.Parse(c[1], CultureInfo.InvariantCulture))
        select (columns[0], Join(counts));

    private static string Count(IReadOnlyList<Item> items)
    {
        var counts = new Dictionary<string, int>();
        foreach (var item in items)
        {
            if (item.HasRequest) Add(item.Protocol.Name + ".query");
            if (item.HasResponse) Add(item.Protocol.Name + ".resp");
        }

        return Join(counts);

        void Add(string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
    }

    private static string Join(Dictionary<string, int> counts) =>
        string.Join(';', Keys.Where(k => counts.GetValueOrDefault(k) > 0).Select(k => $"{k}={counts[k]}"));
}
