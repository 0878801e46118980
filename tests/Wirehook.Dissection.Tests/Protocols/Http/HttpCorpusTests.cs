using System.Globalization;
using System.Text;
using Wirehook.Dissection.Items;
using Wirehook.Tests;
using Xunit.Abstractions;

namespace Wirehook.Dissection.Tests.Protocols.Http;

/// <summary>Requests and responses of the reference corpus, counted here and by an independent dissector.</summary>
public class HttpCorpusTests(ITestOutputHelper output)
{
    private static readonly string[] Folders = ["http1", "dns", "tcp", "vlan", "linktypes", "tunnels", "ipfrag", "ipv6ext"];
    private static readonly string DifferencesFile = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "truth-differences.tsv");

    [CorpusFact]
    public void Counts_equal_the_truth_or_the_difference_is_explained()
    {
        var explained = File.ReadLines(DifferencesFile).Skip(1).Select(l => l.Split('\t')).ToDictionary(c => c[0], c => (Ours: c[1], Why: c[3]));
        var unexplained = new List<string>();
        var (files, equal) = (0, 0);
        foreach (var (name, truth) in Truth())
        {
            var ours = Count(CaptureReplay.Read(Path.Combine(RepositoryFiles.Corpus!, name)));
            files++;
            if (ours == truth) equal++;
            output.WriteLine($"{(ours == truth ? "equal " : "differs")} {name}\t{ours}\t{truth}");
            if (ours != (explained.TryGetValue(name, out var difference) ? difference.Ours : truth)) unexplained.Add($"{name}\t{ours}\t{truth}");
        }

        output.WriteLine($"{equal} of {files} files equal");
        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
        Assert.True(equal >= 0.98 * files, $"{equal} of {files} files equal");
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
        where Folders.Contains(columns[0].Split('/')[0])
        let counts = columns[^1].Split(';').Select(c => c.Split('=')).Where(c => c.Length == 2).ToDictionary(c => c[0], c => c[1])
        let requests = int.Parse(counts.GetValueOrDefault("http.req", "0"), CultureInfo.InvariantCulture)
        let responses = int.Parse(counts.GetValueOrDefault("http.resp", "0"), CultureInfo.InvariantCulture)
        select (columns[0], Join(requests, responses));

    private static string Count(CaptureReplay replay)
    {
        var http = replay.Engine.Statistics.Single(s => s.Protocol == "http");
        return Join(http.Requests, http.Responses);
    }

    private static string Join(long requests, long responses) => $"http.req={requests};http.resp={responses}";
}
