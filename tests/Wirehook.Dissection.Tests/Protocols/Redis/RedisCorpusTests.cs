using System.Globalization;
using Wirehook.Dissection.Items;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Redis;

/// <summary>
/// Commands of the reference corpus. The independent dissector counts every array header of the frames that go to the server; Wirehook counts whole commands
/// that came as arrays.
/// </summary>
public class RedisCorpusTests
{
    private static readonly string DifferencesFile = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Redis", "truth-differences.tsv");

    [CorpusFact]
    public void Counts_equal_the_truth_or_the_difference_is_explained()
    {
        var explained = File.ReadLines(DifferencesFile).Skip(1).Select(l => l.Split('\t')).ToDictionary(c => c[0], c => (Ours: c[1], Why: c[3]));
        var (unequal, foreign) = (new List<string>(), new List<string>());
        foreach (var line in File.ReadLines(Path.Combine(RepositoryFiles.Corpus!, "truth.tsv")).Skip(1).Select(l => l.Split('\t')))
        {
            var truth = line[^1].Split(';').Select(c => c.Split('=')).Where(c => c[0] == "redis.req_arrays").Sum(c => int.Parse(c[1], CultureInfo.InvariantCulture));
            var items = CaptureReplay.Read(Path.Combine(RepositoryFiles.Corpus!, line[0])).Items;
            var ours = items.Count(IsArrayCommand);
            if (!line[^1].Contains("redis.") && items.Any(i => i.Protocol.Name == "redis")) foreign.Add(line[0]);
            var expected = explained.TryGetValue(line[0], out var difference) ? int.Parse(difference.Ours, CultureInfo.InvariantCulture) : truth;
            if (ours != expected) unequal.Add($"{line[0]}\t{ours}\t{truth}");
        }

        Assert.True(unequal.Count == 0, string.Join('\n', unequal));
        Assert.True(foreign.Count == 0, string.Join('\n', foreign));
        Assert.All(explained.Values, d => Assert.True(d.Why.Length > 40));
    }

    private static bool IsArrayCommand(Item item) => item.Protocol.Name == "redis" && item.HasRequest
        && item.Request!.Type.Fields[item.Request.Type.IndexOf("type")].Get(item.Request).AsString == "Array";
}
