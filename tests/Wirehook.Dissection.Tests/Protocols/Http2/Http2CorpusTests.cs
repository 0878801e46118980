using System.Globalization;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Grpc;
using Wirehook.Dissection.Records;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Http2;

/// <summary>
/// HTTP/2 and gRPC of the reference corpus, counted here and by an independent dissector. <c>http2.req</c> are items of HTTP 2.0 with a whole request that a client
/// sent as HTTP/2 (neither promised nor upgraded from HTTP/1), <c>http2.resp</c> those with a whole response, <c>grpc.msg</c> the messages of both sides of gRPC calls.
/// </summary>
public class Http2CorpusTests
{
    private static readonly string[] Keys = ["grpc.msg", "http2.req", "http2.resp"];
    private static readonly string[] OtherFolders = ["http1", "tls", "tcp", "mongo", "mysql", "postgres", "kafka", "amqp", "redis", "websocket", "mqtt", "nats", "malformed"];
    private static readonly string DifferencesFile = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Http2", "truth-differences.tsv");

    [CorpusFact]
    public void Counts_equal_the_truth_or_the_difference_is_explained()
    {
        var explained = File.ReadLines(DifferencesFile).Skip(1).Select(l => l.Split('\t')).ToDictionary(c => c[0], c => (Ours: c[1], Truth: c[2], Why: c[3]));
        var unequal = new List<string>();
        var files = 0;
        foreach (var (name, truth) in Truth())
        {
            var isOwn = truth.Length > 0 || name.StartsWith("http2/", StringComparison.Ordinal);
            if (!isOwn && !OtherFolders.Contains(name.Split('/')[0])) continue;
            files += isOwn ? 1 : 0;
            var ours = Count(CaptureReplay.Read(Path.Combine(RepositoryFiles.Corpus!, name)).Items);
            var expected = explained.TryGetValue(name, out var difference) ? difference.Ours : truth;
            if (ours != expected) unequal.Add($"{name}\t{ours}\t{truth}");
        }

        Assert.True(unequal.Count == 0, string.Join('\n', unequal));
        Assert.Equal(10, files);
        Assert.All(explained.Values, d => Assert.True(d.Why.Length > 40));
    }

    private static IEnumerable<(string Name, string Counts)> Truth() =>
        from line in File.ReadLines(Path.Combine(RepositoryFiles.Corpus!, "truth.tsv")).Skip(1)
        let columns = line.Split('\t')
        let counts = columns[^1].Split(';').Where(c => Keys.Contains(c.Split('=')[0])).Order(StringComparer.Ordinal)
        select (columns[0], string.Join(';', counts));

    private static string Count(IReadOnlyList<Item> items)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var item in items.Where(i => i.Protocol is { Name: "http", Version: "2.0" }))
        {
            Add("http2.req", item.HasRequest ? 1 : 0);
            Add("http2.resp", item.HasResponse ? 1 : 0);
            if (item is GrpcItem grpc) Add("grpc.msg", CountOf(grpc.Call, "requestMessages") + CountOf(grpc.Call, "responseMessages"));
        }

        return string.Join(';', counts.Select(c => c.Key + "=" + c.Value.ToString(CultureInfo.InvariantCulture)));

        void Add(string key, int count)
        {
            if (count > 0) counts[key] = counts.GetValueOrDefault(key) + count;
        }
    }

    private static int CountOf(GrpcCall call, string field) => call.Type.Fields.Single(f => f.Name == field).Get(call) is { Kind: FieldKind.List } list ? list.AsList.Count : 0;
}
