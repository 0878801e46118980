using System.Text.Json;
using Wirehook.Dissection.Items;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Icmp;

/// <summary>
/// ICMP messages of the reference corpus by type. Rule: every message of the innermost IP packet counts once under its type, and so does the ICMP message
/// that an error quotes, as far as the quote has it, because the reference counts those too.
/// </summary>
public class IcmpCorpusTests
{
    [CorpusFact]
    public void Counts_by_type_equal_the_truth_or_the_difference_is_explained()
    {
        var differences = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Icmp", "truth-differences.tsv");
        var unexplained = CorpusCounts.Unexplained(k => k.StartsWith("icmp", StringComparison.Ordinal), KeysOf, differences, out var files, out var unequal);
        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
        Assert.InRange(files, 100, int.MaxValue);
        Assert.InRange(unequal, 0, files);
    }

    private static IEnumerable<string> KeysOf(Item item)
    {
        if (item.Protocol.Name != "icmp") yield break;
        var json = JsonDocument.Parse(Conversation.ToJson(item)).RootElement;
        var name = item.Protocol.Layer4 + ".type.";
        if (item.HasRequest)
        {
            var request = json.GetProperty("request");
            yield return name + request.GetProperty("typeNumber").GetInt32();
            if (request.TryGetProperty("quoted", out var quoted) && quoted.TryGetProperty("icmpType", out var type)) yield return name + type.GetInt32();
        }

        if (item.HasResponse) yield return name + json.GetProperty("response").GetProperty("typeNumber").GetInt32();
    }
}
