using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.MySql;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.MySql;

/// <summary>
/// Commands of the reference corpus, counted here and by an independent dissector: every item with a request counts for <c>mysql.cmd</c>, but for the login and
/// the request for TLS, which are no commands.
/// </summary>
public class MySqlCorpusTests
{
    private static readonly string DifferencesFile =
        Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "MySql", "truth-differences.tsv");

    [CorpusFact]
    public void Counts_equal_the_truth_or_the_difference_is_explained()
    {
        var unexplained = CorpusCounts.Unexplained(k => k == "mysql.cmd", KeysOf, DifferencesFile, out var files, out var unequal);
        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
        Assert.InRange(files, 30, int.MaxValue);
        Assert.InRange(unequal, 0, 3);
    }

    private static IEnumerable<string> KeysOf(Item item) => item is MySqlItem { HasRequest: true } && Command(item) is not ("Login" or "SSLRequest") ? ["mysql.cmd"] : [];

    private static string Command(Item item) => item.Request!.Type.Fields[item.Request.Type.IndexOf("command")].Get(item.Request).AsString;
}
