using Wirehook.Scripting.Testing;

namespace Wirehook.Scripting.Tests.Testing;

public class LineDiffTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a\nb\n", "a\r\nb")]
    public void Equal_texts_have_no_difference(string expected, string actual) => Assert.True(LineDiff.Compare(expected, actual).IsEmpty);

    [Fact]
    public void Shows_what_changed_with_its_surroundings()
    {
        var expected = string.Join('\n', Enumerable.Range(1, 20));
        var actual = expected.Replace("\n10\n", "\nten\n10½\n", StringComparison.Ordinal);
        Assert.Equal("@@ expected line 9, actual line 9 @@\n 9\n-10\n+ten\n+10½\n 11\n", Show(expected, actual, 1));
    }

    [Fact]
    public void Separate_changes_are_separate_hunks() => Assert.Equal(
        "@@ expected line 1, actual line 1 @@\n-a\n+A\n@@ expected line 5, actual line 5 @@\n+e\n", Show("a\nb\nc\nd", "A\nb\nc\nd\ne", 0));

    [Fact]
    public void Applying_a_diff_gives_the_other_text()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var (a, b) = (Lines(random), Lines(random));
            var shown = Show(string.Join('\n', a), string.Join('\n', b), 1000).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.StartsWith("@@", StringComparison.Ordinal)).ToArray();
            if (a.SequenceEqual(b)) continue;
            Assert.Equal(a, shown.Where(l => l[0] != '+').Select(l => l[1..]));
            Assert.Equal(b, shown.Where(l => l[0] != '-').Select(l => l[1..]));
        }
    }

    [Fact]
    public void Long_differences_are_cut_and_counted()
    {
        var expected = string.Join('\n', Enumerable.Range(0, 5000));
        var actual = string.Join('\n', Enumerable.Range(10_000, 5000));
        using var output = new StringWriter { NewLine = "\n" };
        LineDiff.Compare(expected, actual).Write(output, most: 10);
        Assert.EndsWith("… and 9990 more changed lines\n", output.ToString(), StringComparison.Ordinal);
    }

    private static string[] Lines(Random random) => [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(4).ToString())];

    private static string Show(string expected, string actual, int around)
    {
        using var output = new StringWriter { NewLine = "\n" };
        LineDiff.Compare(expected, actual).Write(output, around);
        return output.ToString();
    }
}
