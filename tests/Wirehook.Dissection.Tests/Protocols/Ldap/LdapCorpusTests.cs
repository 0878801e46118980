using System.Globalization;
using System.Text.Json;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Ldap;

/// <summary>LDAP in the reference corpus: whole messages by operation, as the independent dissector counts them; a search's entries and references one by one.</summary>
public class LdapCorpusTests
{
    private static readonly string DifferencesFile = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Ldap", "truth-differences.tsv");

    private static readonly string[] Operations =
    [
        "bindRequest", "bindResponse", "unbindRequest", "searchRequest", "searchResEntry", "searchResDone", "modifyRequest", "modifyResponse", "addRequest", "addResponse", "delRequest", "delResponse",
        "modDNRequest", "modDNResponse", "compareRequest", "compareResponse", "abandonRequest", "", "", "searchResRef", "", "", "", "extendedReq", "extendedResp", "intermediateResponse",
    ];

    [CorpusFact]
    public void Counts_equal_the_truth_or_the_difference_is_explained()
    {
        var explained = File.ReadLines(DifferencesFile).Skip(1).Select(l => l.Split('\t')).ToDictionary(c => c[0], c => (Ours: c[1], Why: c[3]));
        var unequal = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(RepositoryFiles.Corpus!, "truth.tsv")).Skip(1).Select(l => l.Split('\t')))
        {
            var truth = string.Join(';', line[^1].Split(';').Where(c => c.StartsWith("ldap.op.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
            var counts = new Dictionary<int, int>();
            foreach (var item in CaptureReplay.Read(Path.Combine(RepositoryFiles.Corpus!, line[0])).Items.Where(i => i.Protocol.Name == "ldap")) Count(JsonDocument.Parse(Conversation.ToJson(item)).RootElement, counts);
            var ours = string.Join(';', counts.Select(c => string.Create(CultureInfo.InvariantCulture, $"ldap.op.{c.Key}={c.Value}")).Order(StringComparer.Ordinal));
            var expected = explained.TryGetValue(line[0], out var difference) ? difference.Ours : truth;
            if (ours != expected) unequal.Add($"{line[0]}\t{ours}\t{truth}");
        }

        Assert.True(unequal.Count == 0, string.Join('\n', unequal));
        Assert.All(explained.Values, d => Assert.True(d.Why.Length > 40));
    }

    private static void Count(JsonElement item, Dictionary<int, int> counts)
    {
        if (item.GetProperty("request").TryGetProperty("type", out var request)) Add(request.GetString()!, 1);
        if (!item.GetProperty("response").TryGetProperty("type", out var response)) return;
        var (entries, references) = (0, 0);
        if (item.GetProperty("response").TryGetProperty("entryCount", out var count)) entries = count.GetInt32();
        else if (item.GetProperty("response").TryGetProperty("entries", out var list)) entries = list.GetArrayLength();
        if (item.GetProperty("response").TryGetProperty("references", out var all)) references = all.GetArrayLength();
        Add("searchResEntry", entries);
        Add("searchResRef", references);
        if (response.GetString() is not ("searchResEntry" or "searchResRef")) Add(response.GetString()!, 1);

        void Add(string name, int number)
        {
            if (number > 0 && Array.IndexOf(Operations, name) is >= 0 and var at) counts[at] = counts.GetValueOrDefault(at) + number;
        }
    }
}
