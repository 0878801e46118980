using System.Text;
using Wirehook.Dissection.Items;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests;

/// <summary>The repository's own captures and the items that belong to them, byte for byte; WIREHOOK_UPDATE=1 writes what is found.</summary>
public class SampleCaptureTests
{
    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, "samples", "captures");

    [Theory]
    [InlineData("shop")]
    [InlineData("http")]
    [InlineData("dns")]
    public void Items_are_the_expected_ones(string name)
    {
        var found = ItemLines(name);
        var expected = Path.Combine(Folder, name + ".items.jsonl");
        if (Environment.GetEnvironmentVariable("WIREHOOK_UPDATE") == "1") File.WriteAllText(expected, found);
        Assert.Equal(File.ReadAllText(expected), found);
    }

    [Theory]
    [InlineData("shop", "http", 26, 27)]
    [InlineData("shop", "dns", 46, 45)]
    [InlineData("http", "http", 16, 17)]
    [InlineData("http", "dns", 0, 0)]
    [InlineData("dns", "dns", 40, 39)]
    public void Counts_are_those_of_an_independent_dissector(string name, string protocol, int requests, int responses)
    {
        var statistics = CaptureReplay.Read(Path.Combine(Folder, name + ".pcap")).Engine.Statistics.Single(s => s.Protocol == protocol);
        Assert.Equal((requests, responses), ((int)statistics.Requests, (int)statistics.Responses));
    }

    [Theory]
    [InlineData("shop")]
    [InlineData("http")]
    [InlineData("dns")]
    public void Only_the_query_that_nobody_answers_is_unpaired(string name)
    {
        var unpaired = CaptureReplay.Read(Path.Combine(Folder, name + ".pcap")).Items.Where(i => i.Error is not null).ToList();
        Assert.Equal(name == "http" ? 0 : 1, unpaired.Count);
        Assert.All(unpaired, i => Assert.True(i is { HasRequest: true, HasResponse: false, Protocol.Name: "dns" }));
    }

    private static string ItemLines(string name)
    {
        var lines = new StringBuilder();
        foreach (var item in CaptureReplay.Read(Path.Combine(Folder, name + ".pcap")).Items)
        {
            ItemJson.Write(item, lines);
            lines.Append('\n');
        }

        return lines.ToString();
    }
}
