using Wirehook.Dissection.Items;
using Wirehook.Tests;
using Record = Wirehook.Dissection.Records.Record;

namespace Wirehook.Dissection.Tests.Protocols.Postgres;

/// <summary>
/// Messages of the reference corpus, counted here and by an independent dissector. Counted are protocol messages: what <c>request.messages</c> of all items says
/// is <c>pgsql.frontend</c>, what <c>response.messages</c> says is <c>pgsql.backend</c>. The byte that answers SSLRequest is no message.
/// </summary>
public class PostgresCorpusTests
{
    private static readonly string DifferencesFile =
        Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Postgres", "truth-differences.tsv");

    [CorpusFact]
    public void Counts_equal_the_truth_or_the_difference_is_explained()
    {
        var unexplained = CorpusCounts.Unexplained(k => k is "pgsql.frontend" or "pgsql.backend", KeysOf, DifferencesFile, out var files, out var unequal);
        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
        Assert.InRange(files, 30, int.MaxValue);
        Assert.InRange(unequal, 0, 3);
    }

    private static IEnumerable<string> KeysOf(Item item)
    {
        if (item.Protocol.Name != "postgresql") return [];
        return Enumerable.Repeat("pgsql.frontend", Messages(item.Request)).Concat(Enumerable.Repeat("pgsql.backend", Messages(item.Response)));
    }

    private static int Messages(Record? message) => message is null ? 0 : (int)message.Type.Fields[message.Type.IndexOf("messages")].Get(message).AsNumber;
}
