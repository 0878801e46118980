using Wirehook.Dissection.Items;
using Wirehook.Tests;

namespace Wirehook.Scripting.Tests;

public class SampleScriptsTests
{
    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, "samples", "scripts");

    public static TheoryData<string> Samples => [.. Directory.GetFiles(Folder, "*.js").Select(f => Path.GetFileName(f)).Order()];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Starts_with_its_title_and_runs_without_an_error(string name)
    {
        var code = File.ReadAllText(Path.Combine(Folder, name));
        Assert.Matches(@"^// \w", code);
        var bench = Run(code, name);
        Assert.DoesNotContain(bench.Lines, l => l.Contains("(hook=", StringComparison.Ordinal) || l.Contains("(job=", StringComparison.Ordinal));
        Assert.All(Assert.Single(bench.Host.Report(), s => s.Name == name).Hooks, h => Assert.Equal((0, 0), (h.Errors, h.Missed)));
    }

    [Theory]
    [InlineData("packet-counter.js", "[packet-counter.js] packets per minute: 60 kB: 6.0")]
    [InlineData("top-talkers.js", "[top-talkers.js]   10.0.0.1 -> 10.0.0.2: ")]
    [InlineData("slow-requests.js", "[slow-requests.js] slow requests: 0 of 8")]
    [InlineData("error-alert.js", "[error-alert.js] ERROR shop.example: 25.0 % of 8 responses are errors, last: GET /orders/7 500")]
    [InlineData("endpoints.js", "[endpoints.js]       7       2     23.0      23  GET /orders/:id")]
    [InlineData("dns-failures.js", "[dns-failures.js] 1 x Non-Existent Domain missing.example A from 10.0.0.1")]
    [InlineData("pass-fail.js", "[pass-fail.js] test.fail 127.0.0.1:8897/000000000001.pcap-0")]
    [InlineData("shop-report.js", "[shop-report.js]   GET /orders/3: 1 requests")]
    public void Prints_what_it_says(string name, string line)
    {
        var bench = Run(File.ReadAllText(Path.Combine(Folder, name)), name);
        Assert.Contains(bench.Lines, l => l.StartsWith(line, StringComparison.Ordinal));
    }

    /// <summary>A minute and a half: eight HTTP pairs of which two fail and two DNS pairs of which one fails, then a packet every second.</summary>
    private static ScriptBench Run(string code, string name)
    {
        var bench = new ScriptBench().Load(code, name);
        IEnumerable<Item> items =
        [
            TrafficItems.Http("/"), .. Enumerable.Range(1, 7).Select(i => TrafficItems.Http($"/orders/{i}", i % 4 == 3 ? 500 : 200)),
            TrafficItems.Dns("shop.example"), TrafficItems.Dns("missing.example", failure: 3),
        ];
        var at = 0.0;
        foreach (var item in items) bench.Item(at += 0.2, item);
        for (var second = 3; second < 95; second++) bench.Packet(second, 100);
        return bench;
    }
}
