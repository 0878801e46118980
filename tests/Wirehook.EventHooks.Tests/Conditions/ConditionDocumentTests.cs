using System.Text.RegularExpressions;
using Wirehook.EventHooks.Conditions;
using Wirehook.Netlink.Events;
using Wirehook.Tests;

namespace Wirehook.EventHooks.Tests.Conditions;

/// <summary>What docs/conditions.md says is so.</summary>
public sealed class ConditionDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "conditions.md"));

    [Fact]
    public void Every_example_compiles_without_a_warning()
    {
        var examples = Rows("Examples").Select(r => Code(r[0])).ToArray();
        Assert.True(examples.Length >= 20);
        foreach (var example in examples)
        {
            var compilation = Condition.Compile(example);
            Assert.True(compilation.Succeeded, compilation.Error?.ToString());
            Assert.Empty(compilation.Warnings);
        }
    }

    [Fact]
    public void Every_refusal_has_its_message()
    {
        foreach (var row in Rows("What is refused")) Assert.Equal(row[1], Condition.Compile(Code(row[0])).Error?.Message);
        Assert.Contains(Condition.Compile("interface == 'eth0' AND link.mtuu > 9000").Error!.ToString(), Document, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_field_is_of_the_kind_that_it_is_said_to_be()
    {
        var rows = Rows("Fields").ToArray();
        foreach (var row in rows)
        {
            var kinds = row[1].Split(", ");
            var names = Regex.Matches(row[0], "`([a-z_]+)`").Select(m => m.Groups[1].Value).ToArray();
            for (var i = 0; i < names.Length; i++)
                Assert.Equal(Enum.Parse<NetworkValueKind>(kinds[Math.Min(i, kinds.Length - 1)], ignoreCase: true), EventSchema.Find(names[i])?.Kind);
        }

        Assert.Equal(12, rows.Length);
    }

    [Fact]
    public void Clauses_in_the_text_compile()
    {
        string[] clauses =
        [
            "link.operstate == 'UP'", "message_type == 'RTM_NEWLINK'", "link.flags HAS [IFF_UP, IFF_RUNNING]", "link.flags & IFF_UP", "link.flags & 0x41 == 0x41",
            "synthetic", "NOT changed.link.mtu", "link.mtu < old.link.mtu", "exists(link.mtu)", "message_type == RTM_NEWNEIGH AND rate(RTM_NEWNEIGH) > 100", "link.state == 'DOWN' for 5s",
        ];
        foreach (var clause in clauses)
        {
            Assert.Contains($"`{clause}`", Document, StringComparison.Ordinal);
            Assert.True(Condition.Compile(clause).Succeeded, Condition.Compile(clause).Error?.ToString());
        }

        foreach (Match constant in Regex.Matches(Document, "`((?:RTM|IFF|NUD|AF|IF_OPER|RT_TABLE|RTPROT)_[A-Z0-9]+)`")) Assert.True(EventSchema.Constants.ContainsKey(constant.Groups[1].Value), constant.Value);
        foreach (Match field in Regex.Matches(Document, "`((?:link|addr|route|neigh|ct|old)\\.[a-z_.]+)`"))
            Assert.True(EventSchema.Find(field.Groups[1].Value) is not null || EventSchema.EventNames.Any(n => n.Name == field.Groups[1].Value), field.Value);
    }

    /// <summary>The cells of the first table below a heading.</summary>
    private static IEnumerable<string[]> Rows(string heading)
    {
        var section = Document[Document.IndexOf($"\n## {heading}\n", StringComparison.Ordinal)..];
        return section.Split('\n').SkipWhile(l => !l.StartsWith("| ---", StringComparison.Ordinal)).Skip(1).TakeWhile(l => l.StartsWith('|'))
            .Select(l => Regex.Split(l.Trim('|'), @"(?<!\\)\|").Select(c => c.Trim()).ToArray());
    }

    private static string Code(string cell) => cell.Trim('`').Replace("\\|", "|", StringComparison.Ordinal);
}
