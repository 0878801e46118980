using System.Globalization;
using System.Text.Json;
using Wirehook.Tests;
using Xunit.Abstractions;

namespace Wirehook.Dissection.Tests.Protocols.Amqp;

/// <summary>
/// Methods and contents of the reference corpus, counted here and by an independent dissector. The rule: <c>amqp.method.C.M</c> is how many items have the method
/// as request or response, and <c>amqp.frame.2</c> how many of those have properties. Frames of methods, bodies and heartbeats are no messages of their own.
/// </summary>
public class AmqpCorpusTests(ITestOutputHelper output)
{
    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Amqp");

    [CorpusFact]
    public void Counts_equal_the_truth_or_the_difference_is_explained()
    {
        var explained = File.ReadLines(Path.Combine(Folder, "truth-differences.tsv")).Skip(1).Select(l => l.Split('\t')).ToDictionary(c => c[0], c => (Ours: c[1], Why: c[3]));
        var (files, equal) = (0, 0);
        var unequal = new List<string>();
        foreach (var (name, truth) in Truth())
        {
            var ours = Count(name);
            if (truth.Length > 0) files++;
            if (truth.Length > 0 && ours == truth) equal++;
            if (ours != (explained.TryGetValue(name, out var difference) ? difference.Ours : truth)) unequal.Add($"{name}\t{ours}\t{truth}");
        }

        output.WriteLine($"{equal} of {files} files with AMQP equal");
        Assert.True(unequal.Count == 0, string.Join('\n', unequal));
        Assert.True(equal >= 0.97 * files, $"{equal} of {files} files equal");
        Assert.All(explained.Values, d => Assert.True(d.Why.Length > 40));
    }

    private static IEnumerable<(string Name, string Counts)> Truth() =>
        from line in File.ReadLines(Path.Combine(RepositoryFiles.Corpus!, "truth.tsv")).Skip(1)
        let columns = line.Split('\t')
        let counts = columns[^1].Split(';').Where(c => c.StartsWith("amqp.method.", StringComparison.Ordinal) || c.StartsWith("amqp.frame.2=", StringComparison.Ordinal))
        select (columns[0], string.Join(';', counts.Order(StringComparer.Ordinal)));

    private static string Count(string name)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var item in CaptureReplay.Read(Path.Combine(RepositoryFiles.Corpus!, name)).Items.Where(i => i.Protocol.Name == "amqp"))
        {
            using var json = JsonDocument.Parse(Conversation.ToJson(item));
            foreach (var side in (string[])["request", "response"])
            {
                var message = json.RootElement.GetProperty(side);
                if (!message.TryGetProperty("method", out var method) || method.GetString() == "empty") continue;
                Add("amqp.method." + Numbers(method.GetString()!));
                if (message.TryGetProperty("properties", out _)) Add("amqp.frame.2");
            }
        }

        return string.Join(';', counts.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key}={c.Value}")));

        void Add(string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
    }

    private static string Numbers(string name)
    {
        var method = Dissection.Protocols.Amqp.AmqpMethods.All.Single(m => m.Name == name);
        return string.Create(CultureInfo.InvariantCulture, $"{method.ClassId}.{method.MethodId}");
    }
}
