using System.Text.RegularExpressions;
using Wirehook.Scripting.Declarations;

namespace Wirehook.Scripting.Tests.Declarations;

public partial class TypeDeclarationsTests
{
    private static readonly string Text = TypeDeclarations.Generate();

    [Theory]
    [InlineData("type OnPacketCaptured = (info: PacketInfo) => void;")]
    [InlineData("type OnItemCaptured = (data: Item) => void;")]
    [InlineData("type OnNetworkEvent = (event: NetworkEvent) => void;")]
    [InlineData("interface NetworkEvent {")]
    [InlineData("  link?: NetworkLink;")]
    [InlineData("  event: NetworkEventName;")]
    [InlineData("type NetworkEventName =\n")]
    [InlineData("  | \"link.carrier_lost\"\n")]
    [InlineData("  old?: NetworkFormerValues;")]
    [InlineData("interface NetworkLink {")]
    [InlineData("  mtu?: number;")]
    [InlineData("type OnJobFailed = (tag: string, cron: string, limit: number, err: string) => void;")]
    [InlineData("interface PacketInfo {")]
    [InlineData("  captureLength: number;")]
    [InlineData("interface Item {")]
    [InlineData("  request: AnyRequest;")]
    [InlineData("interface AnyResponse {")]
    [InlineData("  status?: any;")]
    [InlineData("  statusText?: string;")]
    [InlineData("declare const jobs: {")]
    [InlineData("  scheduler: {\n")]
    [InlineData("    isRunning(): boolean;")]
    [InlineData("declare const env: { readonly [name: string]: string | undefined };")]
    [InlineData("declare function setTimeout(code: (...values: any[]) => void, milliseconds?: number, ...values: any[]): number;")]
    [InlineData("  log(...values: any[]): void;")]
    public void Declares(string line) => Assert.Contains(line, Text, StringComparison.Ordinal);

    [Fact]
    public void Every_type_is_declared_once()
    {
        var names = TypePattern().Matches(Text).Select(m => m.Groups[1].Value).ToArray();
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void Every_type_that_a_field_names_is_declared()
    {
        var declared = TypePattern().Matches(Text).Select(m => m.Groups[1].Value).ToHashSet();
        foreach (Match member in MemberPattern().Matches(Text))
            foreach (Match name in NamePattern().Matches(TextPattern().Replace(member.Groups[1].Value, "")))
                if (name.Value is not ("Partial" or "Record" or "T")) Assert.Contains(name.Value, declared);
    }

    [Fact]
    public void Helpers_that_are_not_there_are_not_declared() => Assert.DoesNotContain("declare const vendor", Text, StringComparison.Ordinal);

    [Fact]
    public void Braces_balance() => Assert.Equal(Text.Count(c => c == '{'), Text.Count(c => c == '}'));

    [Fact]
    public void A_new_script_uses_hooks_and_helpers_by_their_names()
    {
        var script = ScriptTemplate.Create("My\nscript");
        Assert.StartsWith("// My script", script, StringComparison.Ordinal);
        Assert.Contains("function onItemCaptured(data)", script, StringComparison.Ordinal);
        Assert.Contains("jobs.schedule(", script, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^(?:interface|type) (\w+) ", RegexOptions.Multiline)]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"^  ""?[\w$]+""?\??: (.*);$", RegexOptions.Multiline)]
    private static partial Regex MemberPattern();

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"""[^""]*""")]
    private static partial Regex TextPattern();
}
