using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Harness;

/// <summary>
/// Nobody claims another's traffic: over the whole reference corpus, a protocol has items only where an independent dissector sees messages of it too, or where
/// <c>claims.tsv</c> says whose bytes they are.
/// </summary>
public class CorpusClaimTests
{
    private static readonly string ClaimsFile = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Harness", "claims.tsv");

    /// <summary>What the independent dissector's counts begin with, where that is not the protocol's own name.</summary>
    private static readonly Dictionary<string, string[]> Keys = new()
    {
        ["http"] = ["http", "http2", "grpc"],
        ["tlsx"] = ["tls", "dtls"],
        ["mongodb"] = ["mongo"],
        ["postgresql"] = ["pgsql"],
        ["memcached"] = ["memcache"],
        ["cassandra"] = ["cql"],
        ["icmp"] = ["icmp", "icmpv6"],
        ["icmpv6"] = ["icmpv6"],
        ["amqp"] = ["amqp"],
    };

    [CorpusFact]
    public void A_protocol_has_items_only_where_its_traffic_is()
    {
        var explained = File.ReadLines(ClaimsFile).Skip(1).Select(l => l.Split('\t')).ToDictionary(c => (c[0], c[1]), c => c[2]);
        var unexpected = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(RepositoryFiles.Corpus!, "truth.tsv")).Skip(1))
        {
            var columns = line.Split('\t');
            var seen = columns[^1].Split(';').Select(c => c.Split('.', '=')[0]).ToHashSet();
            foreach (var claim in CaptureReplay.Read(Path.Combine(RepositoryFiles.Corpus!, columns[0])).Items.GroupBy(i => i.Protocol.Name))
            {
                var expected = Keys.GetValueOrDefault(claim.Key, [claim.Key]);
                if (!expected.Any(seen.Contains) && !explained.ContainsKey((columns[0], claim.Key))) unexpected.Add($"{columns[0]}\t{claim.Key}\t{claim.Count()} items");
            }
        }

        Assert.True(unexpected.Count == 0, string.Join('\n', unexpected));
        Assert.All(explained.Values, why => Assert.True(why.Length > 25));
    }
}
