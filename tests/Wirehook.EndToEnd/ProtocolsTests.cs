using System.Text.Json;
using Wirehook.Tests;

namespace Wirehook.EndToEnd;

/// <summary><c>wirehook protocols</c> as people and programs use it.</summary>
public sealed class ProtocolsTests
{
    [Fact]
    public void Every_protocol_has_a_row_with_its_abbreviation()
    {
        var result = Program.Run(Program.Path, ["protocols"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"(?m)^http\s+HTTP\b.*\s80,443,8080\b", result.Output);
        Assert.Matches(@"(?m)^dns\s+DNS\b", result.Output);
    }

    [Fact]
    public void A_protocol_is_found_by_any_of_its_names_and_lists_its_fields()
    {
        var result = Program.Run(Program.Path, ["protocols", "DNS"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"(?m)^  request\.questions\[\]\.type\s+string\s+The record type", result.Output);
        Assert.DoesNotMatch(@"(?m)^  elapsedTime", result.Output);
    }

    [Fact]
    public void A_version_that_is_not_known_is_not_named()
    {
        var result = Program.Run(Program.Path, ["protocols", "tlsx"]);
        Assert.Contains("version 1.3, over tcp", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("version ,", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Programs_get_every_protocol_with_metadata_and_fields()
    {
        var protocols = JsonDocument.Parse(Program.Run(Program.Path, ["protocols", "--json"]).Output).RootElement.EnumerateArray().ToArray();
        Assert.All(protocols, p =>
        {
            Assert.NotEqual(0, p.GetProperty("fields").GetArrayLength());
            Assert.All(p.GetProperty("versions").EnumerateArray(), v =>
            {
                Assert.Matches("^#[0-9a-fA-F]{6}$", v.GetProperty("backgroundColor").GetString());
                Assert.Matches("^https?://", v.GetProperty("referenceLink").GetString());
                Assert.NotEqual("", v.GetProperty("macro").GetString());
            });
        });
    }

    [Fact]
    public void A_name_that_is_not_known_is_an_error_that_says_what_to_do()
    {
        var result = Program.Run(Program.Path, ["protocols", "gopher"]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("'gopher'", result.Errors, StringComparison.Ordinal);
        Assert.Contains("wirehook protocols", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reference_of_fields_is_what_the_command_writes()
    {
        var file = Path.Combine(RepositoryFiles.Root, "docs", "protocols", "fields.md");
        var written = Program.Run(Program.Path, ["protocols", "--markdown"]).Output;
        if (Environment.GetEnvironmentVariable("WIREHOOK_UPDATE_DOCS") == "1") File.WriteAllText(file, written);
        Assert.Equal(written, File.ReadAllText(file));
    }

    [Fact]
    public void Every_protocol_is_described()
    {
        var described = string.Concat(Directory.GetFiles(Path.Combine(RepositoryFiles.Root, "docs", "protocols"), "*.md").Where(f => !f.EndsWith("fields.md", StringComparison.Ordinal)).Select(File.ReadAllText));
        var protocols = JsonDocument.Parse(Program.Run(Program.Path, ["protocols", "--json"]).Output).RootElement.EnumerateArray().Select(p => p.GetProperty("name").GetString()!);
        Assert.All(protocols, p => Assert.Contains(p, described, StringComparison.OrdinalIgnoreCase));
    }
}
