using System.Text.Json;
using Wirehook.Dissection.Items;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Smtp;

/// <summary>
/// Commands and replies of the reference corpus. Rule: every whole command line counts as one request, a reply of any number of lines as one response, the
/// interim reply to DATA included. What the client answers within AUTH is no command.
/// </summary>
public class SmtpCorpusTests
{
    [CorpusFact]
    public void Counts_equal_the_truth_or_the_difference_is_explained()
    {
        var differences = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Smtp", "truth-differences.tsv");
        var unexplained = CorpusCounts.Unexplained(k => k.StartsWith("smtp.", StringComparison.Ordinal), KeysOf, differences, out var files, out var unequal);
        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
        Assert.InRange(files, 12, 30);
    }

    private static IEnumerable<string> KeysOf(Item item)
    {
        if (item.Protocol.Name != "smtp") yield break;
        var json = JsonDocument.Parse(Conversation.ToJson(item)).RootElement;
        if (item.HasRequest && !json.GetProperty("request").TryGetProperty("continuation", out _)) yield return "smtp.req";
        if (item.HasResponse) yield return "smtp.resp";
        if (json.GetProperty("response").TryGetProperty("interimCode", out _)) yield return "smtp.resp";
    }
}
