using System.Globalization;
using System.Text.RegularExpressions;
using Wirehook.Tests;

namespace Wirehook.JavaScript.Tests.Conformance;

/// <summary>Every clause of ECMA-262 5.1 from 7 to 15 and of Annex B has checks of its own: a comment with its number in a conformance program, with checks below it.</summary>
public sealed partial class ClauseCoverageTests
{
    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.JavaScript.Tests", "Conformance", "Programs");

    /// <summary>The standard's table of contents, down to the level at which clauses stand for one thing: each clause with the number of its last sub-clause.</summary>
    private static readonly (string Clause, int Last)[] Contents =
    [
        ("7", 9), ("7.8", 5), ("8", 12), ("9", 12), ("10", 6), ("11", 14), ("11.1", 6), ("11.2", 5), ("11.3", 2), ("11.4", 9), ("11.5", 3), ("11.6", 3), ("11.7", 3), ("11.8", 7),
        ("11.9", 6), ("11.13", 2), ("12", 15), ("12.6", 4), ("13", 2), ("13.2", 3), ("14", 1), ("15", 12), ("15.1", 5), ("15.2", 5), ("15.3", 5), ("15.4", 5), ("15.5", 5),
        ("15.6", 5), ("15.7", 5), ("15.8", 2), ("15.9", 6), ("15.10", 7), ("15.11", 7), ("15.12", 3), ("B", 2), ("B.1", 2), ("B.2", 6),
    ];

    [Fact]
    public void Every_clause_has_checks()
    {
        var checks = CountChecks();
        var uncovered = Clauses().Where(clause => !checks.Any(c => c.Value > 0 && (c.Key == clause || c.Key.StartsWith(clause + ".", StringComparison.Ordinal))));
        Assert.Empty(uncovered);
    }

    [Fact]
    public void Every_marked_clause_exists_and_has_a_check_below_its_mark()
    {
        var known = Clauses().ToHashSet();
        foreach (var (clause, count) in CountChecks())
        {
            Assert.Contains(clause, known);
            Assert.True(count > 0, $"§{clause} has no check");
        }
    }

    private static IEnumerable<string> Clauses() =>
        Contents.SelectMany(c => Enumerable.Range(1, c.Last).Select(i => c.Clause + "." + i.ToString(CultureInfo.InvariantCulture)));

    private static Dictionary<string, int> CountChecks()
    {
        var counts = new Dictionary<string, int>();
        foreach (string file in Directory.GetFiles(Folder, "clauses-*.js"))
        {
            string? clause = null;
            foreach (string line in File.ReadLines(file))
            {
                if (Mark().Match(line) is { Success: true } mark) counts.TryAdd(clause = mark.Groups["clause"].Value, 0);
                else if (clause is not null && Check().IsMatch(line)) counts[clause]++;
            }
        }

        return counts;
    }

    [GeneratedRegex(@"^// §(?<clause>[0-9B]+(\.[0-9]+)+) ")]
    private static partial Regex Mark();

    [GeneratedRegex(@"^(same|list|fails|attributes)\(")]
    private static partial Regex Check();
}
