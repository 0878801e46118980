using System.CommandLine;
using Wirehook.Cli.Commands;

namespace Wirehook.Cli.Tests.Commands;

public sealed class TestCommandTests
{
    [Theory]
    [InlineData("top.js --pcap t.pcap", null)]
    [InlineData("--trace top.js --pcap t.pcap", 1)]
    [InlineData("top.js --trace --pcap t.pcap", 1)]
    [InlineData("top.js --pcap t.pcap --trace", 1)]
    [InlineData("--trace=5 top.js --pcap t.pcap", 5)]
    [InlineData("--trace 5 top.js --pcap t.pcap", 5)]
    [InlineData("top.js --pcap t.pcap --trace 12", 12)]
    [InlineData("top.js --pcap t.pcap --trace:7", 7)]
    [InlineData("--pcap t.pcap --trace -- top.js", 1)]
    [InlineData("--pcap t.pcap -- top.js", null)]
    public void Trace_takes_a_number_and_never_the_script(string arguments, int? call)
    {
        var parsed = Parse(arguments);
        Assert.Empty(parsed.Errors);
        Assert.Equal("top.js", parsed.GetValue<string>("SCRIPT"));
        Assert.Equal(["t.pcap"], parsed.GetValue<string[]>("--pcap")!);
        Assert.Equal(call, parsed.GetValue<int?>("--trace"));
    }

    [Theory]
    [InlineData("top.js --pcap t.pcap --trace=five")]
    [InlineData("--trace --pcap t.pcap")]
    [InlineData("--trace 5 --pcap t.pcap")]
    public void What_cannot_be_meant_is_refused(string arguments) => Assert.NotEmpty(Parse(arguments).Errors);

    private static ParseResult Parse(string arguments)
    {
        var root = new RootCommand { new TestCommand() };
        return root.Parse(TestCommand.CompleteTrace(["test", .. arguments.Split(' ')]));
    }
}
