using System.Globalization;
using System.Text.Json;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Mongo;

/// <summary>MongoDB in the reference corpus: whole messages by opcode, as the independent dissector counts them.</summary>
public class MongoCorpusTests
{
    private static readonly string DifferencesFile = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Mongo", "truth-differences.tsv");

    private static readonly Dictionary<string, int> Opcodes = new()
    {
        ["OP_REPLY"] = 1,
        ["OP_UPDATE"] = 2001,
        ["OP_INSERT"] = 2002,
        ["OP_QUERY"] = 2004,
        ["OP_GET_MORE"] = 2005,
        ["OP_DELETE"] = 2006,
        ["OP_KILL_CURSORS"] = 2007,
        ["OP_MSG"] = 2013,
    };

    [CorpusFact]
    public void Counts_equal_the_truth_or_the_difference_is_explained()
    {
        var explained = File.ReadLines(DifferencesFile).Skip(1).Select(l => l.Split('\t')).ToDictionary(c => c[0], c => (Ours: c[1], Why: c[3]));
        var unequal = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(RepositoryFiles.Corpus!, "truth.tsv")).Skip(1).Select(l => l.Split('\t')))
        {
            var truth = string.Join(';', line[^1].Split(';').Where(c => c.StartsWith("mongo.op.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
            var items = CaptureReplay.Read(Path.Combine(RepositoryFiles.Corpus!, line[0])).Items.Where(i => i.Protocol.Name == "mongodb").Select(i => JsonDocument.Parse(Conversation.ToJson(i)).RootElement);
            var messages = items.SelectMany(i => new[] { i.GetProperty("request"), i.GetProperty("response") }).Where(m => m.TryGetProperty("opcode", out _)).Select(m => m.GetProperty("opcode").GetString()!);
            var ours = string.Join(';', messages.GroupBy(Number).Select(g => string.Create(CultureInfo.InvariantCulture, $"mongo.op.{g.Key}={g.Count()}")).Order(StringComparer.Ordinal));
            var expected = explained.TryGetValue(line[0], out var difference) ? difference.Ours : truth;
            if (ours != expected) unequal.Add($"{line[0]}\t{ours}\t{truth}");
        }

        Assert.True(unequal.Count == 0, string.Join('\n', unequal));
        Assert.All(explained.Values, d => Assert.True(d.Why.Length > 40));
    }

    private static int Number(string opcode) => Opcodes.TryGetValue(opcode, out var number) ? number : int.Parse(opcode["OP_".Length..], CultureInfo.InvariantCulture);
}
