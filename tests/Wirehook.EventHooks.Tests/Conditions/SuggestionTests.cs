using Wirehook.EventHooks.Conditions;

namespace Wirehook.EventHooks.Tests.Conditions;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData("link.mtuu", " Did you mean link.mtu?")]
    [InlineData("IFF_UP", " Did you mean iff_up?")]
    [InlineData("nothing.near", "")]
    [InlineData("", "")]
    public void Finds_what_is_close(string word, string expected) => Assert.Equal(expected, Suggestion.For(word, ["link.name", "link.mtu", "iff_up", "interface"]));

    [Fact]
    public void Long_words_have_no_suggestion() => Assert.Equal("", Suggestion.For(new string('a', 65), [new string('a', 65), new string('a', 64)]));

    /// <summary>Against the distance by its definition.</summary>
    [Fact]
    public void The_closest_candidate_wins()
    {
        var random = new Random(3);
        for (var i = 0; i < 2000; i++)
        {
            var word = Word(random);
            string[] candidates = [.. Enumerable.Range(0, 5).Select(_ => Word(random))];
            var (best, distance) = candidates.Select(c => (c, Distance(word, c))).MinBy(p => p.Item2);
            var expected = distance <= Math.Max(2, word.Length / 3) ? $" Did you mean {best}?" : "";
            Assert.Equal(expected, Suggestion.For(word, candidates));
        }
    }

    private static string Word(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => (char)('a' + random.Next(4))));

    private static int Distance(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                table[i, j] = i == 0 ? j : j == 0 ? i : Math.Min(table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
            }
        }

        return table[a.Length, b.Length];
    }
}
