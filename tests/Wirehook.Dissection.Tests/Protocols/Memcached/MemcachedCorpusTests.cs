using System.Globalization;
using System.Text.Json;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Memcached;

/// <summary>
/// memcached in the reference corpus. The independent dissector counts a command for every request line of the text protocol over TCP, and for every line of
/// statistics; and an opcode for every message of the binary protocol over TCP. It does not know the header of UDP datagrams.
/// </summary>
public class MemcachedCorpusTests
{
    private static readonly string DifferencesFile = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Memcached", "truth-differences.tsv");

    [CorpusFact]
    public void Counts_equal_the_truth_or_the_difference_is_explained()
    {
        var explained = File.ReadLines(DifferencesFile).Skip(1).Select(l => l.Split('\t')).ToDictionary(c => c[0], c => (Ours: c[1], Why: c[3]));
        var (unequal, foreign) = (new List<string>(), new List<string>());
        foreach (var line in File.ReadLines(Path.Combine(RepositoryFiles.Corpus!, "truth.tsv")).Skip(1).Select(l => l.Split('\t')))
        {
            var counts = line[^1].Split(';').Select(c => c.Split('=')).Where(c => c[0].StartsWith("memcache.", StringComparison.Ordinal)).ToDictionary(c => c[0], c => int.Parse(c[1], CultureInfo.InvariantCulture));
            var truth = $"{counts.GetValueOrDefault("memcache.cmd")} {counts.GetValueOrDefault("memcache.bin")}";
            var items = CaptureReplay.Read(Path.Combine(RepositoryFiles.Corpus!, line[0])).Items.Where(i => i.Protocol.Name == "memcached").Select(i => JsonDocument.Parse(Conversation.ToJson(i)).RootElement).ToList();
            if (items.Count > 0 && !line[0].StartsWith("memcache/", StringComparison.Ordinal) && counts.Count == 0) foreign.Add(line[0]);
            var ours = Count(items.Where(i => i.GetProperty("protocol").GetProperty("layer4").GetString() == "tcp"));
            var expected = explained.TryGetValue(line[0], out var difference) ? difference.Ours : truth;
            if (ours != expected) unequal.Add($"{line[0]}\t{ours}\t{truth}");
        }

        Assert.True(unequal.Count == 0, string.Join('\n', unequal));
        Assert.True(foreign.Count == 0, string.Join('\n', foreign));
        Assert.All(explained.Values, d => Assert.True(d.Why.Length > 40));
    }

    private static string Count(IEnumerable<JsonElement> items)
    {
        var (commands, binary) = (0, 0);
        foreach (var message in items.SelectMany(i => new[] { i.GetProperty("request"), i.GetProperty("response") }).Where(m => m.TryGetProperty("format", out _)))
        {
            if (message.GetProperty("format").GetString() == "binary") binary++;
            else if (message.TryGetProperty("command", out _)) commands++;
            else if (message.TryGetProperty("statistics", out var statistics)) commands += statistics.EnumerateObject().Count();
        }

        return $"{commands} {binary}";
    }

    [CorpusFact]
    public void Datagrams_are_read()
    {
        var files = Directory.GetFiles(Path.Combine(RepositoryFiles.Corpus!, "memcache"), "*_udp_*");
        Assert.All(files, f => Assert.Contains(CaptureReplay.Read(f).Items, i => i.HasRequest && i.Protocol is { Name: "memcached", Layer4: "udp" }));
        Assert.NotEmpty(files);
    }
}
