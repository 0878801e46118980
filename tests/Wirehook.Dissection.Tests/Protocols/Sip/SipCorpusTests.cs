using Wirehook.Dissection.Items;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Sip;

/// <summary>Messages of the reference corpus. Rule: every message whose bytes were all captured counts once, provisional responses and retransmissions too.</summary>
public class SipCorpusTests
{
    [CorpusFact]
    public void Counts_equal_the_truth_or_the_difference_is_explained()
    {
        var differences = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Sip", "truth-differences.tsv");
        var unexplained = CorpusCounts.Unexplained(k => k.StartsWith("sip.", StringComparison.Ordinal), KeysOf, differences, out var files, out var unequal);
        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
        Assert.InRange(files, 4, 30);
        Assert.InRange(unequal, 0, files);
    }

    private static IEnumerable<string> KeysOf(Item item)
    {
        if (item.Protocol.Name != "sip") yield break;
        if (item.HasRequest) yield return "sip.req";
        if (item.HasResponse) yield return "sip.resp";
    }
}
